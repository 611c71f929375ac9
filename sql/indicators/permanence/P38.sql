-- title: Stages of adopter approval completed in time
-- id: P38
-- question: Are adopters approved without losing months?
-- grain: one row per household and stage
-- calc: percent
-- better: high
-- clock: {from: start of the stage, to: end of the stage, unit: months, standard: adopter_stage_1_months}
-- views: [finished, due]
-- periods: [year]
-- bands: [stage_1, stage_2]
-- band_figure: percent
-- needs: [adopter]
-- sources: ["Statutory guidance on adoption 2013: stage 1 in two months, stage 2 in four"]
-- used_by: [pack]
with stage as (
    select
        adopter_family.family_id,
        part.name,
        part.standard_name,
        part.start_date,
        part.end_date,
        adopter_family.left_date
    from adopter_family
    cross join
        lateral (
            values
            ('stage_1', 'adopter_stage_1_months', adopter_family.stage_1_start, adopter_family.stage_1_end),
            ('stage_2', 'adopter_stage_2_months', adopter_family.stage_2_start, adopter_family.stage_2_end)
        ) as part (name, standard_name, start_date, end_date)
    where part.start_date is not null
)

select
    stage.family_id || '/' || stage.name as member_key,
    stage.start_date as clock_start,
    (stage.start_date + standard.number_value * interval '1 month')::date as due_at,
    stage.end_date as clock_stop,
    stage.left_date as ended_date,
    stage.name as band
from stage
left join parameter as standard
    on standard.name = stage.standard_name
    and standard.valid_from <= stage.start_date
    and (standard.valid_to is null or standard.valid_to > stage.start_date)
