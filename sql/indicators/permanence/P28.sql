-- title: Children over six months in care under section 20
-- id: P28
-- question: Which children stay in care by agreement for long?
-- grain: one row per child in care by agreement (V2) at the date
-- calc: [percent, count]
-- better: low
-- periods: [snapshot]
-- bands: [unaccompanied, not unaccompanied]
-- band_figure: percent
-- needs: [ssd_legal_status, ssd_cla_episodes]
-- sources: ["SSDA903 code set LS: V2", "catalogue P28: six months to the day are not over six months; unaccompanied children are shown separately"]
-- used_by: [pack]
with agreed as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_period.child_id,
        greatest(care_period.first_day, legal_status.first_day) as since_day,
        case when unaccompanied.child_id is null then 'not unaccompanied' else 'unaccompanied' end as band
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.last_day is null or care_period.last_day >= period.as_at)
    inner join legal_status
        on legal_status.child_id = care_period.child_id
        and legal_status.first_day <= period.as_at
        and (legal_status.last_day is null or legal_status.last_day >= period.as_at)
        and legal_status.status = 'V2'
    left join unaccompanied
        on unaccompanied.child_id = care_period.child_id
        and unaccompanied.first_day <= period.as_at
        and (unaccompanied.last_day is null or unaccompanied.last_day >= period.as_at)
)

select
    agreed.period_kind,
    agreed.period_end,
    agreed.child_id as member_key,
    agreed.child_id,
    case when (agreed.since_day + interval '6 months')::date < agreed.as_at then 1 else 0 end as numerator,
    1 as denominator,
    agreed.as_at - agreed.since_day as measure,
    agreed.band
from agreed
