-- title: Children in care visited in time at the date
-- id: T30
-- question: Which child in care has not been seen for too long?
-- grain: one row per child in care at the date, for seven days or more
-- calc: percent
-- better: high
-- periods: [snapshot]
-- bands: [first visit, six weeks, settled, parents and interim order, parents and full order, temporarily approved carer]
-- needs: [ssd_cla_visits, ssd_cla_episodes]
-- sources: ["Care Planning Regulations 2010, regulation 28; the band is the rule that applies", "not yet seen in a placement: one week from its first day"]
-- used_by: [pack]
with in_care as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        visit_clock.child_id,
        visit_clock.first_day,
        standard.number_value::integer as first_visit_days
    from period
    inner join visit_clock
        on visit_clock.first_day <= period.as_at
        and (visit_clock.end_date is null or visit_clock.end_date > period.as_at)
    inner join parameter as standard
        on standard.name = 'care_first_visit_days'
        and standard.valid_from <= period.as_at
        and (standard.valid_to is null or standard.valid_to > period.as_at)
    where period.as_at - visit_clock.care_first_day >= 7
),

seen as (
    select
        in_care.*,
        case
            when care_visit_gap.visit_id is null then 'first visit'
            else care_visit_limit.rule
        end as rule,
        coalesce(care_visit_gap.visit_date, in_care.first_day) as since,
        case
            when care_visit_gap.visit_id is null then in_care.first_day + in_care.first_visit_days
            else coalesce(
                care_visit_gap.visit_date + care_visit_limit.limit_days,
                (care_visit_gap.visit_date + care_visit_limit.limit_months * interval '1 month')::date
            )
        end as due_date
    from in_care
    left join care_visit_gap
        on care_visit_gap.child_id = in_care.child_id
        and care_visit_gap.clock_first_day = in_care.first_day
        and care_visit_gap.visit_date <= in_care.as_at
        and (care_visit_gap.next_visit_date is null or care_visit_gap.next_visit_date > in_care.as_at)
    left join care_visit_limit
        on care_visit_limit.child_id = in_care.child_id
        and care_visit_limit.first_day <= in_care.as_at
        and (care_visit_limit.end_date is null or care_visit_limit.end_date > in_care.as_at)
)

select
    seen.period_kind,
    seen.period_end,
    seen.child_id as member_key,
    seen.child_id,
    case when seen.as_at <= seen.due_date then 1 else 0 end as numerator,
    1 as denominator,
    seen.as_at - seen.since as measure,
    seen.due_date,
    seen.rule as band
from seen
