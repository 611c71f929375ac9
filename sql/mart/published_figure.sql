-- title: Published figures of this authority
-- grain: one row per indicator and last day of its period, from the newest release
-- key: [indicator_id, period_end]
-- sources: ["input contract, benchmark: the newest release is shown; an authority is listed under its three digits"]
-- columns:
--   indicator_id: Indicator that measures the same
--   period_end: Last day of the published period
--   area_code: Code of the area in the publication
--   value: Published value; null if a symbol is published instead
--   symbol: Published symbol, such as c (hidden) or x (not available); null if there is a value
--   publication: Release that the figure comes from
with area as (
    select
        benchmark.indicator_id,
        min(benchmark.area_code) as only_area_code
    from benchmark
    where benchmark.area_code not like 'E92%' and benchmark.area_code not like 'E12%'
    group by benchmark.indicator_id
    having count(distinct benchmark.area_code) = 1
),

own as (
    select
        benchmark.indicator_id,
        benchmark.area_code,
        benchmark.period_end,
        benchmark.value,
        benchmark.symbol,
        benchmark.publication
    from benchmark
    left join area on area.indicator_id = benchmark.indicator_id and area.only_area_code = benchmark.area_code
    where
        exists (
            select 1
            from own_authority
            where own_authority.la_code = benchmark.area_code or own_authority.ons_code = benchmark.area_code
        )
        -- Without a known authority, the figures of the only listed one are used.
        or (area.indicator_id is not null and not exists (select 1 from own_authority))
)

select distinct on (own.indicator_id, own.period_end)
    own.indicator_id,
    own.period_end,
    own.area_code,
    own.value,
    own.symbol,
    own.publication
from own
order by own.indicator_id asc, own.period_end asc, own.publication desc, own.area_code asc
