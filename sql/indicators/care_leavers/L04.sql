-- title: Care leavers in education, employment or training
-- id: L04
-- question: Are care leavers in work or study?
-- grain: one row per care leaver with a birthday in the period, or of that age on the day
-- calc: percent
-- better: high
-- periods: [year, snapshot]
-- bands: ["17-18", "19-21"]
-- band_figure: percent
-- needs: [ssd_care_leavers, care_leaver_birthday]
-- sources: ["SSDA903 code set ACTIV; F3 and P3 until 2021", "catalogue L04: not known is included; information from third parties counts"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_state.child_id as member_key,
    care_leaver_state.child_id,
    care_leaver_state.team_id,
    case when care_leaver_state.activity in ('F1', 'P1', 'F2', 'P2', 'F3', 'P3', 'F4', 'P4', 'F5', 'P5') then 1 else 0 end as numerator,
    1 as denominator,
    care_leaver_state.age_band as band
from period
-- For one day the latest state; for a longer period the state around the birthday in it.
inner join care_leaver_state
    on care_leaver_state.is_latest = (period.period_start = period.period_end)
    and care_leaver_state.first_day <= period.as_at
    and care_leaver_state.last_day >= least(period.period_start, period.as_at)
where
    not care_leaver_state.is_out
