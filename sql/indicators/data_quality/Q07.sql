-- title: Unknown codes
-- id: Q07
-- question: Are all codes known?
-- grain: one row per row and coded field with a code that is not in its list, or not valid on the date of the row
-- calc: count
-- better: low
-- target: 0
-- figures: {count: "case when count(member_key) > 0 or max(as_at) >= (select known_on.night from known_on) then coalesce(sum(numerator), 0) end"}
-- bands: [in no list, not valid on the day]
-- periods: [snapshot]
-- needs: []
-- sources: ["code lists with their first and last collection years; an empty field is not an unknown code"]
-- used_by: [local]
select
    period.period_kind,
    period.period_end,
    unknown_code.row_key as member_key,
    unknown_code.child_id,
    case when unknown_code.is_in_no_list then 'in no list' else 'not valid on the day' end as band,
    1 as numerator
from period
inner join known_on on known_on.night = period.as_at
cross join unknown_code
