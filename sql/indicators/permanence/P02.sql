-- title: Days from entering care to the first permanence plan
-- id: P02
-- question: How long does a child wait for a plan?
-- grain: one row per period of care whose first permanence plan was made in the period
-- calc: median
-- better: low
-- clock: {from: the day the child came into care, to: first permanence plan, unit: days, standard: permanence_plan_months}
-- views: [finished]
-- periods: [year]
-- needs: [ssd_cla_care_plan, ssd_cla_episodes]
-- sources: ["catalogue P02: about four months; a record without a plan does not count"]
-- used_by: [pack]
select
    permanence_plan_due.care_key as member_key,
    permanence_plan_due.child_id,
    permanence_plan_due.first_day as clock_start,
    permanence_plan_due.months_date as due_at,
    permanence_plan_due.plan_date as clock_stop,
    permanence_plan_due.end_date as ended_date
from permanence_plan_due
