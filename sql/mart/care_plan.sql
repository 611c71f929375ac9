-- title: Care plans of children in care and the permanence plans in them
-- grain: one row per care plan record with a first day
-- key: [plan_id]
-- sources: ["catalogue P01 to P05 and P43: a record without a key is a care plan, but not a permanence plan", "SSD: keys of the permanence plan"]
-- columns:
--   plan_id: Care plan record (lacp_table_id)
--   child_id: The child, as in child
--   start_date: Day the plan began
--   end_date: Day the plan ended; null if it is current
--   plan_keys: Permanence plans marked in the record, such as RETURN6M or ADOPTION; empty if none is
--   has_permanence_plan: True if any permanence plan is marked
--   care_first_day: First day of the period of care in which the plan began; null if it began outside care
with record as (
    select
        ssd_cla_care_plan.lacp_table_id as plan_id,
        ssd_cla_care_plan.lacp_person_id as child_id,
        ssd_cla_care_plan.lacp_cla_care_plan_start_date as start_date,
        ssd_cla_care_plan.lacp_cla_care_plan_end_date as end_date,
        -- JSON that is not an object is ignored.
        case
            when jsonb_typeof(ssd_cla_care_plan.lacp_cla_care_plan_json) = 'object'
                then ssd_cla_care_plan.lacp_cla_care_plan_json
            else '{}'::jsonb
        end as plan_json
    from ssd_cla_care_plan
    where
        ssd_cla_care_plan.lacp_person_id is not null
        and ssd_cla_care_plan.lacp_cla_care_plan_start_date is not null
        and (
            ssd_cla_care_plan.lacp_cla_care_plan_end_date is null
            or ssd_cla_care_plan.lacp_cla_care_plan_end_date >= ssd_cla_care_plan.lacp_cla_care_plan_start_date
        )
),

entry as (
    select
        record.plan_id,
        upper(trim(answer.name)) as plan_key
    from record
    cross join jsonb_each_text(record.plan_json) as answer (name, said)
    where
        upper(trim(answer.name)) in (
            'REMAINSUP', 'RETURN1M', 'RETURN6M', 'RETURNEV', 'LTRELFR', 'LTFOST18', 'RESPLMT', 'SUPPLIV', 'ADOPTION', 'OTHERPLN'
        )
        and lower(trim(answer.said)) not in ('', 'n', 'no', 'false', 'f', '0', 'null')
),

keyed as (
    select
        entry.plan_id,
        array_agg(distinct entry.plan_key order by entry.plan_key) as plan_keys
    from entry
    group by entry.plan_id
)

select distinct on (record.plan_id)
    record.plan_id,
    record.child_id,
    record.start_date,
    record.end_date,
    coalesce(keyed.plan_keys, '{}') as plan_keys,
    keyed.plan_id is not null as has_permanence_plan,
    -- A plan belongs to the period of care in which it began; a plan from before care belongs to none.
    care_period.first_day as care_first_day
from record
left join keyed on keyed.plan_id = record.plan_id
left join care_period
    on care_period.child_id = record.child_id
    and care_period.first_day <= record.start_date
    and (care_period.end_date is null or care_period.end_date > record.start_date)
order by record.plan_id asc, care_period.first_day desc
