-- title: Care leavers not in work or study, by reason
-- id: L07
-- question: What keeps care leavers from work and study?
-- grain: one row per care leaver with a birthday in the period, or of that age on the day, who is not known to work or study
-- calc: [count, percent]
-- better: low
-- periods: [year, snapshot]
-- bands: [illness or disability, other, pregnancy or parenting, not known, "17-18", "19-21"]
-- needs: [ssd_care_leavers, care_leaver_birthday]
-- sources: ["SSDA903 code set ACTIV: G4, G5, G6", "catalogue L07: the members of L02 that are not counted in L04"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_state.child_id as member_key,
    care_leaver_state.child_id,
    care_leaver_state.team_id,
    case when care_leaver_state.activity in ('G4', 'G5', 'G6') then 1 else 0 end as numerator,
    1 as denominator,
    array[
        care_leaver_state.age_band,
        case care_leaver_state.activity
            when 'G4' then 'illness or disability'
            when 'G5' then 'other'
            when 'G6' then 'pregnancy or parenting'
            else 'not known'
        end
    ] as bands
from period
-- For one day the latest state; for a longer period the state around the birthday in it.
inner join care_leaver_state
    on care_leaver_state.is_latest = (period.period_start = period.period_end)
    and care_leaver_state.first_day <= period.as_at
    and care_leaver_state.last_day >= least(period.period_start, period.as_at)
where
    not care_leaver_state.is_out
    and coalesce(care_leaver_state.activity, '') not in ('F1', 'P1', 'F2', 'P2', 'F3', 'P3', 'F4', 'P4', 'F5', 'P5')
