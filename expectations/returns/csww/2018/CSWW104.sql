-- title: The start or origin of a worker in post last year has changed
-- severity: query
-- fields: {CSWWWorker: [SWENo, RoleStartDate, StartOrigin]}
-- fix: Give the start date and origin of last year's return; a change of role is not a new start.
-- sources: ["derived from the meaning of the items"]
with pair as (
    select
        CSWWWorker.row_id,
        CSWWWorker_last.row_id as last_row_id,
        CSWWWorker.RoleStartDate <> CSWWWorker_last.RoleStartDate
        or CSWWWorker.StartOrigin <> CSWWWorker_last.StartOrigin as differs
    from CSWWWorker
    inner join CSWWWorker_last on CSWWWorker_last.SWENo = CSWWWorker.SWENo
    where
        CSWWWorker.AgencyWorker = '0'
        and CSWWWorker_last.AgencyWorker = '0'
        and CSWWWorker_last.RoleEndDate_text is null
)

-- If a person has two records, the one that agrees is last year's; the other is a second post or a return.
select
    'CSWWWorker' as module,
    pair.row_id
from pair
where
    pair.differs
    and not exists (
        select 1
        from pair as same
        where (same.row_id = pair.row_id or same.last_row_id = pair.last_row_id) and same.differs is not true
    )
