-- title: Complaints upheld, and what was learnt
-- id: S23
-- question: What did we learn?
-- grain: one row per complaint closed in the period at its latest stage
-- calc: [percent, learning_action]
-- figures: {learning_action: "100.0 * count(member_key) filter (where bands @> array['learning action']) / nullif(count(member_key), 0)"}
-- better: neither
-- periods: [three_months]
-- bands: [upheld, partly_upheld, not_upheld, not_determined, not recorded, learning action]
-- needs: [complaint]
-- sources: ["Children Act 1989 Representations Procedure Regulations 2006: annual report", "catalogue S23: not determined is shown separately"]
-- used_by: [pack]
with latest as (
    select distinct on (period.period_kind, period.period_end, representation.complaint_id)
        period.period_kind,
        period.period_end,
        period.period_start,
        period.as_at,
        representation.complaint_id,
        representation.child_id,
        representation.answered_date,
        representation.is_withdrawn,
        coalesce(representation.outcome, 'not recorded') as outcome,
        representation.has_learning_action
    from period
    inner join representation on representation.received_date <= period.as_at
    order by
        period.period_kind asc, period.period_end asc, representation.complaint_id asc, representation.stage desc
)

select
    latest.period_kind,
    latest.period_end,
    latest.complaint_id as member_key,
    latest.child_id,
    case when latest.outcome in ('upheld', 'partly_upheld') then 1 else 0 end as numerator,
    case when latest.outcome not in ('not_determined', 'not recorded') then 1 end as denominator,
    array_remove(
        array[latest.outcome, case when latest.has_learning_action then 'learning action' end], null
    ) as bands
from latest
where latest.answered_date between latest.period_start and latest.as_at and not latest.is_withdrawn
