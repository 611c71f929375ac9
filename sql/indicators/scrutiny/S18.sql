-- title: Recommendations of scrutiny done in time
-- id: S18
-- question: Are recommendations carried out?
-- grain: one row per recommendation of councillors, an audit or an inspection
-- calc: percent
-- better: high
-- clock: {from: event or audit or inspection, to: done date, unit: days, standard: the date set}
-- views: [due]
-- periods: [three_months]
-- bands: [members, audit, inspection]
-- band_figure: percent
-- needs: [scrutiny_event, audit_action, improvement_action]
-- sources: ["catalogue S18 and conventions K06 and K07; for improvement actions, the original date"]
-- used_by: [pack, councillors_report]
with asked as (
    select
        scrutiny_event.event_id as id,
        'members' as source,
        null::text as child_id,
        null::text as team_id,
        scrutiny_event.event_date as asked_on,
        scrutiny_event.recommendation_due as due_date,
        scrutiny_event.recommendation_done as done_date
    from scrutiny_event
    where scrutiny_event.recommendation_due is not null
    union all
    select
        audit_action.action_id as id,
        'audit' as source,
        audit.child_id,
        audit.team_id,
        audit.completed_date as asked_on,
        audit_action.due_date,
        audit_action.done_date
    from audit_action
    left join audit on audit.audit_id = audit_action.audit_id
    union all
    select
        improvement_action.action_id as id,
        'inspection' as source,
        null as child_id,
        null as team_id,
        finding.inspection_start as asked_on,
        improvement_action.due_date_original as due_date,
        improvement_action.done_date
    from improvement_action
    left join finding on finding.finding_id = improvement_action.finding_id
),

numbered as (
    select
        asked.*,
        row_number() over (partition by asked.id order by asked.source) as number
    from asked
)

select
    -- Ids of the three lists may be equal.
    case when numbered.number = 1 then numbered.id else numbered.source || '/' || numbered.id end as member_key,
    numbered.child_id,
    numbered.team_id,
    least(numbered.asked_on, numbered.due_date, numbered.done_date) as clock_start,
    numbered.due_date as due_at,
    numbered.done_date as clock_stop,
    null::numeric as measure,
    numbered.source as band
from numbered
