-- title: Children without an allocated worker
-- id: W26
-- question: Which children with an open case have no worker?
-- grain: one row per child with an open case and no named worker at the date
-- calc: count
-- better: low
-- periods: [snapshot]
-- needs: [ssd_cin_episodes, ssd_involvements]
-- sources: ["catalogue W26 and convention K18; Working Together 2023 on lead practitioners of children in need"]
-- used_by: [pack]
with opened as (
    -- A case opened up to one working day ago may still be waiting for its worker.
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        open_child.child_id
    from period
    inner join open_child
        on open_child.first_day <= period.as_at
        and (open_child.last_day is null or open_child.last_day >= period.as_at)
    inner join calendar_day as as_at_day on as_at_day.day = period.as_at
    inner join calendar_day as first_day on first_day.day = open_child.first_day
    where as_at_day.working_day_no - first_day.working_day_no > 1
),

here as (
    select distinct
        period.period_kind,
        period.period_end,
        employment.person_key
    from period
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
),

named as (
    -- A worker known to HR or an agency who no longer works here on the day does not count.
    select
        opened.period_kind,
        opened.period_end,
        opened.child_id,
        bool_or(allocation.is_social_worker) as has_social_worker
    from opened
    inner join allocation
        on allocation.child_id = opened.child_id
        and allocation.start_date <= opened.as_at
        and (allocation.end_date is null or allocation.end_date > opened.as_at)
    left join here
        on here.period_kind = opened.period_kind
        and here.period_end = opened.period_end
        and here.person_key = allocation.person_key
    where allocation.person_key is null or here.person_key is not null
    group by opened.period_kind, opened.period_end, opened.child_id
)

select
    opened.period_kind,
    opened.period_end,
    opened.child_id as member_key,
    opened.child_id,
    1 as numerator
from opened
left join named
    on named.period_kind = opened.period_kind
    and named.period_end = opened.period_end
    and named.child_id = opened.child_id
where
    named.child_id is null
    -- Another named worker is enough for a child in need, but not on a protection plan or in care.
    or (
        not named.has_social_worker
        and (
            exists (
                select 1
                from cp_plan
                where
                    cp_plan.child_id = opened.child_id
                    and cp_plan.start_date <= opened.as_at
                    and (cp_plan.end_date is null or cp_plan.end_date > opened.as_at)
            )
            or exists (
                select 1
                from care_period
                where
                    care_period.child_id = opened.child_id
                    and care_period.first_day <= opened.as_at
                    and (care_period.last_day is null or care_period.last_day >= opened.as_at)
            )
        )
    )
