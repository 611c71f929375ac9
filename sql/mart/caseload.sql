-- title: Cases that each social worker holds
-- grain: one row per social worker known to HR or an agency and date range with the same number of cases
-- key: [person_key, first_day]
-- sources: ["catalogue convention K18", "CSWW census, Cases30: a case is a person, not a family; care leavers are cases"]
-- columns:
--   person_key: The person, as in employment
--   first_day: First day with this number of cases
--   last_day: Last day with it; null if it continues
--   cases: Number of open cases; a case is one person, not one family
with held as (
    select
        held_case.person_key,
        held_case.child_id,
        unnest(
            range_agg(
                daterange(held_case.first_day, held_case.last_day, '[]') * daterange(open_case.first_day, open_case.last_day, '[]')
            )
        ) as days
    from held_case
    inner join open_case
        on open_case.child_id = held_case.child_id
        and daterange(open_case.first_day, open_case.last_day, '[]') && daterange(held_case.first_day, held_case.last_day, '[]')
    where held_case.person_key is not null and (held_case.last_day is null or held_case.last_day >= held_case.first_day)
    group by held_case.person_key, held_case.child_id
),

change as (
    select
        held.person_key,
        lower(held.days) as day,
        1 as cases
    from held
    union all
    select
        held.person_key,
        upper(held.days) as day,
        -1 as cases
    from held
    where upper(held.days) is not null
),

changed as (
    select
        change.person_key,
        change.day,
        sum(change.cases) as cases
    from change
    group by change.person_key, change.day
),

counted as (
    select
        changed.person_key,
        changed.day as first_day,
        lead(changed.day) over (partition by changed.person_key order by changed.day) - 1 as last_day,
        sum(changed.cases) over (partition by changed.person_key order by changed.day) as cases
    from changed
)

select
    counted.person_key,
    counted.first_day,
    counted.last_day,
    counted.cases
from counted
where counted.cases > 0
