-- title: Contacts
-- grain: one row per child, day and source of a contact in the six months before
-- years: {first: 2020}
-- sources: ["Annex A list 1: layout of the regional peers", "catalogue convention K09: both ends included"]
select
    row_number() over (order by contact.child_id, contact.contact_date, contact.contact_id) - 1 as row_id,
    contact.child_id,
    contact.child_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    contact.contact_date,
    coalesce(source.code, contact.source, 'u) 10: Unknown') as contact_source
from contact
cross join collection
left join listed_child on listed_child.child_id = contact.child_id
left join translation as source on source.code_list = 'annex_a_text.source' and source.said = contact.source
where
    contact.child_id is not null
    and contact.contact_date between collection.collection_start and collection.collection_end
