-- title: Workers who are in one list and not in the other
-- grain: one row per professional who was a child's named worker and is not linked, and per social worker without a link
-- key: [list, id]
-- sources: ["catalogue Q: unmatched lists in both directions"]
-- columns:
--   list: "List in which the worker is: case system, HR or agency"
--   id: Id of the worker in that list
with named as (
    select distinct allocation.professional_id
    from allocation
),

social_worker as (
    select distinct
        employment.worker_id,
        employment.person_key,
        employment.is_agency
    from employment
    where employment.is_social_worker
)

select
    'case system' as list,
    worker_link.professional_id as id
from worker_link
inner join named on named.professional_id = worker_link.professional_id
where worker_link.person_key is null
union all
select distinct
    case when social_worker.is_agency then 'agency' else 'HR' end as list,
    social_worker.worker_id as id
from social_worker
left join worker_link on worker_link.person_key = social_worker.person_key
where worker_link.professional_id is null
