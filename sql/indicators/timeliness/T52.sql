-- title: Complaint answered at stage 2 in time
-- id: T52
-- question: Are stage 2 complaints answered in time?
-- grain: one row per complaint at stage 2 that was not withdrawn
-- calc: percent
-- better: high
-- clock: {from: "stage 2 begun (day 0)", to: answer sent, unit: working days, standard: complaint_stage_2_working_days}
-- views: [finished, due]
-- periods: [three_months]
-- needs: [complaint]
-- sources: ["Children Act 1989 Representations Procedure Regulations 2006: 25 working days, or 65 if extended within them"]
-- used_by: [pack]
select
    complaint_stage.complaint_id as member_key,
    complaint_stage.child_id,
    complaint_stage.received_date as clock_start,
    complaint_stage.due_date as due_at,
    complaint_stage.answered_date as clock_stop
from complaint_stage
where complaint_stage.stage = 2 and not complaint_stage.is_withdrawn
