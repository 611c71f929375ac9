-- title: Children in care who moved school in the middle of the year (as published)
-- id: P44
-- question: Do our children keep their school?
-- grain: one row per newest published figure of the authority
-- calc: published
-- better: low
-- figures: {published: "max(measure)"}
-- periods: [year]
-- needs: [benchmark]
-- sources: ["Dashboard; children matched to the school census", "catalogue P44: from publications, the newest release"]
-- used_by: [pack]
select distinct on (period.period_kind, period.period_end)
    period.period_kind,
    period.period_end,
    published_figure.indicator_id || '/' || published_figure.area_code || '/' || published_figure.period_end
    || '/' || published_figure.publication as member_key,
    published_figure.value as measure
from period
inner join published_figure
    on published_figure.indicator_id = 'P44' and published_figure.period_end <= period.as_at
order by period.period_kind asc, period.period_end asc, published_figure.period_end desc
