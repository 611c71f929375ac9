-- title: Under 14 months from entering care to living with the adopters (A3)
-- id: P20
-- question: Do children soon live with the family that adopts them?
-- grain: one row per child adopted in the period, or still going through adoption and placed or past 14 months
-- calc: [percent, count]
-- better: high
-- periods: [three_years, year]
-- needs: [ssd_permanence, ssd_cla_episodes]
-- sources: ["Adoption scorecard A3: 14 months to the day are not under 14; children who have waited for less are left out until it is known"]
-- used_by: [pack]
with going_through as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        adoption.child_id,
        adoption.care_first_day,
        adoption.moved_in_date
    from period
    inner join adoption on adoption.adopted_date between period.period_start and period.as_at
    where adoption.decision_date <= period.as_at and adoption.moved_in_date <= adoption.adopted_date
    union all
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        adoption_plan.child_id,
        adoption_plan.care_first_day,
        case when adoption_plan.moved_in_date <= period.as_at then adoption_plan.moved_in_date end as moved_in_date
    from period
    inner join adoption_plan
        on adoption_plan.decision_date <= period.as_at
        and (adoption_plan.reversed_date is null or adoption_plan.reversed_date > period.as_at)
    -- A child who left care is adopted or no longer in the process.
    where
        adoption_plan.care_first_day <= period.as_at
        and (adoption_plan.care_end_date is null or adoption_plan.care_end_date > period.as_at)
),

due as (
    select
        going_through.period_kind,
        going_through.period_end,
        going_through.as_at,
        going_through.child_id,
        min(going_through.moved_in_date) as moved_in_date,
        min((going_through.care_first_day + standard.number_value * interval '1 month')::date) as due_date
    from going_through
    inner join parameter as standard
        on standard.name = 'care_to_adopters_months'
        and standard.valid_from <= going_through.care_first_day
        and (standard.valid_to is null or standard.valid_to > going_through.care_first_day)
    group by going_through.period_kind, going_through.period_end, going_through.as_at, going_through.child_id
)

select
    due.period_kind,
    due.period_end,
    due.child_id as member_key,
    due.child_id,
    case when due.moved_in_date < due.due_date then 1 else 0 end as numerator,
    1 as denominator,
    due.due_date
from due
where due.moved_in_date is not null or due.due_date <= due.as_at
