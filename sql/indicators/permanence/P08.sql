-- title: Children with three or more placements in a year
-- id: P08
-- question: Do children keep their home?
-- grain: one row per child in care at the date
-- calc: [percent, count, percent_of_two_years]
-- better: low
-- figures: {percent_of_two_years: "100.0 * count(member_key) filter (where bands @> array['three or more in two years'])
--   / nullif(count(member_key) filter (where bands @> array['in care for two years']), 0)"}
-- periods: [snapshot, year]
-- bands: [in care for two years, three or more in two years]
-- needs: [ssd_cla_placement, ssd_cla_episodes]
-- sources: ["SSDA903: placement stability; absences, missing episodes and changes of status do not count as placements", "catalogue P08"]
-- used_by: [pack]
with counted as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_period.child_id,
        care_period.first_day,
        count(carer_placement.first_day) filter (
            where carer_placement.next_day is null or carer_placement.next_day > (period.as_at - interval '12 months')::date
        ) as placements,
        count(carer_placement.first_day) as placements_of_two_years
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.last_day is null or care_period.last_day >= period.as_at)
    -- The placement on the day before the year counts as one; an earlier period of care counts with its own placements.
    left join carer_placement
        on carer_placement.child_id = care_period.child_id
        and carer_placement.first_day <= period.as_at
        and (carer_placement.next_day is null or carer_placement.next_day > (period.as_at - interval '24 months')::date)
    group by period.period_kind, period.period_end, period.as_at, care_period.child_id, care_period.first_day
)

select
    counted.period_kind,
    counted.period_end,
    counted.child_id as member_key,
    counted.child_id,
    case when counted.placements >= 3 then 1 else 0 end as numerator,
    1 as denominator,
    counted.placements as measure,
    case
        when (counted.first_day + interval '24 months')::date <= counted.as_at
            then
                array['in care for two years']
                || case when counted.placements_of_two_years >= 3 then array['three or more in two years'] else '{}' end
    end as bands
from counted
