"""Which night is published."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create schema published;
        create table ops.published (
            only_row boolean primary key default true check (only_row),
            night date not null,
            published_at timestamptz not null default now()
        );
        """
    )


def downgrade() -> None:
    op.execute("drop schema published cascade; drop table ops.published")
