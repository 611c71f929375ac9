-- title: Inspection judgements over time
-- id: S25
-- question: How have we been judged?
-- grain: one row per inspection of the authority with a judgement, published by the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: ["overall: outstanding", "overall: good", "overall: requires_improvement", "overall: inadequate",
--   "help and protection: outstanding", "help and protection: good", "help and protection: requires_improvement", "help and protection: inadequate",
--   "care: outstanding", "care: good", "care: requires_improvement", "care: inadequate",
--   "care leavers: outstanding", "care leavers: good", "care leavers: requires_improvement", "care leavers: inadequate",
--   "leaders: outstanding", "leaders: good", "leaders: requires_improvement", "leaders: inadequate", before 2018]
-- needs: [inspection]
-- sources: ["Ofsted: judgements by framework; judgements before 2018 are not directly comparable"]
-- used_by: [pack, councillors_report]
with judged as (
    select
        inspection.inspection_id,
        inspection.start_date,
        coalesce(inspection.published_date, inspection.end_date, inspection.start_date) as known_on,
        array_remove(
            array[
                'overall: ' || nullif(inspection.judgement_overall, 'none'),
                'help and protection: ' || nullif(inspection.judgement_help_protection, 'none'),
                'care: ' || nullif(inspection.judgement_care, 'none'),
                'care leavers: ' || nullif(inspection.judgement_care_leavers, 'none'),
                'leaders: ' || nullif(inspection.judgement_leaders, 'none')
            ],
            null
        ) as judgements
    from inspection
)

select
    period.period_kind,
    period.period_end,
    judged.inspection_id as member_key,
    1 as numerator,
    case when judged.start_date < '2018-01-01' then judged.judgements || 'before 2018'::text else judged.judgements end as bands
from period
inner join judged on judged.known_on <= period.as_at
where cardinality(judged.judgements) > 0
