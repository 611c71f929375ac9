-- title: Initial child protection conferences with their working days from the enquiry
-- grain: one row per initial conference of a child that was not a transfer in
-- key: [conference_id]
-- sources: ["Working Together to Safeguard Children 2023: initial conference within 15 working days", "catalogue T11"]
with held as (
    select
        ssd_initial_cp_conference.icpc_icpc_id as conference_id,
        ssd_initial_cp_conference.icpc_person_id as child_id,
        ssd_initial_cp_conference.icpc_icpc_team as team_id,
        ssd_initial_cp_conference.icpc_s47_enquiry_id as enquiry_id,
        ssd_initial_cp_conference.icpc_icpc_date as conference_date
    from ssd_initial_cp_conference
    left join code_alias as transfer
        on transfer.code_list = 'local.yes_no'
        and transfer.alias = lower(ssd_initial_cp_conference.icpc_icpc_transfer_in)
    where transfer.code is distinct from 'Y'
),

linked as (
    -- Without a link to an enquiry, the child's latest one that began up to 60 days before.
    select
        held.conference_id,
        coalesce(
            own.s47e_s47_start_date,
            case when own.s47e_s47_enquiry_id is null then max(near.s47e_s47_start_date) end
        ) as enquiry_date
    from held
    left join ssd_s47_enquiry as own on own.s47e_s47_enquiry_id = held.enquiry_id
    left join ssd_s47_enquiry as near
        on near.s47e_person_id = held.child_id
        and near.s47e_s47_start_date between held.conference_date - 60 and held.conference_date
    group by held.conference_id, own.s47e_s47_enquiry_id, own.s47e_s47_start_date
)

select
    held.conference_id,
    held.child_id,
    held.team_id,
    linked.enquiry_date,
    held.conference_date,
    due.day as due_date,
    stopped.working_day_no - started.working_day_no as working_days_taken
from held
inner join linked on linked.conference_id = held.conference_id
left join calendar_day as started on started.day = linked.enquiry_date
left join calendar_day as stopped on stopped.day = held.conference_date
left join parameter as standard
    on standard.name = 'conference_working_days'
    and standard.valid_from <= linked.enquiry_date
    and (standard.valid_to is null or standard.valid_to > linked.enquiry_date)
left join calendar_day as due
    on due.working_day_no = started.working_day_no + standard.number_value
    and due.is_working_day
