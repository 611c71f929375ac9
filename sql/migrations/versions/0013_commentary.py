"""A commentary can be withdrawn, and is for the inspectors unless it is said to be public."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        alter table ops.commentary
            add column is_public boolean not null default false,
            add column withdrawn_at timestamptz,
            add column withdrawn_by text,
            add constraint withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null));
        comment on column ops.commentary.withdrawn_by is 'a role, never a name';
        """
    )


def downgrade() -> None:
    op.execute(
        "alter table ops.commentary drop column is_public, drop column withdrawn_at, drop column withdrawn_by"
    )
