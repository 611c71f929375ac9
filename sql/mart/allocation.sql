-- title: Involvements of named workers with children
-- grain: one row per involvement of a named worker
-- key: [involvement_id]
-- sources: ["catalogue conventions K08 and K18"]
-- columns:
--   involvement_id: Involvement (ssd_involvements)
--   child_id: The child, as in child
--   professional_id: Worker in the case system
--   team_id: Team of the involvement; null if not recorded
--   role_kind: Kind of role by the table allocated_role, such as social_worker
--   is_social_worker: True if the role is that of a social worker
--   start_date: Day the involvement began; null if not recorded
--   end_date: Day the involvement ended; the child is no longer held at the end of that day; null if it continues
--   person_key: The worker as a person, as in employment; null if not found in HR or agency records
with named as (
    select
        ssd_involvements.invo_involvements_id as involvement_id,
        ssd_involvements.invo_person_id as child_id,
        ssd_involvements.invo_professional_id as professional_id,
        ssd_involvements.invo_professional_team as team_id,
        ssd_involvements.invo_involvement_start_date as start_date,
        ssd_involvements.invo_involvement_end_date as end_date,
        min(allocated_role.role_kind) as role_kind
    from ssd_involvements
    inner join allocated_role
        on lower(allocated_role.role_code) = lower(ssd_involvements.invo_professional_role_id)
        and allocated_role.valid_from <= ssd_involvements.invo_involvement_start_date
        and (allocated_role.valid_to is null or allocated_role.valid_to > ssd_involvements.invo_involvement_start_date)
        and allocated_role.named_person
    where ssd_involvements.invo_person_id is not null and ssd_involvements.invo_professional_id is not null
    group by
        ssd_involvements.invo_involvements_id,
        ssd_involvements.invo_person_id,
        ssd_involvements.invo_professional_id,
        ssd_involvements.invo_professional_team,
        ssd_involvements.invo_involvement_start_date,
        ssd_involvements.invo_involvement_end_date
)

select
    named.involvement_id,
    named.child_id,
    named.professional_id,
    named.team_id,
    named.role_kind,
    named.role_kind = 'social_worker' as is_social_worker,
    named.start_date,
    named.end_date,
    worker_link.person_key
from named
left join worker_link on worker_link.professional_id = named.professional_id
where named.end_date is null or named.end_date >= named.start_date
