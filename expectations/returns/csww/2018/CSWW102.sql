-- title: The hours of a year before differ from last year's return
-- severity: query
-- fields: {CSWWWorker: [SWENo, FTE30]}
-- fix: "Give the hours of last year's return, or say why they were corrected."
-- sources: ["derived from the meaning of the items"]
with now as (
    select
        CSWWWorker.SWENo,
        sum(CSWWWorker.FTE30) as fte
    from CSWWWorker
    where CSWWWorker.AgencyWorker = '0'
    group by CSWWWorker.SWENo
    having bool_and(CSWWWorker.FTE30 is not null)
),

last_year as (
    select
        CSWWWorker_last.SWENo,
        sum(CSWWWorker_last.FTE) as fte
    from CSWWWorker_last
    where CSWWWorker_last.AgencyWorker = '0'
    group by CSWWWorker_last.SWENo
    having bool_and(CSWWWorker_last.FTE is not null)
)

select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
inner join now on now.SWENo = CSWWWorker.SWENo
inner join last_year on last_year.SWENo = CSWWWorker.SWENo
where CSWWWorker.AgencyWorker = '0' and abs(now.fte - last_year.fte) > 0.01
