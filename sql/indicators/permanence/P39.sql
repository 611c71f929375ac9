-- title: Adoptive families matched three months or more after approval
-- id: P39
-- question: How many approved families wait three months or more?
-- grain: one row per household matched in the period
-- calc: [percent, count]
-- better: low
-- periods: [year]
-- needs: [adopter]
-- sources: ["Adoption scorecard A12: three months to the day are three months"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    adopter_family.family_id as member_key,
    case
        when (adopter_family.approval_date + standard.number_value * interval '1 month')::date <= adopter_family.matched_date then 1
        else 0
    end as numerator,
    1 as denominator,
    adopter_family.matched_date - adopter_family.approval_date as measure
from period
inner join adopter_family on adopter_family.matched_date between period.period_start and period.as_at
inner join parameter as standard
    on standard.name = 'adopter_wait_months'
    and standard.valid_from <= adopter_family.approval_date
    and (standard.valid_to is null or standard.valid_to > adopter_family.approval_date)
where adopter_family.matched_date >= adopter_family.approval_date
