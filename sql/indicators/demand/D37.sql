-- title: Children missing three times or more
-- id: D37
-- question: How many children go missing repeatedly?
-- grain: one row per child with three or more missing episodes begun in the period
-- calc: count
-- better: low
-- periods: [ninety_days, six_months]
-- needs: [ssd_missing]
-- sources: ["catalogue D37, by the first day of each episode; away without leave does not count as missing"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    missing_incident.child_id as member_key,
    missing_incident.child_id,
    1 as numerator,
    count(*) as measure
from period
inner join missing_incident on missing_incident.start_date between period.period_start and period.as_at
where missing_incident.child_id is not null and missing_incident.episode_type <> 'A'
group by period.period_kind, period.period_end, missing_incident.child_id
having count(*) >= 3
