"""Runs, batches, loads and what the checks and the typing found."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create schema ops;
        create schema quality;
        create schema history;

        create table ops.run (
            run_id bigint generated always as identity primary key,
            dag_run_id text not null unique,
            night date not null,
            started_at timestamptz not null default now(),
            finished_at timestamptz,
            state text not null default 'running' check (state in ('running', 'succeeded', 'failed')),
            message text
        );
        create table ops.batch (
            batch_id bigint generated always as identity primary key,
            run_id bigint not null references ops.run,
            night date not null,
            source text not null,
            table_name text not null,
            is_shipped boolean not null,
            sha256 text not null,
            bytes bigint not null,
            rows bigint not null,
            remarks text[] not null default '{}',
            landed_at timestamptz not null default now()
        );
        create index on ops.batch (night, table_name);
        create table ops.load (
            batch_id bigint primary key references ops.batch,
            night date not null,
            source text not null,
            table_name text not null,
            rows_read bigint not null,
            rows_kept bigint not null,
            rows_quarantined bigint not null,
            values_rejected bigint not null,
            versions_ended bigint not null,
            versions_added bigint not null,
            loaded_at timestamptz not null default now(),
            check (rows_read = rows_kept + rows_quarantined)
        );
        create index on ops.load (night, table_name);
        create table quality.reject (
            batch_id bigint not null references ops.batch,
            table_name text not null,
            row_key text,
            source_row bigint not null,
            column_name text not null,
            reason text not null
        );
        create table quality.quarantine (
            batch_id bigint not null references ops.batch,
            table_name text not null,
            row_key text,
            source_row bigint not null,
            reason text not null,
            keeps_last_night boolean not null
        );
        """
    )


def downgrade() -> None:
    op.execute("drop schema ops, quality, history cascade")
