"""Nights that were loaded by mistake and taken back."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table ops.withdrawal (
            withdrawal_id bigint generated always as identity primary key,
            night date not null,
            reason text not null,
            withdrawn_by text not null default session_user,
            withdrawn_at timestamptz not null default now()
        );
        comment on column ops.withdrawal.withdrawn_by is 'the login of the database that did it'
        """
    )


def downgrade() -> None:
    op.execute("drop table ops.withdrawal")
