-- title: Care visits every three months in settled placements
-- id: T29
-- question: Are children in settled homes still visited?
-- grain: one row per visit and the time to the next one with the same carer, in placements of a year or more that are meant to last to 18
-- calc: percent
-- better: high
-- periods: [six_months]
-- needs: [ssd_cla_visits, ssd_cla_episodes, ssd_cla_placement]
-- sources:
--   - "Care Planning Regulations 2010, regulation 28: a year or more with a carer, to last to 18"
--   - "a gap that continues counts once it exceeds the limit"
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
where care_visit_time.is_settled
