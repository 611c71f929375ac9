-- title: The role changed by two levels or more since last year
-- severity: query
-- fields: {CSWWWorker: [SWENo, OrgRole]}
-- fix: Check whether the roles of both years are right.
-- sources: ["derived from the meaning of the items"]
with moved as (
    select
        CSWWWorker.row_id,
        min(abs(CSWWWorker.OrgRole::integer - CSWWWorker_last.OrgRole::integer)) as steps
    from CSWWWorker
    inner join CSWWWorker_last on CSWWWorker_last.SWENo = CSWWWorker.SWENo
    where CSWWWorker.OrgRole in ('1', '2', '3', '4', '5', '6') and CSWWWorker_last.OrgRole in ('1', '2', '3', '4', '5', '6')
    group by CSWWWorker.row_id
)

select
    'CSWWWorker' as module,
    moved.row_id
from moved
where moved.steps >= 2
