-- title: "The two lists have different days of entering care"
-- severity: error
-- fields: {List_10: [entered_care_date], List_8: [start_date]}
-- fix: "Correct the period of care of the decision."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_10' as module,
    List_10.row_id
from List_10
inner join List_8 on List_8.child_unique_id = List_10.child_unique_id
-- A decision before the latest period of care belongs to an earlier one.
where List_10.decision_date >= List_8.start_date and List_10.entered_care_date is distinct from List_8.start_date
