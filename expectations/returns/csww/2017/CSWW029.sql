-- title: Two records of one person overlap without both being part time
-- severity: query
-- fields: {CSWWWorker: [SWENo, RoleStartDate, RoleEndDate]}
-- fix: "End the first role before the second begins, or give the hours of each."
-- sources: ["derived from the meaning of the items"]
with role as (
    select
        CSWWWorker.row_id,
        CSWWWorker.SWENo,
        daterange(
            CSWWWorker.RoleStartDate, greatest(CSWWWorker.RoleStartDate, coalesce(CSWWWorker.RoleEndDate, 'infinity')), '[]'
        ) as days,
        case when CSWWWorker.RoleEndDate_text is null then CSWWWorker.FTE else CSWWWorker.FTE30 end as fte
    from CSWWWorker
    where CSWWWorker.RoleStartDate is not null
)

select
    'CSWWWorker' as module,
    role.row_id
from role
inner join role as other on other.SWENo = role.SWENo and other.row_id <> role.row_id and other.days && role.days
where not (role.fte < 1 and other.fte < 1)
