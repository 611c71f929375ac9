-- title: Visits to children in care
-- grain: one row per visit with a date and a known child
-- key: [visit_id]
-- sources: ["Care Planning Regulations 2010, regulation 28", "catalogue T27 to T30: an attempted visit, at which the child was not seen, is none"]
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
    coalesce(seen.code, ssd_cla_visits.clav_cla_visit_seen) as child_seen,
    coalesce(alone.code, ssd_cla_visits.clav_cla_visit_seen_alone) as seen_alone
from ssd_cla_visits
left join owner on owner.care_id = ssd_cla_visits.clav_cla_id
left join code_alias as seen
    on seen.code_list = 'local.yes_no' and seen.alias = lower(ssd_cla_visits.clav_cla_visit_seen)
left join code_alias as alone
    on alone.code_list = 'local.yes_no' and alone.alias = lower(ssd_cla_visits.clav_cla_visit_seen_alone)
where
    ssd_cla_visits.clav_cla_visit_date is not null
    and coalesce(ssd_cla_visits.clav_person_id, owner.child_id) is not null
