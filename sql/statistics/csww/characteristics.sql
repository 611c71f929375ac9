-- title: Characteristics of social workers, in the department's breakdowns
-- grain: one row per group of records (in post, starters, leavers), breakdown and category
-- years: {first: 2017}
-- sources: ["Children's social work workforce: characteristics of staff; ages and service at the leaving date for leavers"]
with record as (
    select
        kind.name as kind,
        CSWWWorker.SWENo,
        CSWWWorker.PersonBirthDate,
        coalesce(CSWWWorker.Sex, case CSWWWorker.GenderCurrent when '1' then 'M' when '2' then 'F' end) as sex,
        CSWWWorker.Ethnicity,
        CSWWWorker.OrgRole,
        CSWWWorker.RoleStartDate,
        extract(year from age(kind.day, CSWWWorker.PersonBirthDate)) as age,
        extract(year from age(kind.day, CSWWWorker.RoleStartDate)) as years_of_service,
        kind.fte,
        kind.distinct_day
    from CSWWWorker
    cross join collection
    cross join
        lateral (
            values
            (
                'in post',
                CSWWWorker.RoleEndDate_text is null,
                collection.collection_end,
                CSWWWorker.FTE,
                null::date
            ),
            (
                'starters',
                CSWWWorker.RoleStartDate between collection.collection_start and collection.collection_end,
                collection.collection_end,
                CSWWWorker.FTE,
                CSWWWorker.RoleStartDate
            ),
            (
                'leavers',
                CSWWWorker.RoleEndDate between collection.collection_start and collection.collection_end,
                CSWWWorker.RoleEndDate,
                CSWWWorker.FTE30,
                CSWWWorker.RoleEndDate
            )
        ) as kind (name, holds, day, fte, distinct_day)
    where CSWWWorker.AgencyWorker = '0' and kind.holds
),

described as (
    select
        record.kind,
        record.fte,
        -- A person with several posts has the characteristics of the most senior one.
        row_number() over (
            partition by record.kind, record.SWENo, record.PersonBirthDate, record.sex, record.Ethnicity, record.distinct_day
            order by record.OrgRole asc nulls last, record.fte desc nulls last, record.RoleStartDate asc
        ) = 1 as is_person,
        case record.OrgRole
            when '1' then '1 senior manager'
            when '2' then '2 middle manager'
            when '3' then '3 first line manager'
            when '4' then '4 senior practitioner'
            when '5' then '5 case holder'
            when '6' then '6 qualified without cases'
            else 'not known'
        end as role,
        case
            when record.PersonBirthDate is null then 'not known'
            when record.age < 20 then 'under 20'
            when record.age < 30 then '20 to 29'
            when record.age < 40 then '30 to 39'
            when record.age < 50 then '40 to 49'
            when record.age < 60 then '50 to 59'
            else '60 and over'
        end as age_band,
        case record.sex when 'F' then 'female' when 'M' then 'male' else 'not known' end as sex,
        case
            when record.Ethnicity in ('WBRI', 'WIRI', 'WOTH') then 'White'
            when record.Ethnicity in ('MWBC', 'MWBA', 'MWAS', 'MOTH') then 'Mixed / Multiple ethnic groups'
            when record.Ethnicity in ('AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE') then 'Asian / Asian British'
            when record.Ethnicity in ('BCRB', 'BAFR', 'BOTH') then 'Black / African / Caribbean / Black British'
            when record.Ethnicity = 'OOTH' then 'Other ethnic group'
            else 'not known'
        end as ethnic_group,
        case
            when record.RoleStartDate is null then 'not known'
            when record.years_of_service < 2 then 'under 2 years'
            when record.years_of_service < 5 then '2 to under 5'
            when record.years_of_service < 10 then '5 to under 10'
            when record.years_of_service < 20 then '10 to under 20'
            when record.years_of_service < 30 then '20 to under 30'
            else '30 years or more'
        end as service_band
    from record
),

counted as (
    select
        described.kind,
        part.breakdown,
        part.category,
        coalesce(sum(described.fte), 0) as fte,
        count(*) filter (where described.is_person) as headcount
    from described
    cross join
        lateral (
            values
            ('all', 'all'),
            ('role', described.role),
            ('age', described.age_band),
            ('sex', described.sex),
            ('ethnic group', described.ethnic_group),
            ('time in service', described.service_band)
        ) as part (breakdown, category)
    group by described.kind, part.breakdown, part.category
)

-- Percentages are of people with a known category.
select
    counted.kind,
    counted.breakdown,
    counted.category,
    counted.fte,
    counted.headcount,
    case
        when counted.category <> 'not known'
            then
                100 * counted.fte
                / nullif(
                    sum(counted.fte) filter (where counted.category <> 'not known') over (
                        partition by counted.kind, counted.breakdown
                    ),
                    0
                )
    end as fte_percent,
    case
        when counted.category <> 'not known'
            then
                100.0 * counted.headcount
                / nullif(
                    sum(counted.headcount) filter (where counted.category <> 'not known') over (
                        partition by counted.kind, counted.breakdown
                    ),
                    0
                )
    end as headcount_percent
from counted
order by counted.kind collate "C", counted.breakdown collate "C", counted.category collate "C" -- noqa: RF03
