"""Packs that are frozen, and what was written about a section of one."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table ops.frozen_pack (
            night date not null,
            inspection_date date not null,
            reason text not null,
            frozen_by text not null,
            frozen_at timestamptz not null default now(),
            primary key (night, inspection_date)
        );
        comment on column ops.frozen_pack.frozen_by is 'a role, never a name';
        create table ops.commentary (
            commentary_id bigint generated always as identity primary key,
            section text not null,
            night date not null,
            inspection_date date not null,
            written_on date not null,
            author_role text not null,
            body text not null,
            figures jsonb not null
        );
        comment on column ops.commentary.figures is
            'the figures of the section as they were shown when it was written, by indicator';
        """
    )


def downgrade() -> None:
    op.execute("drop table ops.frozen_pack, ops.commentary")
