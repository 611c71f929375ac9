-- title: Hardly any or very many working days are lost
-- severity: query
-- fields: {CSWWWorker: [WorkingDaysLost]}
-- fix: "Check whether all sickness of the year is included, in working days and not in hours."
-- sources: ["derived from the meaning of the items"]
select
    '' as module,
    -1 as row_id
from (
    select
        count(*) filter (where CSWWWorker.WorkingDaysLost is distinct from 0) as not_zero,
        count(*) as records,
        sum(CSWWWorker.WorkingDaysLost) as days,
        sum(CSWWWorker.FTE) filter (where CSWWWorker.RoleEndDate_text is null) as in_post_fte
    from CSWWWorker
    where CSWWWorker.AgencyWorker = '0'
) as total
cross join collection
where
    total.records > 0
    and (
        total.not_zero = 0
        or total.days * 100
        not between 0.5 * total.in_post_fte * (253 + (collection.collection_end - collection.collection_start + 1 - 365))
        and 10 * total.in_post_fte * (253 + (collection.collection_end - collection.collection_start + 1 - 365))
    )
