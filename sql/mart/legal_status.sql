-- title: The legal status of each child on each day
-- grain: one row per child and date range with one status; of two open ones, the later start counts
-- key: [child_id, first_day]
-- sources:
--   - "SSDA903 code set LS"
--   - "catalogue P28 and P29: of two open ones, the later start; a status outside the return counts only alone"
--   - "docs/conventions.md"
-- columns:
--   child_id: The child, as in child
--   first_day: First day with the status
--   last_day: Last day with the status; null if it continues
--   status: Code of the status (ssda903.LS), as recorded if unknown
--   is_of_the_return: True if the status is a code of that list
--   is_short_break: True for V3 and V4, series of short breaks
with recorded as (
    select
        ssd_legal_status.lega_legal_status_id as status_id,
        ssd_legal_status.lega_person_id as child_id,
        coalesce(kind.code, ssd_legal_status.lega_legal_status) as status,
        kind.code is not null as is_of_the_return,
        coalesce(kind.code in ('V3', 'V4'), false) as is_short_break,
        ssd_legal_status.lega_legal_status_start_date as start_date,
        ssd_legal_status.lega_legal_status_end_date as end_date
    from ssd_legal_status
    left join code as kind on kind.code_list = 'ssda903.LS' and kind.code = ssd_legal_status.lega_legal_status
    where
        ssd_legal_status.lega_person_id is not null
        and ssd_legal_status.lega_legal_status is not null
        and ssd_legal_status.lega_legal_status_start_date is not null
        and (
            ssd_legal_status.lega_legal_status_end_date is null
            or ssd_legal_status.lega_legal_status_end_date > ssd_legal_status.lega_legal_status_start_date
        )
),

-- An open status ends when the next of its kind begins, so that it does not return later.
next_one as (
    select
        begun.child_id,
        begun.is_of_the_return,
        begun.start_date,
        lead(begun.start_date) over (partition by begun.child_id, begun.is_of_the_return order by begun.start_date) as next_start
    from (select distinct
        recorded.child_id,
        recorded.is_of_the_return,
        recorded.start_date
    from recorded) as begun
),

status as (
    select
        recorded.status_id,
        recorded.child_id,
        recorded.status,
        recorded.is_of_the_return,
        recorded.is_short_break,
        recorded.start_date,
        coalesce(recorded.end_date, next_one.next_start) as end_date
    from recorded
    left join next_one
        on next_one.child_id = recorded.child_id
        and next_one.is_of_the_return = recorded.is_of_the_return
        and next_one.start_date = recorded.start_date
),

change as (
    select
        status.child_id,
        status.start_date as day
    from status
    union
    select
        status.child_id,
        status.end_date as day
    from status
    where status.end_date is not null
),

day_range as (
    select
        change.child_id,
        change.day as first_day,
        lead(change.day) over (partition by change.child_id order by change.day) as next_day
    from change
),

ruled as (
    select distinct on (day_range.child_id, day_range.first_day)
        day_range.child_id,
        day_range.first_day,
        day_range.next_day,
        status.status,
        status.is_of_the_return,
        status.is_short_break
    from day_range
    inner join status
        on status.child_id = day_range.child_id
        and status.start_date <= day_range.first_day
        and (status.end_date is null or status.end_date > day_range.first_day)
    order by
        day_range.child_id asc, day_range.first_day asc, status.is_of_the_return desc, status.start_date desc,
        status.is_short_break asc, status.status_id desc
),

compared as (
    select
        ruled.*,
        coalesce(
            lag(ruled.status) over in_order = ruled.status and lag(ruled.next_day) over in_order = ruled.first_day, false
        ) as goes_on
    from ruled
    window in_order as (partition by ruled.child_id order by ruled.first_day)
),

numbered as (
    select
        compared.*,
        count(*) filter (where not compared.goes_on) over (partition by compared.child_id order by compared.first_day) as run_no
    from compared
)

select
    numbered.child_id,
    min(numbered.first_day) as first_day,
    case when bool_and(numbered.next_day is not null) then max(numbered.next_day) - 1 end as last_day,
    numbered.status,
    numbered.is_of_the_return,
    numbered.is_short_break
from numbered
group by numbered.child_id, numbered.run_no, numbered.status, numbered.is_of_the_return, numbered.is_short_break
