-- title: Permanence plan by the second review
-- id: P01
-- question: Does each child in care soon have a plan for where they will grow up?
-- grain: one row per period of care
-- calc: percent
-- better: high
-- clock: {from: the day the child came into care, to: first permanence plan, unit: months, standard: permanence_plan_months}
-- views: [due]
-- periods: [six_months, year]
-- bands: [other plan alone]
-- needs: [ssd_cla_care_plan, ssd_cla_episodes]
-- sources: ["Care planning guidance: permanence considered by the second review", "catalogue P01: the second review or four months, whichever is earlier"]
-- used_by: [pack]
select
    permanence_plan_due.care_key as member_key,
    permanence_plan_due.child_id,
    permanence_plan_due.first_day as clock_start,
    permanence_plan_due.due_date as due_at,
    permanence_plan_due.plan_date as clock_stop,
    permanence_plan_due.end_date as ended_date,
    -- A plan marked only as other counts, but should be looked at.
    case when permanence_plan_due.is_other_alone then 'other plan alone' end as band
from permanence_plan_due
-- A child who left care by the due date is left out, with or without a plan.
where permanence_plan_due.end_date is null or permanence_plan_due.end_date > permanence_plan_due.due_date
