-- title: Care visits within the limit in the first year of a placement
-- id: T28
-- question: Are children in care visited as often as required?
-- grain: one row per visit and the time to the next one with the same carer, under a limit in days
-- calc: percent
-- better: high
-- periods: [six_months]
-- needs: [ssd_cla_visits, ssd_cla_episodes, ssd_cla_placement]
-- sources: ["Care Planning Regulations 2010, regulation 28: every placement that is not settled", "a gap that continues counts once it exceeds the limit"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_visit_time.visit_id as member_key,
    care_visit_time.child_id,
    case when care_visit_time.is_in_time then 1 else 0 end as numerator,
    1 as denominator,
    coalesce(care_visit_time.next_visit_date, period.as_at) - care_visit_time.visit_date as measure,
    care_visit_time.due_date
from period
inner join care_visit_time
    on care_visit_time.counted_from <= period.as_at
    and case
        when care_visit_time.next_visit_date is not null then care_visit_time.next_visit_date >= period.period_start
        else coalesce(care_visit_time.counted_to >= period.as_at, true)
    end
where not care_visit_time.is_settled
