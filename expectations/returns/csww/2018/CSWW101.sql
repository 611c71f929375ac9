-- title: A leaver of last year is back without a later start
-- severity: query
-- fields: {CSWWWorker: [SWENo, RoleStartDate, RoleEndDate]}
-- fix: "Give the date of the return as the start date, or leave the worker out."
-- sources: ["derived from the meaning of the items"]
with gone as (
    select
        CSWWWorker_last.SWENo,
        max(CSWWWorker_last.RoleEndDate) as last_day
    from CSWWWorker_last
    where CSWWWorker_last.AgencyWorker = '0'
    group by CSWWWorker_last.SWENo
    having bool_and(CSWWWorker_last.RoleEndDate_text is not null) and max(CSWWWorker_last.RoleEndDate) is not null
)
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
inner join gone on gone.SWENo = CSWWWorker.SWENo
where (CSWWWorker.RoleStartDate > gone.last_day) is not true
