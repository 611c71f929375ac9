-- title: Same personal adviser for 12 months
-- id: C11
-- question: Do care leavers keep their adviser?
-- grain: one row per care leaver with a personal adviser on every day of the 12 months
-- calc: percent
-- better: high
-- periods: [year]
-- needs: [ssd_care_leavers, ssd_involvements]
-- sources: ["catalogue C11: relevant and former relevant care leavers, by the involvements of personal advisers"]
-- used_by: [pack]
with advised as (
    select
        period.period_kind,
        period.period_end,
        period.period_start,
        period.as_at,
        allocation.child_id,
        count(distinct allocation.professional_id) as advisers,
        range_agg(daterange(allocation.start_date, allocation.end_date, '[]')) as days
    from period
    inner join allocation
        on allocation.role_kind = 'personal_adviser'
        and allocation.start_date <= period.as_at
        and (allocation.end_date is null or allocation.end_date >= period.period_start)
    group by period.period_kind, period.period_end, period.period_start, period.as_at, allocation.child_id
)

select
    advised.period_kind,
    advised.period_end,
    advised.child_id as member_key,
    advised.child_id,
    case when advised.advisers = 1 then 1 else 0 end as numerator,
    1 as denominator,
    advised.advisers as measure
from advised
where
    advised.days @> daterange(advised.period_start, advised.as_at, '[]')
    and exists (
        select 1
        from ssd_care_leavers
        where
            ssd_care_leavers.clea_person_id = advised.child_id
            and ssd_care_leavers.clea_care_leaver_eligibility in ('Relevant', 'Former Relevant')
    )
