-- title: Ethnicity of social workers
-- id: W44
-- question: Does the workforce reflect the population?
-- grain: one row per employed social worker at the date
-- calc: percent
-- better: neither
-- periods: [snapshot]
-- bands: [White, Mixed or multiple ethnic groups, Asian or Asian British, Black or Black British, Other ethnic group, not known]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW ethnicity groups; the percentage is that of groups other than White among those known"]
-- used_by: [pack]
with person as (
    select
        period.period_kind,
        period.period_end,
        min(employment.worker_id) as worker_id,
        min(hr_worker.ethnicity_code) as ethnicity
    from period
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    inner join hr_worker on hr_worker.worker_id = employment.worker_id
    where employment.is_social_worker and not employment.is_agency
    group by period.period_kind, period.period_end, employment.person_key
),

grouped as (
    select
        person.period_kind,
        person.period_end,
        person.worker_id,
        case
            when person.ethnicity in ('WBRI', 'WIRI', 'WOTH') then 'White'
            when person.ethnicity in ('MWBC', 'MWBA', 'MWAS', 'MOTH') then 'Mixed or multiple ethnic groups'
            when person.ethnicity in ('AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE') then 'Asian or Asian British'
            when person.ethnicity in ('BCRB', 'BAFR', 'BOTH') then 'Black or Black British'
            when person.ethnicity = 'OOTH' then 'Other ethnic group'
            else 'not known'
        end as band
    from person
)

select
    grouped.period_kind,
    grouped.period_end,
    grouped.worker_id as member_key,
    grouped.worker_id,
    case when grouped.band <> 'not known' then case when grouped.band = 'White' then 0 else 1 end end as numerator,
    case when grouped.band <> 'not known' then 1 end as denominator,
    grouped.band
from grouped
