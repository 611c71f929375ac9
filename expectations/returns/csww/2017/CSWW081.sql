-- title: More working days lost than the worker was in post
-- severity: query
-- fields: {CSWWWorker: [WorkingDaysLost, RoleStartDate, RoleEndDate]}
-- fix: Count the days between start and end within the census year.
-- sources: ["derived from the meaning of the items"]
with present as (
    select
        CSWWWorker.row_id,
        CSWWWorker.WorkingDaysLost,
        greatest(collection.collection_start, CSWWWorker.RoleStartDate) as first_day,
        least(collection.collection_end, CSWWWorker.RoleEndDate) as last_day
    from CSWWWorker
    cross join collection
)

select
    'CSWWWorker' as module,
    present.row_id
from present
inner join calendar_day as before_first on before_first.day = present.first_day - 1
inner join calendar_day as last_one on last_one.day = present.last_day
where present.WorkingDaysLost > greatest(0, last_one.working_day_no - before_first.working_day_no)
