"""Who took a copy of a pack that names children."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table ops.pack_copy (
            copy_id bigint generated always as identity primary key,
            night date not null,
            inspection_date date not null,
            reader text not null,
            taken_at timestamptz not null
        );
        comment on column ops.pack_copy.reader is 'who it was made out to, as it stands on every page of the copy'
        """
    )


def downgrade() -> None:
    op.execute("drop table ops.pack_copy")
