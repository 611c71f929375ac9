-- title: Hospital admissions for injury, age 0 to 14
-- id: D51
-- question: How often are children hurt so badly that they go to hospital?
-- grain: one row per published figure of the authority, the newest at the date
-- calc: published
-- figures:
--   published: "max(measure)"
-- better: low
-- periods: [year]
-- needs: [benchmark]
-- sources: ["published: admissions caused by injuries per 10,000 residents aged 0 to 14; counts rounded to 5, one to seven suppressed"]
-- used_by: [pack]
select distinct on (period.period_kind, period.period_end)
    period.period_kind,
    period.period_end,
    benchmark.indicator_id || '/' || benchmark.area_code || '/' || benchmark.period_end || '/' || benchmark.publication as member_key,
    benchmark.value as measure
from period
inner join benchmark on benchmark.period_end <= period.as_at
inner join own_authority on own_authority.la_code = benchmark.area_code or own_authority.ons_code = benchmark.area_code
where benchmark.indicator_id = 'D51'
order by
    period.period_kind asc, period.period_end asc, benchmark.period_end desc, benchmark.publication desc
