-- title: Visits to children on a protection plan
-- grain: one row per visit with a date and a known child
-- key: [visit_id]
-- sources: ["catalogue T17 to T19 and convention K11: before birth, any visit to the mother counts"]
-- columns:
--   visit_id: Visit (ssd_cp_visits)
--   child_id: The child, as in child
--   plan_id: Plan recorded with the visit; null if not recorded
--   visit_date: Day of the visit
--   child_seen: Whether the child was seen, as recorded; null if not recorded
--   seen_alone: Whether the child was seen alone, as recorded; R means the child refused
--   is_refused: True if the child refused to be seen alone
--   was_unborn: True if the visit was before the birth, so the mother was visited
select
    ssd_cp_visits.cppv_cp_visit_id as visit_id,
    coalesce(ssd_cp_visits.cppv_person_id, ssd_cp_plans.cppl_person_id) as child_id,
    ssd_cp_visits.cppv_cp_plan_id as plan_id,
    ssd_cp_visits.cppv_cp_visit_date as visit_date,
    ssd_cp_visits.cppv_cp_visit_seen as child_seen,
    ssd_cp_visits.cppv_cp_visit_seen_alone as seen_alone,
    coalesce(ssd_cp_visits.cppv_cp_visit_seen_alone = 'R', false) as is_refused,
    coalesce(
        child.birth_date > ssd_cp_visits.cppv_cp_visit_date, child.expected_birth_date is not null, false
    ) as was_unborn
from ssd_cp_visits
left join ssd_cp_plans on ssd_cp_plans.cppl_cp_plan_id = ssd_cp_visits.cppv_cp_plan_id
left join child on child.child_id = coalesce(ssd_cp_visits.cppv_person_id, ssd_cp_plans.cppl_person_id)
where
    ssd_cp_visits.cppv_cp_visit_date is not null
    and coalesce(ssd_cp_visits.cppv_person_id, ssd_cp_plans.cppl_person_id) is not null
