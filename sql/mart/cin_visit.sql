-- title: Visits to children in need
-- grain: one row per visit with a date and a known child
-- key: [visit_id]
-- sources: ["catalogue T08, T20 and convention K11: before birth, visits are to the mother"]
-- columns:
--   visit_id: Visit (ssd_cin_visits)
--   child_id: The child, as in child
--   visit_date: Day of the visit
--   child_seen: Whether the child was seen, as recorded; null if not recorded
--   seen_alone: Whether the child was seen alone, as recorded; null if not recorded
--   was_unborn: True if the visit was before the birth, so the mother was visited
select
    ssd_cin_visits.cinv_cin_visit_id as visit_id,
    ssd_cin_visits.cinv_person_id as child_id,
    ssd_cin_visits.cinv_cin_visit_date as visit_date,
    ssd_cin_visits.cinv_cin_visit_seen as child_seen,
    ssd_cin_visits.cinv_cin_visit_seen_alone as seen_alone,
    coalesce(
        child.birth_date > ssd_cin_visits.cinv_cin_visit_date, child.expected_birth_date is not null, false
    ) as was_unborn
from ssd_cin_visits
left join child on child.child_id = ssd_cin_visits.cinv_person_id
where ssd_cin_visits.cinv_cin_visit_date is not null and ssd_cin_visits.cinv_person_id is not null
