-- title: Scrutiny by councillors
-- id: S17
-- question: Do councillors scrutinise practice?
-- grain: one row per meeting, visit, report, question or recommendation in the period
-- calc: count
-- better: neither
-- periods: [three_months, year]
-- bands: {codes: local.scrutiny_event.event_type}
-- needs: [scrutiny_event]
-- sources: ["Statutory guidance on the roles of the director and the lead member", "catalogue S17: scrutiny committee, corporate parenting board, lead member"]
-- used_by: [pack, councillors_report]
select
    period.period_kind,
    period.period_end,
    scrutiny_event.event_id as member_key,
    1 as numerator,
    case when scrutiny_event.event_type is null then 'not recorded' else coalesce(kind.code, 'unknown code') end as band
from period
inner join scrutiny_event on scrutiny_event.event_date between period.period_start and period.as_at
left join code as kind on kind.code_list = 'local.scrutiny_event.event_type' and kind.code = scrutiny_event.event_type
where coalesce(scrutiny_event.body, '') not in ('cabinet', 'improvement_board', 'children_in_care_council')
