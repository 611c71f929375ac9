-- title: "Agency workers but no vacancies, or more vacancies than staff in post"
-- severity: query
-- fields: {LALevel: [NumberOfVacancies]}
-- fix: "Check that the vacancies are exactly those not filled by the authority's own staff on the day."
-- sources: ["derived from the meaning of the items"]
with total as (
    select
        count(*) filter (where CSWWWorker.AgencyWorker = '1') as agency_workers,
        coalesce(sum(CSWWWorker.FTE) filter (where CSWWWorker.AgencyWorker = '0' and CSWWWorker.RoleEndDate_text is null), 0) as in_post_fte
    from CSWWWorker
)
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
cross join total
where
    (LALevel.NumberOfVacancies = 0 and total.agency_workers > 0)
    or LALevel.NumberOfVacancies * 2 > LALevel.NumberOfVacancies + total.in_post_fte
