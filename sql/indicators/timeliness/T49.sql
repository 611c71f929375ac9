-- title: Visits to privately fostered children in time
-- id: T49
-- question: Are privately fostered children visited in time?
-- grain: one row per notification or visit and the visit that must follow it
-- calc: percent
-- better: high
-- clock: {from: notification or the visit before, to: visit, unit: days, standard: private_fostering_visit_weeks}
-- views: [due]
-- periods: [year]
-- bands: [first visit, visit in the first year, visit after the first year]
-- band_figure: percent
-- needs: [private_fostering, private_fostering_visit]
-- sources:
--   - "Children (Private Arrangements for Fostering) Regulations 2005: seven working days, then six weeks in the first year and twelve after"
--   - "up to the 16th birthday, for disabled children the 18th"
-- used_by: [pack]
with arrangement as (
    select
        private_fostering.arrangement_id,
        private_fostering.person_id as child_id,
        private_fostering.notified_date,
        coalesce(private_fostering.start_date, private_fostering.notified_date) as start_date,
        least(
            private_fostering.end_date,
            case when coalesce(child.is_disabled, false) then child.eighteenth_birthday else child.sixteenth_birthday end
        ) as ended_date
    from private_fostering
    left join child on child.child_id = private_fostering.person_id
),

point as (
    select
        arrangement.arrangement_id,
        arrangement.arrangement_id as record_id,
        arrangement.notified_date as day,
        0 as place
    from arrangement
    where arrangement.notified_date is not null
    union all
    select
        arrangement.arrangement_id,
        min(private_fostering_visit.visit_id) as record_id,
        private_fostering_visit.visit_date as day,
        1 as place
    from arrangement
    inner join private_fostering_visit
        on private_fostering_visit.arrangement_id = arrangement.arrangement_id
        and private_fostering_visit.visit_date >= arrangement.notified_date
    group by arrangement.arrangement_id, private_fostering_visit.visit_date
),

day_range as (
    select
        arrangement.arrangement_id,
        arrangement.child_id,
        arrangement.ended_date,
        point.record_id,
        point.place,
        point.day,
        lead(point.day) over (partition by arrangement.arrangement_id order by point.day, point.place) as visit_date,
        point.day < (arrangement.start_date + interval '1 year')::date as is_first_year
    from arrangement
    inner join point on point.arrangement_id = arrangement.arrangement_id
    where arrangement.ended_date is null or point.day <= arrangement.ended_date
),

-- The last working day up to each day: a visit at the weekend counts on the Friday.
worked as (
    select
        calendar_day.day,
        calendar_day.working_day_no,
        max(calendar_day.day) filter (where calendar_day.is_working_day) over (order by calendar_day.day) as working_day
    from calendar_day
)

select
    case
        when day_range.place = 1 and same_id.arrangement_id is not null then 'visit/' || day_range.record_id
        else day_range.record_id
    end as member_key,
    day_range.child_id,
    day_range.day as clock_start,
    case when day_range.place = 0 then due_day.day else day_range.day + 7 * standard.number_value::integer end as due_at,
    case
        when day_range.visit_date is null or day_range.place = 1 then day_range.visit_date
        else greatest(stop_day.working_day, day_range.day)
    end as clock_stop,
    day_range.ended_date,
    case when day_range.place = 0 then stop_day.working_day_no - start_day.working_day_no else day_range.visit_date - day_range.day end
        as measure,
    case
        when day_range.place = 0 then 'first visit'
        when day_range.is_first_year then 'visit in the first year'
        else 'visit after the first year'
    end as band
from day_range
inner join parameter as standard
    on standard.name
    = case
        when day_range.place = 0 then 'private_fostering_first_visit_working_days'
        when day_range.is_first_year then 'private_fostering_visit_weeks'
        else 'private_fostering_later_visit_weeks'
    end
    and standard.valid_from <= day_range.day
    and (standard.valid_to is null or standard.valid_to > day_range.day)
inner join calendar_day as start_day on start_day.day = day_range.day
left join calendar_day as due_day
    on due_day.is_working_day
    and due_day.working_day_no = start_day.working_day_no + standard.number_value
left join worked as stop_day on stop_day.day = day_range.visit_date
left join arrangement as same_id on same_id.arrangement_id = day_range.record_id
