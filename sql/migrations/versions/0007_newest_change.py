"""The newest change that a batch's records speak of."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table ops.batch add column newest_change timestamptz")


def downgrade() -> None:
    op.execute("alter table ops.batch drop column newest_change")
