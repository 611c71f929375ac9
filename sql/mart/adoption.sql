-- title: Children who left care to be adopted, and the days that led there
-- grain: one row per time in care that ended with adoption
-- key: [care_key]
-- sources: ["SSDA903 code set REC: E11 and E12", "catalogue P16 and P18 to P22: the exit decides who is adopted and when"]
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
    -- Placed with the adopters before the order made them parents.
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
