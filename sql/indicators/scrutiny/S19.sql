-- title: Complaints received by children and young people
-- id: S19
-- question: Do children use their right to complain?
-- grain: one row per complaint by or for a child received in the period, and one per child with an open case in it
-- calc: [count, rate_per_100]
-- figures: {rate_per_100: "100 * coalesce(sum(numerator), 0) / nullif(sum(denominator), 0)"}
-- better: neither
-- periods: [three_months, year]
-- bands: [child, care_leaver, advocate, stage 1, stage 2, stage 3, ombudsman,
--   worker_change, delay, decision, contact, placement, communication, staff_conduct, records, other, theme not recorded]
-- needs: [complaint]
-- sources: ["Children Act 1989 Representations Procedure Regulations 2006", "catalogue S19: per 100 children with an open case in the period"]
-- used_by: [pack]
with received as (
    select
        period.period_kind,
        period.period_end,
        representation.complaint_id,
        representation.child_id,
        representation.made_by,
        coalesce(representation.theme, 'theme not recorded') as theme,
        max(representation.stage) as stage
    from period
    inner join representation
        on representation.first_received_date between period.period_start and period.as_at
        and representation.received_date <= period.as_at
    where representation.is_by_or_for_child
    group by
        period.period_kind, period.period_end, representation.complaint_id, representation.child_id,
        representation.made_by, representation.theme
)

select
    received.period_kind,
    received.period_end,
    received.complaint_id as member_key,
    received.child_id,
    1 as numerator,
    null::integer as denominator,
    array[
        received.made_by,
        case when received.stage = 4 then 'ombudsman' else 'stage ' || received.stage end,
        received.theme
    ] as bands
from received
union all
select distinct
    period.period_kind,
    period.period_end,
    open_child.child_id as member_key,
    open_child.child_id,
    null::integer as numerator,
    1 as denominator,
    null::text[] as bands
from period
inner join open_child
    on open_child.first_day <= period.as_at
    and (open_child.last_day is null or open_child.last_day >= period.period_start)
