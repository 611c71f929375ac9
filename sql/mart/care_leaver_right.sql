-- title: When each young person has a leaving care right
-- grain: one row per young person and date range; from 21 on only while a pathway plan is up to date
-- key: [child_id, first_day]
-- sources: ["Children (Leaving Care) Act 2000", "catalogue L01: at 21 to 24 a current pathway plan counts as a request for support"]
-- columns:
--   child_id: The child, as in child
--   eligibility: Category, such as Relevant or Former Relevant; null if not recorded
--   first_day: First day of the right, from the 16th birthday; -infinity without a birth date
--   last_day: Last day of the right, at most the day before the 25th birthday; null without a birth date
with planned as (
    select
        pathway_plan_date.child_id,
        range_agg(daterange(pathway_plan_date.plan_date, pathway_plan_date.current_until, '[]')) as days
    from pathway_plan_date
    where pathway_plan_date.current_until is not null
    group by pathway_plan_date.child_id
),

entitled as (
    select
        care_leaver.child_id,
        care_leaver.eligibility,
        (
            case
                -- Without a birth date nobody is too young or too old.
                when child.birth_date is null then datemultirange(daterange('-infinity', null, '[)'))
                else
                    datemultirange(daterange(child.sixteenth_birthday, (child.birth_date + interval '21 years')::date, '[)'))
                    + coalesce(planned.days, '{}') * datemultirange(
                        daterange(
                            (child.birth_date + interval '21 years')::date,
                            (child.birth_date + interval '25 years')::date,
                            '[)'
                        )
                    )
            end
        )
        * datemultirange(daterange('-infinity', child.death_date, '[)')) as days
    from care_leaver
    left join child on child.child_id = care_leaver.child_id
    left join planned on planned.child_id = care_leaver.child_id
    where
        coalesce(care_leaver.eligibility, '') <> 'No Current Eligibility'
        and coalesce(care_leaver.in_touch, '') <> 'DIED'
),

day_range as (
    select
        entitled.child_id,
        entitled.eligibility,
        unnest(entitled.days) as days
    from entitled
)

select
    day_range.child_id,
    day_range.eligibility,
    lower(day_range.days) as first_day,
    upper(day_range.days) - 1 as last_day
from day_range
