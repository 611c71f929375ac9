-- title: Visits written up in time
-- id: T55
-- question: Are visits recorded in time?
-- grain: one row per visit in the period that is recorded or should be by now
-- calc: percent
-- better: high
-- periods: [month]
-- bands: [need, protection, care]
-- band_figure: percent
-- needs: [visit_audit_trail]
-- sources: ["local limit visit_record_working_days, from the day of the visit to the day on which its record was made"]
-- used_by: [pack]
with dated as (
    select
        period.period_kind,
        period.period_end,
        visit.record_key,
        visit.visit_kind,
        visit.child_id,
        standard.number_value as allowed,
        created_day.working_day_no - visit_day.working_day_no as working_days,
        as_at_day.working_day_no - visit_day.working_day_no as working_days_so_far,
        visit_day.working_day_no + standard.number_value as due_working_day_no
    from period
    inner join visit on visit.visit_date between period.period_start and period.as_at
    inner join calendar_day as visit_day on visit_day.day = visit.visit_date
    inner join calendar_day as as_at_day on as_at_day.day = period.as_at
    inner join parameter as standard
        on standard.name = 'visit_record_working_days'
        and standard.valid_from <= visit.visit_date
        and (standard.valid_to is null or standard.valid_to > visit.visit_date)
    left join calendar_day as created_day on created_day.day = visit.recorded_date and created_day.day <= period.as_at
    -- A record made before the visit has a bad date.
    where visit.recorded_date is null or visit.recorded_date >= visit.visit_date
)

select
    dated.period_kind,
    dated.period_end,
    dated.record_key as member_key,
    dated.child_id,
    case when dated.working_days <= dated.allowed then 1 else 0 end as numerator,
    1 as denominator,
    dated.working_days as measure,
    due_day.day as due_date,
    dated.visit_kind as band
from dated
left join calendar_day as due_day on due_day.is_working_day and due_day.working_day_no = dated.due_working_day_no
-- A visit that may still be recorded in time is undecided.
where dated.working_days is not null or dated.working_days_so_far > dated.allowed
