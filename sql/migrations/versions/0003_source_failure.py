"""Why a source was not taken in."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table ops.source_failure (
            run_id bigint not null references ops.run,
            source text not null,
            reason text not null,
            primary key (run_id, source)
        )
        """
    )


def downgrade() -> None:
    op.execute("drop table ops.source_failure")
