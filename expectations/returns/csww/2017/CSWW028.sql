-- title: The posts of one person add up to more than full time
-- severity: query
-- fields: {CSWWWorker: [SWENo, FTE]}
-- fix: Check whether the person works these hours in both posts; full time is 1 in total.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    in_post.row_id
from (
    select
        CSWWWorker.row_id,
        sum(CSWWWorker.FTE) over (partition by CSWWWorker.SWENo) as fte
    from CSWWWorker
    where CSWWWorker.AgencyWorker = '0' and CSWWWorker.RoleEndDate_text is null and CSWWWorker.SWENo is not null
) as in_post
where in_post.fte > 1
