-- title: Findings of inspections and the action on each
-- grain: one row per finding
-- key: [finding_id]
-- sources: ["input contract, inspection_finding, improvement_action and action_progress", "catalogue S01: evidence counts once a second person accepted it"]
-- columns:
--   finding_id: Finding
--   like_finding_id: Earlier finding on the same subject; null if none
--   inspection_id: Inspection that made the finding
--   kind: Kind of finding, such as area for improvement
--   claimed_state: State that the owner reports
--   claimed_since: Day since which the owner reports this state
--   owner: Role responsible for the finding
--   inspection_start: First day of the inspection
--   inspection_end: Last day of the inspection, or else the first
--   actions: Number of actions on the finding
--   all_done_on: Day the last action was completed; null while any is open
--   started_on: Day of the first completed action or progress report; null if none
--   evidence_accepted_on: Day a second person, not the owner, first accepted evidence; null if none did
--   evidence_accepted_days: Each such day, earliest first, one per accepted piece of evidence; null if none did
with action as (
    select
        improvement_action.finding_id,
        count(*) as actions,
        case when bool_and(improvement_action.done_date is not null) then max(improvement_action.done_date) end as all_done_on,
        min(improvement_action.done_date) as first_done_on
    from improvement_action
    group by improvement_action.finding_id
),

progress as (
    select
        improvement_action.finding_id,
        min((action_progress.updated_at at time zone 'Europe/London')::date) as first_progress_on,
        -- The owner of the finding is not the second person.
        array_agg(
            (action_progress.accepted_at at time zone 'Europe/London')::date
            order by action_progress.accepted_at
        ) filter (
            where
            action_progress.accepted_at is not null
            and coalesce(action_progress.evidence_kind, action_progress.evidence_ref) is not null
            and coalesce(lower(action_progress.accepted_by) <> lower(inspection_finding.owner), true)
        ) as evidence_accepted_days
    from action_progress
    inner join improvement_action on improvement_action.action_id = action_progress.action_id
    left join inspection_finding on inspection_finding.finding_id = improvement_action.finding_id
    group by improvement_action.finding_id
)

select
    inspection_finding.finding_id,
    inspection_finding.like_finding_id,
    inspection_finding.inspection_id,
    inspection_finding.kind,
    inspection_finding.state as claimed_state,
    inspection_finding.state_since as claimed_since,
    inspection_finding.owner,
    inspection.start_date as inspection_start,
    coalesce(inspection.end_date, inspection.start_date) as inspection_end,
    coalesce(action.actions, 0) as actions,
    action.all_done_on,
    least(action.first_done_on, progress.first_progress_on) as started_on,
    progress.evidence_accepted_days[1] as evidence_accepted_on,
    progress.evidence_accepted_days
from inspection_finding
left join inspection on inspection.inspection_id = inspection_finding.inspection_id
left join action on action.finding_id = inspection_finding.finding_id
left join progress on progress.finding_id = inspection_finding.finding_id
