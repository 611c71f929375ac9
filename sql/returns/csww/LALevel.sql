-- title: Vacancies, agency cover and allowances of the authority
-- grain: one row
-- years: {first: 2021}
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification, LALevel", "W04 and W11 of the catalogue"]
with held as (
    select
        employment.post_id,
        sum(employment.fte) as fte
    from collection
    inner join employment
        on employment.first_day <= collection.collection_end
        and (employment.last_day is null or employment.last_day >= collection.collection_end)
        and (employment.worker_service_last_day is null or employment.worker_service_last_day > collection.collection_end)
    where not employment.is_agency
    group by employment.post_id
),

vacancy as (
    select sum(greatest(0, hr_post.funded_fte - coalesce(held.fte, 0))) as fte
    from collection
    inner join hr_post
        on hr_post.valid_from <= collection.collection_end
        and (hr_post.valid_to is null or hr_post.valid_to > collection.collection_end)
    left join held on held.post_id = hr_post.post_id
    where hr_post.csww_scope and hr_post.budget_status is distinct from 'supernumerary'
),

cover as (
    select
        sum(employment.fte) as fte,
        count(*) as headcount
    from collection
    inner join employment
        on employment.first_day <= collection.collection_end
        and (employment.last_day is null or employment.last_day >= collection.collection_end)
    inner join agency_assignment on agency_assignment.assignment_id = employment.record_id
    where employment.is_agency and agency_assignment.reason = 'vacancy_cover'
),

item as (
    select
        csww_la_item.item,
        csww_la_item.value
    from csww_la_item
    inner join collection on collection.collection_year = csww_la_item.census_year
)

select
    0 as row_id,
    coalesce(vacancy.fte, 0)::numeric(8, 2) as NumberOfVacancies,
    coalesce(cover.fte, 0)::numeric(8, 2) as NoAgencyFTE,
    cover.headcount as NoAgencyHeadcount,
    max(item.value) filter (where item.item = 'RecruitmentBonus') as RecruitmentBonus,
    max(item.value) filter (where item.item = 'RetentionBonus') as RetentionBonus,
    max(item.value) filter (where item.item = 'PerformanceAward') as PerformanceAward,
    max(item.value) filter (where item.item = 'CarAllowance') as CarAllowance,
    max(item.value) filter (where item.item = 'RelocationPackage') as RelocationPackage,
    max(item.value) filter (where item.item = 'RegionalWeighting') as RegionalWeighting,
    max(item.value) filter (where item.item = 'CostSWE') as CostSWE,
    max(item.value) filter (where item.item = 'CostDBS') as CostDBS,
    max(item.value) filter (where item.item = 'OtherAllowances') as OtherAllowances
from vacancy
cross join cover
left join item on true
group by vacancy.fte, cover.fte, cover.headcount
