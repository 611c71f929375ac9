-- title: The director of children's services is in the census
-- severity: query
-- fields: {CSWWWorker: [OrgRole]}
-- fix: Remove the director's post from the scope of the census in HR.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select distinct
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
inner join hr_contract
    on hr_contract.worker_id = CSWWWorker.worker_id
    and hr_contract.start_date <= collection.collection_end
    and (hr_contract.end_date is null or hr_contract.end_date >= collection.collection_start)
inner join hr_post
    on hr_post.post_id = hr_contract.post_id
    and hr_post.valid_from <= collection.collection_end
    and (hr_post.valid_to is null or hr_post.valid_to > collection.collection_start)
where hr_post.leadership_tag = 'dcs' and hr_post.csww_scope
