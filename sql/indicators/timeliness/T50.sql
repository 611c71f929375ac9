-- title: Education, health and care plans issued within 20 weeks
-- id: T50
-- question: Do children with special needs get their plan in time?
-- grain: one row per request without an exception that was neither refused nor withdrawn
-- calc: percent
-- better: high
-- clock: {from: request date, to: plan issued, unit: weeks, standard: ehc_plan_weeks}
-- views: [finished, due]
-- periods: [year, three_months]
-- needs: [ehc_case]
-- sources: ["SEN2 statistics: new plans within 20 weeks, without cases with an exception"]
-- used_by: [pack]
select
    ehc_timeline.request_id as member_key,
    ehc_timeline.child_id,
    ehc_timeline.request_date as clock_start,
    ehc_timeline.plan_issued_date as clock_stop
from ehc_timeline
where not ehc_timeline.is_exception and not ehc_timeline.is_refused
