-- title: Return interview outcome not recorded
-- id: T42
-- question: For how many returns is it not known whether there was an interview?
-- grain: one row per missing episode ended in the period, to which an interview applies and whose 72 hours have passed
-- calc: [percent, count]
-- better: low
-- target: 0
-- periods: [six_months, month]
-- bands: [offer not recorded, answer not recorded, accepted and not held]
-- needs: [ssd_missing, rhi_offer]
-- sources: ["Statutory guidance on children who run away or go missing from home or care, 2014", "accepted but never held is shown separately, not as a gap"]
-- used_by: [pack]
with returned as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        missing_episode.episode_id,
        missing_episode.child_id,
        missing_episode.return_date,
        missing_episode.offered,
        missing_episode.accepted,
        coalesce((missing_episode.held_at at time zone 'Europe/London')::date <= period.as_at, false) as is_held,
        case when missing_episode.is_date_only then missing_episode.return_date + (standard.number_value / 24)::integer end as due_date,
        missing_episode.returned_at + standard.number_value * interval '1 hour' as due_at
    from period
    inner join missing_episode on missing_episode.return_date between period.period_start and period.as_at
    inner join parameter as standard
        on standard.name = 'return_interview_hours'
        and standard.valid_from <= missing_episode.return_date
        and (standard.valid_to is null or standard.valid_to > missing_episode.return_date)
    where not missing_episode.is_interview_not_applicable
),

told as (
    select
        returned.*,
        case
            when returned.offered is null then 'offer not recorded'
            when returned.offered = 'Y' and returned.accepted is null and not returned.is_held then 'answer not recorded'
            when returned.accepted = 'Y' and not returned.is_held then 'accepted and not held'
        end as band
    from returned
    where
        case
            when returned.due_date is null then returned.due_at < (returned.as_at + 1)::timestamp at time zone 'Europe/London'
            when returned.is_held then returned.due_date <= returned.as_at
            else returned.due_date < returned.as_at
        end
)

select
    told.period_kind,
    told.period_end,
    told.episode_id as member_key,
    told.child_id,
    case when told.band in ('offer not recorded', 'answer not recorded') then 1 else 0 end as numerator,
    1 as denominator,
    told.as_at - told.return_date as measure,
    told.band
from told
