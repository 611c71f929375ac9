-- title: The posts of one person add up to more than full time
-- severity: query
-- fields: {CSWWWorker: [SWENo, FTE]}
-- fix: See whether the person works these hours in both posts; one who is full time has 1 in all.
-- sources: ["derived from what the items mean"]
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
