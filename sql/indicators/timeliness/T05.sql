-- title: How long assessments take
-- id: T05
-- question: Where do families wait?
-- grain: one row per assessment
-- calc: [percent, lower_quartile, median, upper_quartile]
-- better: neither
-- clock: {from: "start_date (day 0)", to: authorised_date, unit: working days, standard: assessment_working_days}
-- views: [finished]
-- periods: [year, three_months, six_months]
-- bands: [same day, 1 to 10, 11 to 20, 21 to 30, 31 to 40, 41 to 45, 46 to 50, 51 to 60, 61 or more]
-- needs: [ssd_cin_assessments]
-- sources: ["CIN statistics: duration of assessments in working days"]
-- used_by: [pack]
with taken as (
    select
        assessment.*,
        stop_day.working_day_no - start_day.working_day_no as working_days
    from assessment
    left join calendar_day as start_day on start_day.day = assessment.start_date
    left join calendar_day as stop_day on stop_day.day = assessment.authorised_date
)

select
    taken.assessment_id as member_key,
    taken.child_id,
    taken.team_id,
    taken.start_date as clock_start,
    taken.authorised_date as clock_stop,
    taken.ended_date,
    case
        when taken.working_days is null then null
        when taken.working_days = 0 then 'same day'
        when taken.working_days <= 10 then '1 to 10'
        when taken.working_days <= 20 then '11 to 20'
        when taken.working_days <= 30 then '21 to 30'
        when taken.working_days <= 40 then '31 to 40'
        when taken.working_days <= 45 then '41 to 45'
        when taken.working_days <= 50 then '46 to 50'
        when taken.working_days <= 60 then '51 to 60'
        else '61 or more'
    end as band
from taken
