-- title: Temporary approval of connected carers within 16 weeks
-- id: T46
-- question: Are family carers approved, or is the approval ended, in time?
-- grain: one row per approval whose 16 weeks ran out in the period
-- calc: percent
-- better: high
-- periods: [six_months]
-- needs: [connected_carer]
-- sources: ["Care Planning Regulations 2010, regulations 24 and 25: 16 weeks, or 24 if extended within them"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    connected_approval.approval_id as member_key,
    connected_approval.child_id,
    case when connected_approval.until_date <= connected_approval.limit_date then 1 else 0 end as numerator,
    1 as denominator,
    case when connected_approval.until_date <= period.as_at then connected_approval.until_date - connected_approval.approved_date end
        as measure,
    connected_approval.limit_date as due_date
from period
inner join connected_approval on connected_approval.first_limit_date between period.period_start and period.as_at
left join child on child.child_id = connected_approval.child_id
where
    (connected_approval.until_date is null or connected_approval.until_date >= connected_approval.approved_date)
    -- Not due if the child is no longer in care.
    and not coalesce(
        child.left_date <= connected_approval.limit_date
        and (connected_approval.until_date is null or connected_approval.until_date > child.left_date),
        false
    )
    -- Neither done nor overdue: undecided.
    and (connected_approval.until_date <= period.as_at or connected_approval.limit_date < period.as_at)
