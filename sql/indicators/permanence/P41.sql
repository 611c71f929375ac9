-- title: School results of children in care (as published)
-- id: P41
-- question: Do our children reach what is expected at school?
-- grain: one row per newest published figure of the authority
-- calc: published
-- better: high
-- figures: {published: "max(measure)"}
-- periods: [year]
-- needs: [benchmark]
-- sources: ["Outcomes statistics, key stages 2 and 4; published of ten children or more", "catalogue P41: from publications, the newest release"]
-- used_by: [pack]
select distinct on (period.period_kind, period.period_end)
    period.period_kind,
    period.period_end,
    published_figure.indicator_id || '/' || published_figure.area_code || '/' || published_figure.period_end
    || '/' || published_figure.publication as member_key,
    published_figure.value as measure
from period
inner join published_figure
    on published_figure.indicator_id = 'P41' and published_figure.period_end <= period.as_at
order by period.period_kind asc, period.period_end asc, published_figure.period_end desc
