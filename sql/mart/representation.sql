-- title: Complaints and representations, stage by stage
-- grain: one row per complaint and stage
-- key: [complaint_id, stage]
-- sources: ["Children Act 1989 Representations Procedure Regulations 2006", "catalogue S19 and S23: all stages are one complaint"]
-- columns:
--   complaint_id: Complaint
--   stage: Stage of the procedure, 1 to 3
--   child_id: The child concerned, from the first stage; null if not recorded
--   made_by: Who complained, from the first stage; null if not recorded
--   is_by_or_for_child: True if a child, care leaver or advocate complained
--   theme: Subject, from the first stage; null if not recorded
--   first_received_date: Day the complaint was received, over all stages
--   received_date: Day this stage was received; null if not recorded
--   answered_date: Day of the answer to this stage; null while open
--   is_withdrawn: True if withdrawn
--   outcome: Result of the stage; null while open
--   has_learning_action: True if this or an earlier stage led to an action
with staged as (
    select
        complaint.complaint_id,
        complaint.stage,
        first_value(complaint.person_id) over whole as child_id,
        first_value(complaint.made_by) over whole as made_by,
        first_value(complaint.theme) over whole as theme,
        min(complaint.received_date) over whole as first_received_date,
        complaint.received_date,
        complaint.answered_date,
        coalesce(complaint.withdrawn, false) as is_withdrawn,
        complaint.outcome,
        bool_or(complaint.learning_action) over (partition by complaint.complaint_id order by complaint.stage) as has_learning_action
    from complaint
    window whole as (
        partition by complaint.complaint_id order by complaint.stage rows between unbounded preceding and unbounded following
    )
)

select
    staged.complaint_id,
    staged.stage,
    staged.child_id,
    staged.made_by,
    coalesce(staged.made_by in ('child', 'care_leaver', 'advocate'), false) as is_by_or_for_child,
    staged.theme,
    staged.first_received_date,
    staged.received_date,
    staged.answered_date,
    staged.is_withdrawn,
    staged.outcome,
    coalesce(staged.has_learning_action, false) as has_learning_action
from staged
