-- title: Care leavers
-- id: L01
-- question: How many young people have a leaving care right?
-- grain: one row per young person with a leaving care right at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: [Eligible, Relevant, Former Relevant, Qualifying, unknown code, not recorded]
-- needs: [ssd_care_leavers]
-- sources:
--   - "Children (Leaving Care) Act 2000: groups of young people"
--   - "catalogue L01: the category as last recorded; from 21 on only with a current pathway plan"
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_right.child_id as member_key,
    care_leaver_right.child_id,
    care_leaver.team_id,
    1 as numerator,
    case
        when care_leaver_right.eligibility is null then 'not recorded'
        when care_leaver_right.eligibility in ('Eligible', 'Relevant', 'Former Relevant', 'Qualifying') then care_leaver_right.eligibility
        else 'unknown code'
    end as band
from period
inner join care_leaver_right
    on care_leaver_right.first_day <= period.as_at
    and (care_leaver_right.last_day is null or care_leaver_right.last_day >= period.as_at)
inner join care_leaver on care_leaver.child_id = care_leaver_right.child_id
