-- title: Care proceedings concluded within 26 weeks
-- id: T48
-- question: Do children get a decision about their future in time?
-- grain: one row per court case
-- calc: [percent, percent_of_children]
-- better: high
-- figures: {percent_of_children: "100 * sum(numerator * cardinality(bands)) / nullif(sum(denominator * cardinality(bands)), 0)"}
-- clock: {from: date of the application, to: final order, unit: weeks, standard: care_proceedings_weeks}
-- views: [finished, due]
-- periods: [year]
-- bands: [first child, second child, third child, fourth child, fifth child or later]
-- needs: [court_case]
-- sources: ["Children Act 1989, section 32: 26 weeks; an extension allowed by the court still counts as over"]
-- used_by: [pack, councillors_report]
select
    care_proceedings.case_number as member_key,
    care_proceedings.child_id,
    care_proceedings.issue_date as clock_start,
    care_proceedings.final_order_date as clock_stop,
    -- One band for each child of the case, so that children can be counted.
    (
        array['first child', 'second child', 'third child', 'fourth child']
        || array_fill('fifth child or later'::text, array[greatest(0, care_proceedings.children - 4)::integer])
    )[1:care_proceedings.children] as bands
from care_proceedings
