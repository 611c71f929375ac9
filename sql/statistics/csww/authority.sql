-- title: What the department publishes of an authority's workforce
-- grain: one row
-- years: {first: 2017}
-- unreliable_above_100: [agency_cover_rate_fte, vacancy_agency_cover_rate_fte]
-- sources: ["Children's social work workforce 2025: methodology and data guidance", "the published figures of 2017 to 2025"]
with record as (
    select
        CSWWWorker.SWENo,
        CSWWWorker.PersonBirthDate,
        coalesce(CSWWWorker.Sex, CSWWWorker.GenderCurrent) as sex,
        CSWWWorker.Ethnicity,
        CSWWWorker.FTE,
        CSWWWorker.FTE30,
        CSWWWorker.Cases30,
        CSWWWorker.WorkingDaysLost,
        CSWWWorker.RoleStartDate,
        CSWWWorker.RoleEndDate,
        CSWWWorker.AgencyWorker = '1' as is_agency,
        CSWWWorker.AgencyWorker = '0' and CSWWWorker.RoleEndDate_text is null as is_in_post,
        CSWWWorker.AgencyWorker = '0'
        and CSWWWorker.RoleStartDate between collection.collection_start and collection.collection_end as is_starter,
        CSWWWorker.AgencyWorker = '0'
        and CSWWWorker.RoleEndDate between collection.collection_start and collection.collection_end as is_leaver
    from CSWWWorker
    cross join collection
),

-- A person with two posts counts once; each agency record is a person.
person as (
    select
        count(*) filter (where counted.kind = 'in post') as inpost,
        count(*) filter (where counted.kind = 'starter') as starters,
        count(*) filter (where counted.kind = 'leaver') as leavers
    from (
        select
            'in post' as kind,
            record.SWENo,
            record.PersonBirthDate,
            record.sex,
            record.Ethnicity,
            null::date as day
        from record
        where record.is_in_post
        union
        select
            'starter' as kind,
            record.SWENo,
            record.PersonBirthDate,
            record.sex,
            record.Ethnicity,
            record.RoleStartDate as day
        from record
        where record.is_starter
        union
        select
            'leaver' as kind,
            record.SWENo,
            record.PersonBirthDate,
            record.sex,
            record.Ethnicity,
            record.RoleEndDate as day
        from record
        where record.is_leaver
    ) as counted
),

total as (
    select
        coalesce(sum(record.FTE) filter (where record.is_in_post), 0) as inpost_fte,
        coalesce(sum(record.FTE) filter (where record.is_starter), 0) as starters_fte,
        coalesce(sum(record.FTE30) filter (where record.is_leaver), 0) as leavers_fte,
        coalesce(sum(record.FTE) filter (where record.is_agency), 0) as agency_fte,
        count(*) filter (where record.is_agency) as agency_headcount,
        coalesce(
            sum(record.FTE) filter (where (record.is_in_post or record.is_agency) and record.Cases30 >= 1), 0
        ) as case_holders_fte,
        coalesce(sum(record.Cases30) filter (where (record.is_in_post or record.is_agency) and record.Cases30 >= 1), 0) as cases,
        coalesce(sum(record.WorkingDaysLost) filter (where not record.is_agency), 0) as working_days_lost_fte
    from record
),

authority_level as (
    select
        coalesce(sum(LALevel.NumberOfVacancies), 0) as vacancy_fte,
        coalesce(sum(LALevel.NoAgencyFTE), 0) as agency_cover_fte
    from LALevel
),

working_year as (
    -- Weekdays minus eight bank holidays: 253 days, or 254 with a 29 February.
    select 253 + (collection.collection_end - collection.collection_start + 1 - 365) as days
    from collection
)

select
    total.inpost_fte,
    person.inpost as inpost_headcount,
    total.starters_fte,
    person.starters as starters_headcount,
    total.leavers_fte,
    person.leavers as leavers_headcount,
    100 * total.leavers_fte / nullif(total.inpost_fte, 0) as turnover_rate_fte,
    100.0 * person.leavers / nullif(person.inpost, 0) as turnover_rate_headcount,
    total.agency_fte,
    total.agency_headcount,
    100 * total.agency_fte / nullif(total.agency_fte + total.inpost_fte, 0) as agency_rate_fte,
    100.0 * total.agency_headcount / nullif(total.agency_headcount + person.inpost, 0) as agency_rate_headcount,
    authority_level.agency_cover_fte,
    100 * authority_level.agency_cover_fte / nullif(total.agency_fte, 0) as agency_cover_rate_fte,
    authority_level.vacancy_fte,
    100 * authority_level.vacancy_fte / nullif(authority_level.vacancy_fte + total.inpost_fte, 0) as vacancy_rate_fte,
    100 * authority_level.agency_cover_fte / nullif(authority_level.vacancy_fte, 0) as vacancy_agency_cover_rate_fte,
    total.case_holders_fte,
    total.cases,
    total.cases / nullif(total.case_holders_fte, 0) as caseload_fte,
    total.working_days_lost_fte,
    100 * total.working_days_lost_fte / nullif(total.inpost_fte * working_year.days, 0) as absence_rate_fte
from total
cross join person
cross join authority_level
cross join working_year
