-- title: "A rate of the authority changed by more than five points since last year, or the caseload by more than three"
-- severity: query
-- may_lack: [LALevel, LALevel_last]
-- fields: {CSWWWorker: [FTE, FTE30, Cases30, WorkingDaysLost], LALevel: [NumberOfVacancies]}
-- fix: "Check whether both years were counted in the same way, and be ready to explain."
-- sources: ["derived from the meaning of the items"]
with now as (
    select
        sum(CSWWWorker.FTE) filter (where CSWWWorker.AgencyWorker = '0' and CSWWWorker.RoleEndDate_text is null) as in_post_fte,
        sum(CSWWWorker.FTE) filter (where CSWWWorker.AgencyWorker = '1') as agency_fte,
        sum(CSWWWorker.FTE30)
        filter (where CSWWWorker.AgencyWorker = '0' and CSWWWorker.RoleEndDate_text is not null) as leavers_fte,
        sum(CSWWWorker.Cases30) as cases,
        sum(CSWWWorker.FTE) filter (where CSWWWorker.RoleEndDate_text is null and CSWWWorker.Cases30 >= 1) as case_holders_fte,
        sum(CSWWWorker.WorkingDaysLost) filter (where CSWWWorker.AgencyWorker = '0') as days_lost,
        (select sum(LALevel.NumberOfVacancies) from LALevel) as vacancies
    from CSWWWorker
),

last_year as (
    select
        sum(CSWWWorker_last.FTE) filter (where CSWWWorker_last.AgencyWorker = '0' and CSWWWorker_last.RoleEndDate_text is null) as in_post_fte,
        sum(CSWWWorker_last.FTE) filter (where CSWWWorker_last.AgencyWorker = '1') as agency_fte,
        sum(CSWWWorker_last.FTE30)
        filter (where CSWWWorker_last.AgencyWorker = '0' and CSWWWorker_last.RoleEndDate_text is not null) as leavers_fte,
        sum(CSWWWorker_last.Cases30) as cases,
        sum(CSWWWorker_last.FTE) filter (where CSWWWorker_last.RoleEndDate_text is null and CSWWWorker_last.Cases30 >= 1) as case_holders_fte,
        sum(CSWWWorker_last.WorkingDaysLost) filter (where CSWWWorker_last.AgencyWorker = '0') as days_lost,
        (select sum(LALevel_last.NumberOfVacancies) from LALevel_last) as vacancies
    from CSWWWorker_last
),

rate as (
    select
        coalesce(total.leavers_fte, 0) * 100 / nullif(total.in_post_fte, 0) as turnover,
        total.vacancies * 100 / nullif(total.vacancies + coalesce(total.in_post_fte, 0), 0) as vacancy,
        coalesce(total.agency_fte, 0) * 100 / nullif(coalesce(total.agency_fte, 0) + coalesce(total.in_post_fte, 0), 0) as agency,
        total.days_lost * 100 / nullif(total.in_post_fte * total.working_days, 0) as absence,
        total.cases / nullif(total.case_holders_fte, 0) as caseload,
        total.year
    from (
        select
            now.*,
            253 + (collection.collection_end - collection.collection_start + 1 - 365) as working_days,
            1 as year
        from now
        cross join collection
        union all
        select
            last_year.*,
            253 + (collection.collection_start - (collection.collection_start - interval '1 year')::date - 365) as working_days,
            0 as year
        from last_year
        cross join collection
    ) as total
)

select
    '' as module,
    -1 as row_id
from rate as present
inner join rate as before on before.year = 0
where
    present.year = 1
    and (
        abs(present.turnover - before.turnover) > 5
        or abs(present.vacancy - before.vacancy) > 5
        or abs(present.agency - before.agency) > 5
        or abs(present.absence - before.absence) > 5
        or abs(present.caseload - before.caseload) > 3
    )
