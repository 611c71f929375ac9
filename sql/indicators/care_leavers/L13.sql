-- title: Care leavers in risky housing
-- id: L13
-- question: Who has no safe place to live?
-- grain: one row per care leaver in touch at the date
-- calc: count
-- better: low
-- periods: [snapshot]
-- bands: [no fixed abode, emergency accommodation, bed and breakfast, custody]
-- needs: [ssd_care_leavers]
-- sources: ["SSDA903 code set ACCOM: S, V, W, X", "catalogue L13: custody is counted and also shown separately"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_right.child_id as member_key,
    care_leaver_right.child_id,
    care_leaver.team_id,
    case when care_leaver.accommodation in ('S', 'V', 'W', 'X') then 1 else 0 end as numerator,
    1 as denominator,
    case care_leaver.accommodation
        when 'S' then 'no fixed abode'
        when 'V' then 'emergency accommodation'
        when 'W' then 'bed and breakfast'
        when 'X' then 'custody'
    end as band
from period
inner join care_leaver_right
    on care_leaver_right.first_day <= period.as_at
    and (care_leaver_right.last_day is null or care_leaver_right.last_day >= period.as_at)
inner join care_leaver on care_leaver.child_id = care_leaver_right.child_id
where care_leaver.in_touch = 'YES'
