-- title: The ethnicity of more than a fifth of those in post is not known
-- severity: query
-- fields: {CSWWWorker: [Ethnicity]}
-- fix: Ask the workers whose ethnicity was never recorded.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    in_post.row_id
from (
    select
        CSWWWorker.row_id,
        CSWWWorker.Ethnicity in ('REFU', 'NOBT') as is_unknown,
        count(*) filter (where CSWWWorker.Ethnicity in ('REFU', 'NOBT')) over () as unknown,
        count(*) over () as records
    from CSWWWorker
    where CSWWWorker.AgencyWorker = '0' and CSWWWorker.RoleEndDate_text is null
) as in_post
where in_post.is_unknown and in_post.unknown * 5 > in_post.records
