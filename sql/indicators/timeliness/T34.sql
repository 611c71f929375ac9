-- title: Immunisations up to date
-- id: T34
-- question: Are children in care immunised as they should be?
-- grain: one row per child in care at the date without a break for 12 months or more
-- calc: percent
-- better: high
-- target: 100
-- periods: [snapshot, year]
-- bands: [up to date, not up to date, not recorded]
-- needs: [ssd_cla_episodes, ssd_cla_immunisations]
-- sources: ["SSDA903 OC2 cohort: the last recorded state by the date; not recorded counts as not up to date and is also counted separately"]
-- used_by: [pack]
with newest as (
    select max(period.as_at) as as_at
    from period
),

state as (
    select
        period.period_kind,
        period.period_end,
        care_period.child_id,
        ssd_cla_immunisations.clai_immunisations_status
    from period
    -- There are no values for earlier dates: only the latest state of each child is recorded.
    inner join newest on newest.as_at = period.as_at
    inner join care_period
        on (care_period.first_day + interval '12 months')::date <= period.as_at
        and (care_period.end_date is null or care_period.end_date > period.as_at)
    left join ssd_cla_immunisations
        on ssd_cla_immunisations.clai_person_id = care_period.child_id
        and (
            ssd_cla_immunisations.clai_immunisations_status_date is null
            or ssd_cla_immunisations.clai_immunisations_status_date <= period.as_at
        )
)

select
    state.period_kind,
    state.period_end,
    state.child_id as member_key,
    state.child_id,
    case when state.clai_immunisations_status = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    case state.clai_immunisations_status when 'Y' then 'up to date' when 'N' then 'not up to date' else 'not recorded' end as band
from state
