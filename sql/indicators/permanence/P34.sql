-- title: Children in care by age and by time in care
-- id: P34
-- question: How old are children in care, and how long have they been in care?
-- grain: one row per child in care at the date, with full months since coming into care
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: [under 1, 1 to 4, 5 to 9, 10 to 15, 16 and over, age not recorded, in care under 6 months, in care 6 to 11 months,
--   in care 1 year, in care 2 to 4 years, in care 5 years or more]
-- needs: [ssd_cla_episodes, ssd_person]
-- sources: ["SSDA903 statistics: age bands", "catalogue P34 and convention K04: by the current period of care"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as numerator,
    1 as denominator,
    extract(year from age(period.as_at, care_period.first_day)) * 12
    + extract(month from age(period.as_at, care_period.first_day)) as measure,
    array[
        case
            when child.birth_date is null then 'age not recorded'
            when (child.birth_date + interval '1 year')::date > period.as_at then 'under 1'
            when child.fifth_birthday > period.as_at then '1 to 4'
            when (child.birth_date + interval '10 years')::date > period.as_at then '5 to 9'
            when child.sixteenth_birthday > period.as_at then '10 to 15'
            else '16 and over'
        end,
        case
            when (care_period.first_day + interval '6 months')::date > period.as_at then 'in care under 6 months'
            when (care_period.first_day + interval '1 year')::date > period.as_at then 'in care 6 to 11 months'
            when (care_period.first_day + interval '2 years')::date > period.as_at then 'in care 1 year'
            when (care_period.first_day + interval '5 years')::date > period.as_at then 'in care 2 to 4 years'
            else 'in care 5 years or more'
        end
    ] as bands
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join child on child.child_id = care_period.child_id
