-- title: The base salary is more than a tenth below the median of a lower role
-- severity: query
-- fields: {CSWWWorker: [BaseSalary, OrgRole]}
-- fix: Check whether salary and role belong to the same post.
-- sources: ["derived from the meaning of the items"]
with ranked as (
    select
        CSWWWorker.OrgRole,
        array_agg(CSWWWorker.BaseSalary order by CSWWWorker.BaseSalary) as salaries,
        count(*)::integer as workers
    from CSWWWorker
    where CSWWWorker.AgencyWorker = '0' and CSWWWorker.BaseSalary is not null
    group by CSWWWorker.OrgRole
),

middle as (
    select
        ranked.OrgRole,
        (ranked.salaries[(ranked.workers + 1) / 2] + ranked.salaries[(ranked.workers + 2) / 2]) / 2 as salary
    from ranked
)

select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.AgencyWorker = '0'
    and exists (
        select 1
        from middle
        where middle.OrgRole > CSWWWorker.OrgRole and CSWWWorker.BaseSalary < 0.9 * middle.salary
    )
