-- title: Care leavers in higher education
-- id: L05
-- question: How many go to university?
-- grain: one row per care leaver with a birthday in the period, or of that age on the day
-- calc: percent
-- better: high
-- periods: [year, snapshot]
-- needs: [ssd_care_leavers, care_leaver_birthday]
-- sources: ["SSDA903 code set ACTIV", "catalogue L05: aged 19 to 21"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_state.child_id as member_key,
    care_leaver_state.child_id,
    care_leaver_state.team_id,
    case when care_leaver_state.activity in ('F1', 'P1') then 1 else 0 end as numerator,
    1 as denominator
from period
-- For one day the latest state; for a longer period the state around the birthday in it.
inner join care_leaver_state
    on care_leaver_state.is_latest = (period.period_start = period.period_end)
    and care_leaver_state.first_day <= period.as_at
    and care_leaver_state.last_day >= least(period.period_start, period.as_at)
where
    not care_leaver_state.is_out
    and care_leaver_state.age_band = '19-21'
