-- title: Long missing episodes
-- id: D38
-- question: How long are children gone?
-- grain: one row per missing episode begun in the period, with its hours
-- calc: [count, over_72_hours]
-- figures:
--   over_72_hours: "count(*) filter (where bands @> array['over 72 hours'])"
-- better: low
-- periods: [six_months]
-- bands: ["over 24 hours, from care", "over 24 hours, from home", "over 24 hours, from other authority",
--   "over 24 hours, from care by report only", not back yet, by dates alone]
-- needs: [ssd_missing]
-- sources:
--   - "catalogue D38 and convention K05: over 24 and over 72 hours, by dates if no time is known; up to the end of the day for children who are not back"
-- used_by: [pack]
with placed as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        missing_incident.*,
        coalesce(missing_incident.end_date <= period.as_at, false) as is_back
    from period
    inner join missing_incident on missing_incident.start_date between period.period_start and period.as_at
    where missing_incident.episode_type <> 'A'
),

measured as (
    select
        placed.*,
        case
            when placed.is_back then extract(epoch from placed.returned_at - placed.started_at)
            else extract(epoch from (placed.as_at + 1)::timestamp at time zone 'Europe/London' - placed.started_at)
        end / 3600 as hours,
        case when placed.is_back then placed.end_date else placed.as_at end - placed.start_date as days
    from placed
),

judged as (
    select
        measured.*,
        case when measured.hours is not null then measured.hours > 24 else measured.days > 1 end as is_over_24,
        case when measured.hours is not null then measured.hours > 72 else measured.days > 3 end as is_over_72
    from measured
)

select
    judged.period_kind,
    judged.period_end,
    judged.episode_id as member_key,
    judged.child_id,
    case when judged.is_over_24 then 1 else 0 end as numerator,
    1 as denominator,
    judged.hours as measure,
    array_remove(
        array[
            case when judged.is_over_72 then 'over 72 hours' end,
            case when judged.is_over_24 then 'over 24 hours, from ' || judged.origin end,
            case when not judged.is_back then 'not back yet' end,
            case when judged.hours is null then 'by dates alone' end
        ],
        null
    ) as bands
from judged
where judged.hours is null or judged.hours >= 0
