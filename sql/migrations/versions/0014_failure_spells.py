"""A failure of a rule is one row with the first and the last night of an unbroken run, not one row a night.

The place of a row in the return of each night goes: `record_key` finds it there.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create temporary table rule_failure_of_night as select * from quality.rule_failure;
        drop table quality.rule_failure;
        create table quality.rule_failure (
            return_id text not null,
            collection_year integer not null,
            rule text not null,
            module text not null,
            field text not null,
            record_key text not null,
            first_seen date not null,
            last_seen date not null check (last_seen >= first_seen),
            child_id text,
            team_id text,
            worker_id text,
            primary key (return_id, collection_year, rule, module, field, record_key, first_seen)
        );
        comment on table quality.rule_failure is
            'a failure is open on the nights from first_seen to last_seen; one that went away and came back is two rows';
        comment on column quality.rule_failure.record_key is
            'whom the row is about, with which nights are compared; a second row about the same is numbered';
        insert into quality.rule_failure
        with checked as (
            select
                return_id, collection_year, night,
                row_number() over (partition by return_id, collection_year order by night) as place
            from (
                select return_id, collection_year, night from quality.rule_result
                union
                select return_id, collection_year, night from rule_failure_of_night
            ) as either
        ),
        run as (
            select
                failure.*,
                checked.place - row_number() over (
                    partition by return_id, collection_year, rule, module, field, record_key order by night
                ) as run
            from rule_failure_of_night as failure
            inner join checked using (return_id, collection_year, night)
        )
        select
            return_id, collection_year, rule, module, field, record_key, min(night), max(night),
            max(child_id), max(team_id), max(worker_id)
        from run
        group by return_id, collection_year, rule, module, field, record_key, run;
        drop table rule_failure_of_night
        """
    )


def downgrade() -> None:
    op.execute(
        """
        create temporary table rule_failure_spell as select * from quality.rule_failure;
        drop table quality.rule_failure;
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
        comment on column quality.rule_failure.row_id is 'below -1 where the place in the return is not known any more';
        insert into quality.rule_failure
        select
            checked.night, return_id, collection_year, rule, module,
            case module when '' then -1 else
                -1 - row_number() over (partition by checked.night, return_id, collection_year, rule, module, field
                    order by record_key)
            end,
            field, child_id, team_id, worker_id, record_key, first_seen
        from rule_failure_spell as spell
        inner join (select distinct return_id, collection_year, night from quality.rule_result) as checked
            using (return_id, collection_year)
        where checked.night between spell.first_seen and spell.last_seen;
        drop table rule_failure_spell
        """
    )
