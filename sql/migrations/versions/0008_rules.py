"""What the rules of each return found on each night, how ready the return is, and what was submitted."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table quality.rule_result (
            night date not null,
            return_id text not null,
            collection_year integer not null,
            rule text not null,
            severity text not null check (severity in ('error', 'query')),
            state text not null check (state in ('passed', 'failed', 'not run')),
            reason text,
            failures bigint not null,
            seconds double precision not null,
            primary key (night, return_id, collection_year, rule)
        );
        create table quality.rule_failure (
            night date not null,
            return_id text not null,
            collection_year integer not null,
            rule text not null,
            module text not null,
            row_id bigint not null,
            field text not null,
            child_id text,
            team_id text,
            worker_id text,
            record_key text not null,
            first_seen date not null,
            primary key (night, return_id, collection_year, rule, module, row_id, field)
        );
        comment on column quality.rule_failure.record_key is
            'whom the row is about, with which nights are compared; a second row about the same is numbered';
        create table quality.readiness (
            night date not null,
            return_id text not null,
            collection_year integer not null,
            is_provisional boolean not null,
            records bigint not null,
            errors bigint not null,
            queries bigint not null,
            rules_not_run bigint not null,
            errors_before bigint,
            queries_before bigint,
            due_on date not null,
            days_to_deadline integer not null,
            primary key (night, return_id, collection_year)
        );
        create table ops.submission (
            submission_id bigint generated always as identity primary key,
            return_id text not null,
            collection_year integer not null,
            night date,
            signed_off_by text not null,
            submitted_at timestamptz not null default now(),
            records bigint not null,
            sha256 text not null
        );
        comment on column ops.submission.night is 'null for a file that was submitted before this warehouse';
        """
    )


def downgrade() -> None:
    op.execute("drop table quality.rule_result, quality.rule_failure, quality.readiness, ops.submission")
