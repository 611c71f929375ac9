-- title: Initial child protection conferences and the enquiry before each
-- grain: one row per child and initial conference; records of one child, day and kind are merged under the lowest id
-- key: [conference_id]
-- sources:
--   - "Working Together to Safeguard Children 2023"
--   - "catalogue T11, T12, D15 to D17; convention K10: one meeting on several forms; docs/conventions.md: which record counts"
-- columns:
--   conference_id: Conference; the lowest id of the merged records
--   child_id: The child; null if not recorded
--   team_id: Team responsible; null if not recorded
--   conference_date: Day of the conference; null if not recorded
--   target_date: Target day as recorded; null if not recorded
--   plan_id: Protection plan that the conference made; null if none is recorded
--   is_transfer_in: True if the child moved in with a plan of another authority
--   outcome_plan: Whether a protection plan was decided, as recorded; null if not recorded
--   enquiry_id: Section 47 enquiry, linked or else the latest begun up to 60 days before; null if none
--   enquiry_date: Day the enquiry began; null if none is found
with held as (
    select
        min(ssd_initial_cp_conference.icpc_icpc_id) as conference_id,
        ssd_initial_cp_conference.icpc_person_id as child_id,
        (
            array_agg(ssd_initial_cp_conference.icpc_icpc_team order by ssd_initial_cp_conference.icpc_icpc_id desc)
            filter (where ssd_initial_cp_conference.icpc_icpc_team is not null)
        )[1] as team_id,
        (
            array_agg(ssd_initial_cp_conference.icpc_s47_enquiry_id order by ssd_initial_cp_conference.icpc_icpc_id desc)
            filter (where ssd_initial_cp_conference.icpc_s47_enquiry_id is not null)
        )[1] as enquiry_id,
        ssd_initial_cp_conference.icpc_icpc_date as conference_date,
        (
            array_agg(ssd_initial_cp_conference.icpc_icpc_target_date order by ssd_initial_cp_conference.icpc_icpc_id desc)
            filter (where ssd_initial_cp_conference.icpc_icpc_target_date is not null)
        )[1] as target_date,
        (
            array_agg(ssd_initial_cp_conference.icpc_cp_plan_id order by ssd_initial_cp_conference.icpc_icpc_id desc)
            filter (where ssd_initial_cp_conference.icpc_cp_plan_id is not null)
        )[1] as plan_id,
        coalesce(ssd_initial_cp_conference.icpc_icpc_transfer_in = 'Y', false) as is_transfer_in,
        (
            array_agg(ssd_initial_cp_conference.icpc_icpc_outcome_cp_flag order by ssd_initial_cp_conference.icpc_icpc_id desc)
            filter (where ssd_initial_cp_conference.icpc_icpc_outcome_cp_flag is not null)
        )[1] as outcome_plan
    from ssd_initial_cp_conference
    group by
        ssd_initial_cp_conference.icpc_person_id,
        ssd_initial_cp_conference.icpc_icpc_date,
        coalesce(ssd_initial_cp_conference.icpc_icpc_transfer_in = 'Y', false),
        -- Rows without a date or a child are not merged.
        case
            when ssd_initial_cp_conference.icpc_icpc_date is null or ssd_initial_cp_conference.icpc_person_id is null
                then ssd_initial_cp_conference.icpc_icpc_id
        end
),

linked as (
    -- Without a link to an enquiry, the child's latest one that began up to 60 days before.
    select distinct on (held.conference_id)
        held.conference_id,
        coalesce(own.s47e_s47_enquiry_id, near.s47e_s47_enquiry_id) as enquiry_id,
        coalesce(own.s47e_s47_start_date, case when own.s47e_s47_enquiry_id is null then near.s47e_s47_start_date end)
            as enquiry_date
    from held
    left join ssd_s47_enquiry as own on own.s47e_s47_enquiry_id = held.enquiry_id
    left join ssd_s47_enquiry as near
        on near.s47e_person_id = held.child_id
        and near.s47e_s47_start_date between held.conference_date - 60 and held.conference_date
    where not held.is_transfer_in
    order by held.conference_id asc, near.s47e_s47_start_date desc nulls last, near.s47e_s47_enquiry_id desc
)

select
    held.conference_id,
    held.child_id,
    held.team_id,
    held.conference_date,
    held.target_date,
    held.plan_id,
    held.is_transfer_in,
    held.outcome_plan,
    linked.enquiry_id,
    linked.enquiry_date
from held
left join linked on linked.conference_id = held.conference_id
