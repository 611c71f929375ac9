-- title: Focused visits, annual conversations and monitoring
-- id: S27
-- question: When did the inspectorate last look?
-- grain: one row per contact with the inspectorate begun in the period, with the actions that followed
-- calc: [count, actions]
-- figures: {actions: "coalesce(sum(measure), 0)"}
-- better: neither
-- periods: [three_years]
-- bands: {codes: local.inspection.kind}
-- needs: [inspection]
-- sources: ["ILACS: inspections, focused visits, monitoring visits and annual conversations"]
-- used_by: [pack, councillors_report]
with followed as (
    select
        finding.inspection_id,
        sum(finding.actions) as actions
    from finding
    group by finding.inspection_id
)

select
    period.period_kind,
    period.period_end,
    inspection.inspection_id as member_key,
    1 as numerator,
    coalesce(followed.actions, 0) as measure,
    case when inspection.kind is null then 'not recorded' else coalesce(kind.code, 'unknown code') end as band
from period
inner join inspection on inspection.start_date between period.period_start and period.as_at
left join followed on followed.inspection_id = inspection.inspection_id
left join code as kind on kind.code_list = 'local.inspection.kind' and kind.code = inspection.kind
