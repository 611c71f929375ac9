-- title: Children seen alone at their latest visit
-- id: T19
-- question: Can a protected child speak freely?
-- grain: one row per child on a plan at the date, old enough to be seen alone, with a visit under the plan
-- calc: percent
-- better: high
-- periods: [snapshot]
-- bands: [alone, not alone, refused by the child, unknown code, not recorded]
-- needs: [ssd_cp_visits, ssd_cp_plans]
-- sources: ["Annex A list 7: seen alone", "age floor seen_alone_age; a visit without seeing the child does not count"]
-- used_by: [pack]
with latest as (
    select distinct on (period.period_kind, period.period_end, cp_plan.child_id)
        period.period_kind,
        period.period_end,
        cp_plan.child_id,
        cp_visit.visit_date,
        cp_visit.seen_alone,
        cp_visit.is_refused
    from period
    inner join cp_plan
        on cp_plan.start_date <= period.as_at
        and (cp_plan.end_date is null or cp_plan.end_date > period.as_at)
    inner join parameter as floor
        on floor.name = 'seen_alone_age'
        and floor.valid_from <= period.as_at
        and (floor.valid_to is null or floor.valid_to > period.as_at)
    inner join child
        on child.child_id = cp_plan.child_id
        and (child.birth_date + floor.number_value * interval '1 year')::date <= period.as_at
    inner join cp_visit
        on cp_visit.child_id = cp_plan.child_id
        and cp_visit.visit_date between cp_plan.start_date and period.as_at
        and coalesce(cp_visit.child_seen <> 'N', true)
    where not cp_plan.is_other_authority
    order by
        period.period_kind asc,
        period.period_end asc,
        cp_plan.child_id asc,
        cp_visit.visit_date desc,
        coalesce(cp_visit.seen_alone = 'Y', false) desc,
        cp_visit.visit_id desc
)

select
    latest.period_kind,
    latest.period_end,
    latest.child_id as member_key,
    latest.child_id,
    case when latest.seen_alone = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    case
        when latest.seen_alone is null then 'not recorded'
        when latest.seen_alone = 'Y' then 'alone'
        when latest.seen_alone = 'N' then 'not alone'
        when latest.is_refused then 'refused by the child'
        else 'unknown code'
    end as band
from latest
