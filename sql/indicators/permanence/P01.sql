-- title: Permanence plan by the second review
-- id: P01
-- question: Does each child in care soon have a plan for where they will grow up?
-- grain: one row per time in care
-- calc: percent
-- better: high
-- clock: {from: the day the child came into care, to: first permanence plan, unit: months, standard: permanence_plan_months}
-- views: [due]
-- periods: [six_months, year]
-- bands: [other plan alone]
-- needs: [ssd_cla_care_plan, ssd_cla_episodes]
-- sources: ["Care planning guidance: permanence considered by the second review", "catalogue P01: the earlier of second review and four months"]
-- used_by: [pack]
select
    permanence_plan_due.care_key as member_key,
    permanence_plan_due.child_id,
    permanence_plan_due.first_day as clock_start,
    permanence_plan_due.due_date as due_at,
    permanence_plan_due.plan_date as clock_stop,
    permanence_plan_due.end_date as ended_date,
    -- A plan of no named kind counts; it is worth a look all the same.
    case when permanence_plan_due.is_other_alone then 'other plan alone' end as band
from permanence_plan_due
-- Who had left by the day it was due is out, plan or not.
where permanence_plan_due.end_date is null or permanence_plan_due.end_date > permanence_plan_due.due_date
