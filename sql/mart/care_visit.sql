-- title: Visits to children in care
-- grain: one row per visit with a date and a known child
-- key: [visit_id]
-- sources: ["Care Planning Regulations 2010, regulation 28", "catalogue T27 to T30: a visit without seeing the child does not count"]
-- columns:
--   visit_id: Visit (ssd_cla_visits)
--   child_id: The child, as in child
--   visit_date: Day of the visit
--   child_seen: Whether the child was seen, as recorded; null if not recorded
--   seen_alone: Whether the child was seen alone, as recorded; null if not recorded
with owner as (
    select
        ssd_cla_episodes.clae_cla_id as care_id,
        min(ssd_cla_episodes.clae_person_id) as child_id
    from ssd_cla_episodes
    where ssd_cla_episodes.clae_cla_id is not null
    group by ssd_cla_episodes.clae_cla_id
)

select
    ssd_cla_visits.clav_cla_visit_id as visit_id,
    coalesce(ssd_cla_visits.clav_person_id, owner.child_id) as child_id,
    ssd_cla_visits.clav_cla_visit_date as visit_date,
    ssd_cla_visits.clav_cla_visit_seen as child_seen,
    ssd_cla_visits.clav_cla_visit_seen_alone as seen_alone
from ssd_cla_visits
left join owner on owner.care_id = ssd_cla_visits.clav_cla_id
where
    ssd_cla_visits.clav_cla_visit_date is not null
    and coalesce(ssd_cla_visits.clav_person_id, owner.child_id) is not null
