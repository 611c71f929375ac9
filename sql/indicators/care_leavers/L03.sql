-- title: Care leavers in suitable accommodation
-- id: L03
-- question: Do care leavers live somewhere suitable?
-- grain: one row per care leaver with a birthday in the period, or of that age on the day, who lives at a known place in the country
-- calc: [percent, custody, no_fixed_abode, bed_and_breakfast]
-- figures:
--   custody: "count(member_key) filter (where bands @> array['custody'])"
--   no_fixed_abode: "count(member_key) filter (where bands @> array['no fixed abode'])"
--   bed_and_breakfast: "count(member_key) filter (where bands @> array['bed and breakfast'])"
-- better: high
-- periods: [year, snapshot]
-- bands: ["17-18", "19-21"]
-- band_figure: percent
-- needs: [ssd_care_leavers, care_leaver_birthday]
-- sources: ["SSDA903 code set ACCOM", "catalogue L03: abroad, deported and residence not known are left out; no information is included"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_state.child_id as member_key,
    care_leaver_state.child_id,
    care_leaver_state.team_id,
    case when care_leaver_state.is_suitable then 1 else 0 end as numerator,
    1 as denominator,
    array_remove(
        array[
            care_leaver_state.age_band,
            case care_leaver_state.accommodation
                when 'X' then 'custody'
                when 'S' then 'no fixed abode'
                when 'W' then 'bed and breakfast'
            end
        ],
        null
    ) as bands
from period
-- For one day the latest state; for a longer period the state around the birthday in it.
inner join care_leaver_state
    on care_leaver_state.is_latest = (period.period_start = period.period_end)
    and care_leaver_state.first_day <= period.as_at
    and care_leaver_state.last_day >= least(period.period_start, period.as_at)
where
    not care_leaver_state.is_out
    and coalesce(care_leaver_state.accommodation, '') not in ('G', 'H', 'R')
