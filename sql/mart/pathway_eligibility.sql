-- title: First day on which young people in care are entitled to a pathway plan
-- grain: one row per young person with 13 weeks in care since 14 and a day in care from 16 on, or with a recorded first day
-- key: [child_id]
-- sources: ["Care Planning Regulations 2010: eligible child", "catalogue L08: periods of care added up, without short breaks; 13 weeks are 91 days"]
-- columns:
--   child_id: The child, as in child
--   eligible_from: First day of entitlement by the dates in care; null if only recorded
--   recorded_eligible_from: First day of entitlement as recorded; null if not recorded
--   plan_due_date: Last day on which the plan is in time; null without a standard for that day
--   ended_date: Day of death or transfer to another authority; null if neither
with care_days as (
    select
        care_period.child_id,
        greatest(care_period.first_day, (child.birth_date + interval '14 years')::date) as first_day,
        care_period.end_date,
        child.sixteenth_birthday
    from care_period
    inner join child on child.child_id = care_period.child_id
    where
        child.birth_date is not null
        and (
            care_period.end_date is null
            or care_period.end_date > greatest(care_period.first_day, (child.birth_date + interval '14 years')::date)
        )
),

counted as (
    select
        care_days.*,
        coalesce(
            sum(care_days.end_date - care_days.first_day) over (
                partition by care_days.child_id order by care_days.first_day rows between unbounded preceding and 1 preceding
            ),
            0
        )::integer as days_before
    from care_days
),

reached as (
    select
        counted.child_id,
        min(counted.first_day + 91 - counted.days_before) as reached_on
    from counted
    where
        counted.days_before < 91
        and (counted.end_date is null or counted.end_date - counted.first_day >= 91 - counted.days_before)
    group by counted.child_id
),

entitled as (
    select
        counted.child_id,
        min(greatest(counted.first_day, counted.sixteenth_birthday, reached.reached_on)) as eligible_from
    from counted
    inner join reached on reached.child_id = counted.child_id
    where
        counted.end_date is null
        or (
            counted.end_date > counted.sixteenth_birthday
            and counted.end_date >= greatest(counted.first_day, counted.sixteenth_birthday, reached.reached_on)
        )
    group by counted.child_id
),

recorded as (
    select
        pathway_plan.person_id as child_id,
        min(pathway_plan.eligible_from) as eligible_from
    from pathway_plan
    where pathway_plan.eligible_from is not null
    group by pathway_plan.person_id
),

known as (
    select
        coalesce(entitled.child_id, recorded.child_id) as child_id,
        entitled.eligible_from,
        recorded.eligible_from as recorded_eligible_from
    from entitled
    full outer join recorded on recorded.child_id = entitled.child_id
)

select
    known.child_id,
    known.eligible_from,
    known.recorded_eligible_from,
    max(
        (coalesce(known.eligible_from, known.recorded_eligible_from) + standard.number_value * interval '1 month')::date
    ) as plan_due_date,
    departed.gone_on as ended_date
from known
left join departed on departed.child_id = known.child_id
left join parameter as standard
    on standard.name = 'pathway_plan_months'
    and standard.valid_from <= coalesce(known.eligible_from, known.recorded_eligible_from)
    and (standard.valid_to is null or standard.valid_to > coalesce(known.eligible_from, known.recorded_eligible_from))
group by known.child_id, known.eligible_from, known.recorded_eligible_from, departed.gone_on
