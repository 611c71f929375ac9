-- title: Trend of the measures linked to each area for improvement
-- id: S03
-- question: Has it got better since the inspection?
-- grain: one row per area for improvement and linked measure, with its change since the inspection
-- calc: [difference, improved, measured, linked]
-- figures:
--   difference: "case when count(member_key) = 1 then max(measure) end"
--   improved: "coalesce(sum(numerator), 0)"
--   measured: "coalesce(sum(denominator), 0)"
--   linked: "count(member_key)"
-- better: neither
-- periods: [snapshot]
-- needs: [inspection_finding, finding_measure, inspection]
-- sources:
--   - "catalogue S03: value now minus the value at the inspection, both at month ends; no difference for several measures, because they are not comparable"
-- used_by: [pack]
with month_value as (
    select
        indicator_value.indicator_id,
        indicator_value.view,
        indicator_value.period_end,
        indicator_value.value
    from indicator_value
    where
        indicator_value.breakdown = 'whole'
        and indicator_value.is_headline
        and extract(day from indicator_value.period_end + 1) = 1
        and indicator_value.as_at = indicator_value.period_end
),

measure as (
    select
        finding_measure.finding_id,
        finding_measure.indicator_id,
        finding.inspection_start,
        coalesce(finding_measure.baseline_date, finding.inspection_end) as baseline_date,
        case upper(finding_measure.timeliness_view) when 'A' then 'finished' when 'B' then 'due' end as wanted_view,
        finding_measure.direction
    from finding_measure
    inner join finding on finding.finding_id = finding_measure.finding_id
    where finding.kind = 'area_for_improvement'
),

viewed as (
    select distinct on (measure.finding_id, measure.indicator_id, month_value.period_end)
        measure.finding_id,
        measure.indicator_id,
        measure.baseline_date,
        month_value.period_end as month_end,
        month_value.value
    from measure
    inner join month_value
        on month_value.indicator_id = measure.indicator_id
        and (measure.wanted_view is null or month_value.view in (measure.wanted_view, 'members', 'started'))
    order by
        measure.finding_id asc,
        measure.indicator_id asc,
        month_value.period_end asc,
        array_position(array['members', 'started', 'finished', 'due'], month_value.view) asc
),

baseline as (
    select distinct on (viewed.finding_id, viewed.indicator_id)
        viewed.finding_id,
        viewed.indicator_id,
        viewed.value
    from viewed
    where viewed.month_end <= viewed.baseline_date
    order by viewed.finding_id asc, viewed.indicator_id asc, viewed.month_end desc
),

present as (
    select distinct on (period.period_kind, period.period_end, viewed.finding_id, viewed.indicator_id)
        period.period_kind,
        period.period_end,
        viewed.finding_id,
        viewed.indicator_id,
        viewed.value
    from period
    inner join viewed on viewed.month_end <= period.as_at and viewed.month_end > viewed.baseline_date
    order by
        period.period_kind asc,
        period.period_end asc,
        viewed.finding_id asc,
        viewed.indicator_id asc,
        viewed.month_end desc
)

select
    period.period_kind,
    period.period_end,
    measure.finding_id || '/' || measure.indicator_id as member_key,
    case
        when measure.direction = 'at_least' and present.value > baseline.value then 1
        when measure.direction = 'at_most' and present.value < baseline.value then 1
        else 0
    end as numerator,
    case when present.value - baseline.value is not null then 1 end as denominator,
    present.value - baseline.value as measure
from period
inner join measure on measure.inspection_start <= period.as_at
left join baseline on baseline.finding_id = measure.finding_id and baseline.indicator_id = measure.indicator_id
left join present
    on present.period_kind = period.period_kind
    and present.period_end = period.period_end
    and present.finding_id = measure.finding_id
    and present.indicator_id = measure.indicator_id
