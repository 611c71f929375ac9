"""What each mart of a night was made from."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table ops.build (
            night date not null,
            name text not null,
            file text not null,
            sha256 text not null,
            rows bigint not null,
            seconds numeric(12, 3) not null,
            built_at timestamptz not null default clock_timestamp(),
            primary key (night, name)
        )
        """
    )


def downgrade() -> None:
    op.execute("drop table ops.build")
