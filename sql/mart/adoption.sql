-- title: Children who left care by adoption, with the dates of each step
-- grain: one row per period of care that ended with adoption
-- key: [care_key]
-- sources: ["SSDA903 code set REC: E11 and E12", "catalogue P16 and P18 to P22: the end of care decides who is adopted and when"]
-- columns:
--   care_key: Period of care, as in care_period
--   child_id: The child, as in child
--   care_first_day: First day of the period of care
--   adopted_date: Day the period of care ended with E11 or E12
--   plan_id: Permanence record of the adoption; null if there is none
--   decision_date: Day the agency decided that the child should be placed for adoption; null if not recorded
--   placement_order_date: Day of the placement order; null if none is recorded
--   matched_date: Day of the match with the adopters; null if not recorded
--   placed_date: Day the child was placed for adoption; null if not recorded
--   carer_date: Day the child was placed with the foster carer who adopts; null if not recorded
--   is_by_carer: True if the foster carer adopted the child
--   moved_in_date: Day the child moved in with the adopters; for a foster carer the day of the foster placement
--   was_placed_before: True if the placement for adoption began before the adoption
--   is_order_dated_otherwise: True if the recorded order has another date than the end of care
select distinct on (care_exit.care_key)
    care_exit.care_key,
    care_exit.child_id,
    care_exit.first_day as care_first_day,
    care_exit.end_date as adopted_date,
    adoption_plan.plan_id,
    adoption_plan.decision_date,
    adoption_plan.placement_order_date,
    adoption_plan.matched_date,
    adoption_plan.placed_date,
    adoption_plan.carer_date,
    coalesce(adoption_plan.is_by_carer, false) as is_by_carer,
    adoption_plan.moved_in_date,
    -- Placed with the adopters before the adoption.
    coalesce(adoption_plan.placed_date < care_exit.end_date, false) as was_placed_before,
    coalesce(adoption_plan.order_date <> care_exit.end_date, false) as is_order_dated_otherwise
from care_exit
left join adoption_plan on adoption_plan.care_key = care_exit.care_key
where care_exit.exit_group = 'adoption'
order by
    care_exit.care_key asc,
    coalesce(adoption_plan.order_date = care_exit.end_date, false) desc,
    (adoption_plan.reversed_date is null) desc,
    adoption_plan.decision_date desc nulls last,
    adoption_plan.plan_id desc
