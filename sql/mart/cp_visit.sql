-- title: Visits to children on a protection plan
-- grain: one row per visit with a date and a known child
-- key: [visit_id]
-- sources: ["catalogue T17 to T19 and convention K11: to an unborn child the visit to the mother counts, without a seen test"]
select
    ssd_cp_visits.cppv_cp_visit_id as visit_id,
    coalesce(ssd_cp_visits.cppv_person_id, ssd_cp_plans.cppl_person_id) as child_id,
    ssd_cp_visits.cppv_cp_plan_id as plan_id,
    ssd_cp_visits.cppv_cp_visit_date as visit_date,
    coalesce(seen.code, ssd_cp_visits.cppv_cp_visit_seen) as child_seen,
    coalesce(alone.code, ssd_cp_visits.cppv_cp_visit_seen_alone) as seen_alone,
    -- The standard dataset has no code for it; councils write what they will.
    coalesce(lower(ssd_cp_visits.cppv_cp_visit_seen_alone) in ('r', 'refused', 'child refused', 'refused by child'), false)
        as is_refused,
    coalesce(
        child.birth_date > ssd_cp_visits.cppv_cp_visit_date, child.expected_birth_date is not null, false
    ) as was_unborn
from ssd_cp_visits
left join ssd_cp_plans on ssd_cp_plans.cppl_cp_plan_id = ssd_cp_visits.cppv_cp_plan_id
left join child on child.child_id = coalesce(ssd_cp_visits.cppv_person_id, ssd_cp_plans.cppl_person_id)
left join code_alias as seen
    on seen.code_list = 'local.yes_no' and seen.alias = lower(ssd_cp_visits.cppv_cp_visit_seen)
left join code_alias as alone
    on alone.code_list = 'local.yes_no' and alone.alias = lower(ssd_cp_visits.cppv_cp_visit_seen_alone)
where
    ssd_cp_visits.cppv_cp_visit_date is not null
    and coalesce(ssd_cp_visits.cppv_person_id, ssd_cp_plans.cppl_person_id) is not null
