-- title: Stages of complaints by and for children
-- grain: one row per complaint and stage
-- key: [complaint_id, stage]
-- sources: ["Children Act 1989 Representations Procedure Regulations 2006", "catalogue T51 and T52: an extension counts if recorded before the limit"]
-- columns:
--   complaint_id: Complaint
--   stage: Stage of the procedure, 1 to 3
--   child_id: The child concerned; null if not recorded
--   made_by: Who complained, such as child or advocate; null if not recorded
--   theme: Subject of the complaint; null if not recorded
--   outcome: Result of the stage; null while open
--   received_date: Day the stage began
--   answered_date: Day of the answer; null while open
--   is_withdrawn: True if the complaint was withdrawn
--   is_extended: True if an extension was agreed before the limit
--   due_date: Last day on which an answer is in time; null for a stage without a standard
with staged as (
    select
        complaint.complaint_id,
        complaint.stage,
        complaint.person_id as child_id,
        complaint.made_by,
        complaint.theme,
        complaint.outcome,
        complaint.received_date,
        complaint.answered_date,
        coalesce(complaint.withdrawn, false) as is_withdrawn,
        case when complaint.extended then complaint.extension_agreed_date end as extension_date
    from complaint
    where complaint.received_date is not null
),

standard as (
    select
        parameter.name,
        parameter.valid_from,
        parameter.valid_to,
        parameter.number_value
    from parameter
    where
        parameter.name in (
            'complaint_stage_1_working_days', 'complaint_stage_1_extended_working_days',
            'complaint_stage_2_working_days', 'complaint_stage_2_extended_working_days'
        )
)

select distinct on (staged.complaint_id, staged.stage)
    staged.complaint_id,
    staged.stage,
    staged.child_id,
    staged.made_by,
    staged.theme,
    staged.outcome,
    staged.received_date,
    staged.answered_date,
    staged.is_withdrawn,
    coalesce(
        staged.extension_date >= staged.received_date
        and agreed_day.working_day_no - received_day.working_day_no < short.number_value,
        false
    ) as is_extended,
    due_day.day as due_date
from staged
left join calendar_day as received_day on received_day.day = staged.received_date
left join calendar_day as agreed_day on agreed_day.day = staged.extension_date
left join standard as short
    on short.name = 'complaint_stage_' || staged.stage || '_working_days'
    and short.valid_from <= staged.received_date
    and (short.valid_to is null or short.valid_to > staged.received_date)
left join standard as extended
    on extended.name = 'complaint_stage_' || staged.stage || '_extended_working_days'
    and extended.valid_from <= staged.received_date
    and (extended.valid_to is null or extended.valid_to > staged.received_date)
left join calendar_day as due_day
    on due_day.is_working_day
    and due_day.working_day_no = received_day.working_day_no + case
        when
            staged.extension_date >= staged.received_date
            and agreed_day.working_day_no - received_day.working_day_no < short.number_value
            then extended.number_value
        else short.number_value
    end
order by staged.complaint_id asc, staged.stage asc, short.valid_from desc, extended.valid_from desc
