-- title: "A young person left care at 16 or over after 13 weeks and has no leaving care services"
-- severity: query
-- fields: {List_8: [ceased_date]}
-- fix: "Record which leaving care services the young person is entitled to."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_8' as module,
    List_8.row_id
from List_8
left join List_9 on List_9.child_unique_id = List_8.child_unique_id
where
    List_8.ceased_date >= (List_8.date_of_birth + interval '16 years')::date
    and List_8.ceased_date - List_8.start_date >= 91
    and List_9.child_unique_id is null
