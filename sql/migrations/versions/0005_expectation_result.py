"""What each expectation found, in counts."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table quality.expectation_result (
            batch_id bigint not null references ops.batch,
            table_name text not null,
            check_id text not null,
            severity text not null,
            passed boolean not null,
            failures bigint not null,
            fix text not null,
            primary key (batch_id, check_id)
        )
        """
    )


def downgrade() -> None:
    op.execute("drop table quality.expectation_result")
