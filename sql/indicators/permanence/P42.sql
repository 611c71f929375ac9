-- title: Share of social care spending on children in care (as published)
-- id: P42
-- question: How much of social care spending goes to children in care?
-- grain: one row per newest published figure of the authority
-- calc: published
-- better: neither
-- figures: {published: "max(measure)"}
-- periods: [year]
-- needs: [benchmark]
-- sources: ["Section 251 outturn", "catalogue P42: read from publications, in the newest release; a symbol instead of a figure gives no value"]
-- used_by: [pack]
select distinct on (period.period_kind, period.period_end)
    period.period_kind,
    period.period_end,
    published_figure.indicator_id || '/' || published_figure.area_code || '/' || published_figure.period_end
    || '/' || published_figure.publication as member_key,
    published_figure.value as measure
from period
inner join published_figure
    on published_figure.indicator_id = 'P42' and published_figure.period_end <= period.as_at
order by period.period_kind asc, period.period_end asc, published_figure.period_end desc
