-- title: Open cases of children
-- grain: one row per child and date range with an open referral, plan or period of care
-- key: [child_id, first_day]
-- sources: ["catalogue conventions K08 and K18"]
-- columns:
--   child_id: The child, as in child
--   first_day: First day of the open case
--   last_day: Last day of the open case; null if it continues
with open_days as (
    select
        referral.child_id,
        referral.referral_date as start_date,
        referral.close_date as end_date
    from referral
    where not referral.is_no_further_action
    union all
    select
        cin_plan.child_id,
        cin_plan.start_date,
        cin_plan.end_date
    from cin_plan
    union all
    select
        cp_plan.child_id,
        cp_plan.start_date,
        cp_plan.end_date
    from cp_plan
    union all
    select
        care_period.child_id,
        care_period.first_day as start_date,
        care_period.end_date
    from care_period
),

joined as (
    select
        open_days.child_id,
        unnest(range_agg(daterange(open_days.start_date, open_days.end_date, '[)'))) as days
    from open_days
    where open_days.child_id is not null and (open_days.end_date is null or open_days.end_date > open_days.start_date)
    group by open_days.child_id
)

select
    joined.child_id,
    lower(joined.days) as first_day,
    upper(joined.days) - 1 as last_day
from joined
