-- title: "The case status is open assessment, but no assessment is open"
-- severity: error
-- fields: {List_6: [case_status]}
-- fix: "Correct the assessment; the status follows from it."
-- sources: ["Annex A: definitions of the lists"]
with open_assessment as (
    select distinct List_4.child_unique_id
    from List_4
    where List_4.authorisation_date is null
)

select
    'List_6' as module,
    List_6.row_id
from List_6
left join open_assessment on open_assessment.child_unique_id = List_6.child_unique_id
where List_6.case_status = 'd) Open assessment' and open_assessment.child_unique_id is null
