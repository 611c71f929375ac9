-- title: A total of the authority changed by more than a fifth since last year
-- severity: query
-- may_lack: [LALevel, LALevel_last]
-- fields: {CSWWWorker: [FTE, Cases30, WorkingDaysLost], LALevel: [NumberOfVacancies]}
-- fix: "Check whether the whole authority is in the file, and whether both years were counted in the same way."
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

pair as (
    select
        coalesce(now.in_post_fte, 0) as value,
        last_year.in_post_fte as before
    from now
    cross join last_year
    union all
    select
        coalesce(now.agency_fte, 0) as value,
        coalesce(last_year.agency_fte, 0) as before
    from now
    cross join last_year
    union all
    select
        now.vacancies as value,
        last_year.vacancies as before
    from now
    cross join last_year
    union all
    select
        now.cases as value,
        last_year.cases as before
    from now
    cross join last_year
    union all
    select
        now.days_lost as value,
        last_year.days_lost as before
    from now
    cross join last_year
)

select distinct
    '' as module,
    -1 as row_id
from pair
where abs(pair.value - pair.before) * 5 > pair.before
