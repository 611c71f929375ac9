-- title: Children aged 0 to 17 in the authority
-- grain: one row per mid-year estimate
-- key: [first_day]
-- sources: ["catalogue convention K13: the estimate of mid-2024 for the year ending March 2025, or else the newest"]
-- columns:
--   first_day: First day on which the estimate is used, 1 April of the year
--   last_day: Last day on which it is used; null for the newest
--   mid_year: Year of the estimate
--   children: Estimated number of people aged 0 to 17
--   vintage: Release of the estimate
with own as (
    select distinct
        population.mid_year,
        population.pop_0_17,
        population.vintage
    from population
    left join own_authority on own_authority.ons_code = population.area_code or own_authority.la_code = population.area_code
    where
        population.pop_0_17 > 0
        -- If there are estimates of only one area, they are the authority's.
        and (
            own_authority.la_code is not null
            or (select count(distinct held.area_code) from population as held) = 1
        )
)

select
    make_date(own.mid_year, 4, 1) as first_day,
    (make_date(lead(own.mid_year) over (order by own.mid_year), 4, 1) - 1)::date as last_day,
    own.mid_year,
    own.pop_0_17 as children,
    own.vintage
from own
