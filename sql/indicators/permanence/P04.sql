-- title: Permanence plans by type
-- id: P04
-- question: Where are children meant to grow up?
-- grain: one row per child in care at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: [REMAINSUP, RETURN1M, RETURN6M, RETURNEV, LTRELFR, LTFOST18, RESPLMT, SUPPLIV, ADOPTION, OTHERPLN, parallel plan, no plan]
-- needs: [ssd_cla_care_plan, ssd_cla_episodes]
-- sources: ["Annex A list 8: permanence plan; two plans at once count under each, and once as parallel"]
-- used_by: [pack]
with planned as (
    select
        period.period_kind,
        period.period_end,
        care_plan.child_id,
        care_plan.care_first_day,
        array_agg(distinct entry.plan_key) as plan_keys
    from period
    inner join care_plan
        on care_plan.start_date <= period.as_at
        and (care_plan.end_date is null or care_plan.end_date > period.as_at)
    cross join unnest(care_plan.plan_keys) as entry (plan_key)
    where care_plan.care_first_day is not null
    group by period.period_kind, period.period_end, care_plan.child_id, care_plan.care_first_day
)

select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as numerator,
    1 as denominator,
    case
        when planned.plan_keys is null then array['no plan']
        when cardinality(planned.plan_keys) > 1 then planned.plan_keys || 'parallel plan'::text
        else planned.plan_keys
    end as bands
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join planned
    on planned.period_kind = period.period_kind
    and planned.period_end = period.period_end
    and planned.child_id = care_period.child_id
    and planned.care_first_day = care_period.first_day
