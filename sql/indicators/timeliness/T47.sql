-- title: How long pre-proceedings last
-- id: T47
-- question: How long do families stay in pre-proceedings?
-- grain: one row per family and time in pre-proceedings
-- calc: [median, percent]
-- better: low
-- clock: {from: decision to begin pre-proceedings, to: step-down or issue, unit: weeks, standard: pre_proceedings_weeks}
-- views: [finished, due]
-- periods: [year]
-- needs: [pre_proceedings]
-- sources: ["local aim of 16 weeks; measured in weeks; brothers and sisters count once"]
-- used_by: [pack]
select
    pre_proceedings_case.case_id as member_key,
    pre_proceedings_case.child_id,
    pre_proceedings_case.decision_date as clock_start,
    pre_proceedings_case.end_date as clock_stop,
    (pre_proceedings_case.end_date - pre_proceedings_case.decision_date) / 7.0 as measure
from pre_proceedings_case
