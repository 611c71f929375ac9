-- title: Data freshness
-- id: Q01
-- question: How old is the data?
-- grain: one row per source, and one per supplied table with event dates
-- calc: [max, quiet_tables]
-- better: low
-- figures: {max: max(measure) filter (where numerator is null), quiet_tables: sum(numerator)}
-- periods: [snapshot]
-- needs: []
-- sources:
--   - "catalogue Q01: hours from the last change in the source to the end of the night, without weekends and holidays"
--   - "quiet means no event for some working days"
-- used_by: [local]
with event as (
    select
        source_table.source,
        source_table.table_name,
        max(field_completeness.newest) as newest_day
    from field_completeness
    inner join source_table on source_table.table_name = field_completeness.table_name and source_table.is_supplied
    where source_table.source <> 'reference'
    group by source_table.source, source_table.table_name
),

changed as (
    select
        source_change.source,
        max(source_change.changed_at) as changed_at
    from source_change
    where source_change.source <> 'reference'
    group by source_change.source
),

-- Without a time stamp, a record is as new as its newest event.
stamped as (
    select
        changed.source,
        coalesce(changed.changed_at, (max(event.newest_day) + 1)::timestamp at time zone 'Europe/London') as changed_at,
        coalesce((changed.changed_at at time zone 'Europe/London')::date, max(event.newest_day)) as changed_day
    from changed
    left join event on event.source = changed.source
    group by changed.source, changed.changed_at
),

days_off as (
    select
        stamped.source,
        count(*) as days
    from stamped
    cross join known_on
    inner join calendar_day
        on calendar_day.day > stamped.changed_day
        and calendar_day.day <= known_on.night
        and not calendar_day.is_working_day
    group by stamped.source
)

select
    period.period_kind,
    period.period_end,
    stamped.source as member_key,
    greatest(
        extract(epoch from (known_on.night + 1)::timestamp at time zone 'Europe/London' - stamped.changed_at) / 3600
        - 24 * coalesce(days_off.days, 0),
        0
    ) as measure,
    null::numeric as numerator
from period
inner join known_on on known_on.night = period.as_at
cross join stamped
left join days_off on days_off.source = stamped.source
where stamped.changed_at is not null
union all
select
    period.period_kind,
    period.period_end,
    event.table_name as member_key,
    night_day.working_day_no - newest_day.working_day_no as measure,
    case when night_day.working_day_no - newest_day.working_day_no > quiet.number_value then 1 else 0 end as numerator
from period
inner join known_on on known_on.night = period.as_at
cross join event
inner join calendar_day as night_day on night_day.day = known_on.night
inner join calendar_day as newest_day on newest_day.day = event.newest_day
inner join parameter as quiet
    on quiet.name = 'quiet_working_days'
    and quiet.valid_from <= period.as_at
    and (quiet.valid_to is null or quiet.valid_to > period.as_at)
