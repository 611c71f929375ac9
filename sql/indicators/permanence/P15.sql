-- title: Why children left care
-- id: P15
-- question: Where do children go when they leave care?
-- grain: one row per period of care that ended in the period
-- calc: count
-- better: neither
-- periods: [year, six_months]
-- bands: [home, adoption, special guardianship, residence or child arrangements order, parents or relatives without responsibility,
--   turned 18, other, unknown code, not recorded]
-- needs: [ssd_cla_episodes]
-- sources: ["SSDA903 code set REC: X1 is not leaving care"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_exit.care_key as member_key,
    care_exit.child_id,
    1 as numerator,
    1 as denominator,
    care_exit.exit_group as band
from period
inner join care_exit on care_exit.end_date between period.period_start and period.as_at
