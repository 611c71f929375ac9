-- title: Areas for improvement closed with evidence
-- id: S01
-- question: Which areas for improvement are resolved, with evidence?
-- grain: one row per area for improvement of the latest inspection that made any
-- calc: [percent, count, claimed]
-- figures: {claimed: "count(member_key) filter (where bands @> array['claimed'])"}
-- better: high
-- periods: [snapshot]
-- bands: [open, in progress, done not evidenced, evidenced, sustained, slipped back]
-- needs: [inspection_finding, inspection]
-- sources: ["ILACS: action plan after an inspection", "catalogue S01: every linked measure at its target on three month ends in a row, and accepted evidence"]
-- used_by: [pack, councillors_report]
with latest as (
    select distinct on (period.period_kind, period.period_end)
        period.period_kind,
        period.period_end,
        period.as_at,
        finding.inspection_id
    from period
    inner join finding on finding.inspection_start <= period.as_at
    where finding.kind = 'area_for_improvement'
    order by
        period.period_kind asc, period.period_end asc, finding.inspection_start desc, finding.inspection_id desc
),

-- The headline of each indicator at month ends.
month_value as (
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
        case upper(finding_measure.timeliness_view) when 'A' then 'finished' when 'B' then 'due' end as wanted_view,
        finding_measure.direction,
        finding_measure.target_value,
        count(*) over (partition by finding_measure.finding_id) as measures
    from finding_measure
),

-- Without a view, the indicator's first one.
viewed as (
    select distinct on (measure.finding_id, measure.indicator_id, month_value.period_end)
        measure.finding_id,
        measure.indicator_id,
        measure.measures,
        month_value.period_end as month_end,
        case measure.direction
            when 'at_least' then month_value.value >= measure.target_value
            when 'at_most' then month_value.value <= measure.target_value
        end as is_met
    from measure
    inner join finding on finding.finding_id = measure.finding_id
    inner join month_value
        on month_value.indicator_id = measure.indicator_id
        and month_value.period_end > finding.inspection_end
        and (measure.wanted_view is null or month_value.view in (measure.wanted_view, 'members', 'started'))
    order by
        measure.finding_id asc,
        measure.indicator_id asc,
        month_value.period_end asc,
        array_position(array['members', 'started', 'finished', 'due'], month_value.view) asc
),

followed as (
    select
        viewed.*,
        lag(viewed.is_met) over (partition by viewed.finding_id, viewed.indicator_id order by viewed.month_end) as was_met
    from viewed
),

monthly as (
    select
        followed.finding_id,
        followed.month_end,
        count(*) filter (where followed.is_met) = max(followed.measures) as is_all_met,
        coalesce(bool_or(not followed.is_met and not followed.was_met), false) as is_slip
    from followed
    group by followed.finding_id, followed.month_end
),

counted as (
    select
        monthly.*,
        count(*) filter (where not monthly.is_all_met) over (
            partition by monthly.finding_id order by monthly.month_end
        ) as run_no
    from monthly
),

held as (
    select
        counted.finding_id,
        counted.month_end,
        counted.is_slip,
        count(*) filter (where counted.is_all_met) over (
            partition by counted.finding_id, counted.run_no order by counted.month_end
        ) as months_held
    from counted
),

tested as (
    select
        latest.period_kind,
        latest.period_end,
        latest.as_at,
        finding.finding_id,
        finding.actions,
        finding.all_done_on,
        finding.started_on,
        finding.claimed_state,
        finding.claimed_since,
        max(held.month_end) filter (where held.is_slip) as slipped_on,
        min(held.month_end) filter (
            where held.months_held >= 3 and finding.evidence_accepted_on < (held.month_end + 1 + interval '1 month')::date - 1
        ) as first_evidenced_on,
        max(held.month_end) filter (
            where held.months_held >= 3 and finding.evidence_accepted_on < (held.month_end + 1 + interval '1 month')::date - 1
        ) as last_evidenced_on,
        -- Evidenced after three months, embedded after six more without a miss.
        max(held.month_end) filter (
            where held.months_held >= 9 and finding.evidence_accepted_on < (held.month_end + 1 - interval '6 months')::date
        ) as sustained_on
    from latest
    inner join finding
        on finding.inspection_id = latest.inspection_id and finding.kind = 'area_for_improvement'
    left join held
        on held.finding_id = finding.finding_id
        and held.month_end <= latest.as_at
        and finding.evidence_accepted_on <= latest.as_at
    group by
        latest.period_kind, latest.period_end, latest.as_at, finding.finding_id, finding.actions, finding.all_done_on,
        finding.started_on, finding.claimed_state, finding.claimed_since
),

judged as (
    select
        tested.*,
        case
            when tested.slipped_on > tested.last_evidenced_on and tested.slipped_on > tested.first_evidenced_on then 'slipped back'
            when tested.sustained_on > coalesce(tested.slipped_on, '-infinity'::date) then 'sustained'
            when tested.last_evidenced_on is not null then 'evidenced'
            when tested.actions > 0 and tested.all_done_on <= tested.as_at then 'done not evidenced'
            when
                tested.started_on <= tested.as_at
                or (tested.claimed_state <> 'open' and tested.claimed_since <= tested.as_at) then 'in progress'
            else 'open'
        end as state
    from tested
)

select
    judged.period_kind,
    judged.period_end,
    judged.finding_id as member_key,
    case when judged.state in ('evidenced', 'sustained') then 1 else 0 end as numerator,
    1 as denominator,
    array_remove(
        array[
            judged.state,
            case when judged.claimed_state in ('evidenced', 'sustained') and judged.claimed_since <= judged.as_at then 'claimed' end
        ],
        null
    ) as bands
from judged
