-- title: Children and the social workers who are named as theirs
-- grain: one row per involvement of a named social worker
-- key: [involvement_id]
-- sources: ["catalogue conventions K08 and K18"]
select
    ssd_involvements.invo_involvements_id as involvement_id,
    ssd_involvements.invo_person_id as child_id,
    ssd_involvements.invo_professional_id as professional_id,
    ssd_involvements.invo_professional_team as team_id,
    ssd_involvements.invo_involvement_start_date as start_date,
    ssd_involvements.invo_involvement_end_date as end_date
from ssd_involvements
where
    ssd_involvements.invo_involvement_start_date is not null
    and ssd_involvements.invo_person_id is not null
    and exists (
        select 1
        from allocated_role
        where
            lower(allocated_role.role_code) = lower(ssd_involvements.invo_professional_role_id)
            and allocated_role.valid_from <= ssd_involvements.invo_involvement_start_date
            and (
                allocated_role.valid_to is null or allocated_role.valid_to > ssd_involvements.invo_involvement_start_date
            )
            and lower(allocated_role.role_kind) = 'social_worker'
            and allocated_role.named_person
    )
