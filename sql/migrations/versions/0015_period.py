"""A collection is named by its period's label, as files and schemas are: text, not a number that stands for a day."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("quality.rule_result", "quality.rule_failure", "quality.readiness", "ops.submission")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"alter table {table} alter column collection_year type text")
        op.execute(f"alter table {table} rename column collection_year to period")
    op.execute(
        """
        alter table ops.submission add column last_day date;
        comment on column ops.submission.last_day is 'the last day of the period';
        update ops.submission set last_day = case
            when length(period) = 4 then make_date(period::integer, 9, 30)
            when length(period) = 5
                then (make_date(left(period, 4)::integer, 3 * right(period, 1)::integer, 1) + interval '1 month')::date - 1
            else to_date(period, 'YYYYMMDD')
        end;
        alter table ops.submission alter column last_day set not null
        """
    )


def downgrade() -> None:
    op.execute("alter table ops.submission drop column last_day")
    for table in TABLES:
        op.execute(f"alter table {table} rename column period to collection_year")
        op.execute(f"alter table {table} alter column collection_year type integer using collection_year::integer")
