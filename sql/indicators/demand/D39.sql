-- title: Private fostering
-- id: D39
-- question: How many children live with people who are not close family?
-- grain: one row per arrangement open at the date or notified in the period; the headline counts those open
-- calc: count
-- better: neither
-- periods: [snapshot, year]
-- bands: [told of in the period]
-- needs: [private_fostering]
-- sources: ["Children Act 1989, part IX: under 16, under 18 where disabled, for 28 days or more"]
-- used_by: [pack]
with placed as (
    select
        period.period_kind,
        period.period_end,
        private_fostering.arrangement_id,
        private_fostering.person_id,
        coalesce(private_fostering.start_date <= period.as_at, false)
        and (private_fostering.end_date is null or private_fostering.end_date > period.as_at)
        and coalesce(
            case when child.is_disabled then child.eighteenth_birthday else child.sixteenth_birthday end > period.as_at, true
        ) as is_open,
        private_fostering.notified_date between period.period_start and period.as_at
        and coalesce(
            case when child.is_disabled then child.eighteenth_birthday else child.sixteenth_birthday end
            > private_fostering.notified_date,
            true
        )
        -- An arrangement of less than 28 days is not private fostering.
        and coalesce(
            private_fostering.end_date > period.as_at or private_fostering.end_date - private_fostering.start_date >= 28, true
        ) as is_notified
    from period
    inner join private_fostering on least(private_fostering.start_date, private_fostering.notified_date) <= period.as_at
    left join child on child.child_id = private_fostering.person_id
)

select
    placed.period_kind,
    placed.period_end,
    placed.arrangement_id as member_key,
    placed.person_id as child_id,
    case when placed.is_open then 1 else 0 end as numerator,
    case when placed.is_notified then 'told of in the period' end as band
from placed
where placed.is_open or placed.is_notified
