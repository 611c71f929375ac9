-- title: The cases of all workers differ from the open cases in the case system
-- severity: query
-- fields: {CSWWWorker: [Cases30]}
-- fix: "Check which children have a worker who is not in HR, and which workers' cases were not counted."
-- sources: ["derived from the meaning of the items"]
with sent as (
    select coalesce(sum(CSWWWorker.Cases30), 0) as cases
    from CSWWWorker
),

held as (
    select count(*) as cases
    from held_case
    cross join collection
    where
        held_case.first_day <= collection.collection_end
        and (held_case.last_day is null or held_case.last_day >= collection.collection_end)
)

select
    '' as module,
    -1 as row_id
from sent
cross join held
where abs(sent.cases - held.cases) * 50 > held.cases
