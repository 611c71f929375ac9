-- title: Care leavers in touch
-- id: L02
-- question: Do we know how our care leavers are?
-- grain: one row per care leaver with a birthday in the period, or of that age on the day
-- calc: percent
-- better: high
-- periods: [year, snapshot]
-- bands: ["17-18", "19-21"]
-- band_figure: percent
-- needs: [ssd_care_leavers, care_leaver_birthday]
-- sources:
--   - "SSDA903 OC3: in touch around the 17th to 21st birthday"
--   - "catalogue L02: young people who died, went home for six months or were transferred are left out"
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_state.child_id as member_key,
    care_leaver_state.child_id,
    care_leaver_state.team_id,
    case when care_leaver_state.in_touch = 'YES' then 1 else 0 end as numerator,
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
