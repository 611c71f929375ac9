-- title: Pathway plans up to date
-- id: L09
-- question: Is every young person's plan up to date?
-- grain: one row per young person with a right to a pathway plan at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_care_leavers]
-- sources:
--   - "Care Planning Regulations 2010: review at least every six months"
--   - "catalogue L09: a missing date fails; the first three months of eligibility are left out"
-- used_by: [pack]
with planned as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_leaver_right.child_id,
        max(pathway_plan_date.current_until) filter (where pathway_plan_date.plan_date <= period.as_at) as current_until,
        coalesce(bool_or(pathway_plan_date.plan_date > period.as_at), false) as is_planned_later
    from period
    inner join care_leaver_right
        on care_leaver_right.first_day <= period.as_at
        and (care_leaver_right.last_day is null or care_leaver_right.last_day >= period.as_at)
    left join pathway_plan_date on pathway_plan_date.child_id = care_leaver_right.child_id
    where care_leaver_right.eligibility in ('Eligible', 'Relevant', 'Former Relevant')
    group by period.period_kind, period.period_end, period.as_at, care_leaver_right.child_id
)

select
    planned.period_kind,
    planned.period_end,
    planned.child_id as member_key,
    planned.child_id,
    care_leaver.team_id,
    case when planned.current_until >= planned.as_at then 1 else 0 end as numerator,
    1 as denominator,
    coalesce(planned.current_until, pathway_eligibility.plan_due_date) as due_date
from planned
inner join care_leaver on care_leaver.child_id = planned.child_id
left join pathway_eligibility on pathway_eligibility.child_id = planned.child_id
where
    coalesce(pathway_eligibility.plan_due_date < planned.as_at, true)
    -- If only a later date is recorded, the state on the day is unknown.
    and not (planned.current_until is null and planned.is_planned_later)
