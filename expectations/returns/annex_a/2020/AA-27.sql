-- title: "A relevant or former relevant young person is in care, or the category does not fit the age"
-- severity: error
-- fields: {List_9: [eligibility, age]}
-- fix: "Correct the eligibility: relevant is 16 or 17 and out of care, former relevant and qualifying 18 or over."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_9' as module,
    List_9.row_id
from List_9
left join List_8 on List_8.child_unique_id = List_9.child_unique_id and List_8.ceased_date is null
where
    (List_9.eligibility in ('a) Relevant child', 'b) Former relevant child') and List_8.child_unique_id is not null)
    or (List_9.eligibility in ('b) Former relevant child', 'c) Qualifying care leaver') and List_9.age < 18)
    or (List_9.eligibility = 'a) Relevant child' and List_9.age not in (16, 17))
