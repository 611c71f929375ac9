-- title: Visits to children in need, on a protection plan and in care
-- grain: one row per visit with a date and a known child
-- key: [visit_kind, visit_id]
-- sources: ["catalogue T08 and T55; the three kinds are separate, because their ids may be equal"]
-- columns:
--   visit_kind: need, protection or care
--   visit_id: Visit; ids of different kinds may be equal
--   record_key: "Unique key: the visit id, with the kind before it if needed"
--   child_id: The child, as in child
--   visit_date: Day of the visit
--   child_seen: Whether the child was seen, as recorded; null if not recorded
--   recorded_date: Day the visit was first entered; null if there is no audit trail
with every_kind as (
    select
        'need' as visit_kind,
        cin_visit.visit_id,
        cin_visit.child_id,
        cin_visit.visit_date,
        cin_visit.child_seen
    from cin_visit
    union all
    select
        'protection' as visit_kind,
        cp_visit.visit_id,
        cp_visit.child_id,
        cp_visit.visit_date,
        cp_visit.child_seen
    from cp_visit
    union all
    select
        'care' as visit_kind,
        ssd_cla_visits.clav_cla_visit_id as visit_id,
        ssd_cla_visits.clav_person_id as child_id,
        ssd_cla_visits.clav_cla_visit_date as visit_date,
        ssd_cla_visits.clav_cla_visit_seen as child_seen
    from ssd_cla_visits
    where ssd_cla_visits.clav_cla_visit_date is not null and ssd_cla_visits.clav_person_id is not null
)
,

-- A visit may be entered once and changed later.
recorded as (
    select
        visit_audit_trail.visit_id,
        min((visit_audit_trail.created_at at time zone 'Europe/London')::date) as recorded_date
    from visit_audit_trail
    where visit_audit_trail.created_at is not null
    group by visit_audit_trail.visit_id
)

select
    every_kind.visit_kind,
    every_kind.visit_id,
    case
        when count(*) over (partition by every_kind.visit_id) = 1 then every_kind.visit_id
        else every_kind.visit_kind || '/' || every_kind.visit_id
    end as record_key,
    every_kind.child_id,
    every_kind.visit_date,
    every_kind.child_seen,
    recorded.recorded_date
from every_kind
left join recorded on recorded.visit_id = every_kind.visit_id
