-- title: Families in pre-proceedings
-- grain: one row per family and time in pre-proceedings; overlapping times of brothers and sisters are one
-- key: [case_id]
-- sources: ["catalogue T47: a family counts once; the standard dataset's own fields only if the council has no list of its own"]
-- columns:
--   case_id: First record of the case
--   family_id: Family; null if not recorded
--   child_id: The child of the first record; null if not recorded
--   children: Number of children in the case
--   decision_date: Day of the decision to begin pre-proceedings
--   end_date: Day pre-proceedings ended; null while open for any child
--   outcome: Result of the last to end, such as issued or stepped_down; null while open
with recorded as (
    select
        pre_proceedings.spell_id as case_id,
        pre_proceedings.person_id as child_id,
        pre_proceedings.family_id,
        pre_proceedings.decision_date,
        pre_proceedings.end_date,
        pre_proceedings.outcome
    from pre_proceedings
    union all
    select
        ssd_pre_proceedings.prep_table_id as case_id,
        ssd_pre_proceedings.prep_person_id as child_id,
        ssd_pre_proceedings.prep_plo_family_id as family_id,
        ssd_pre_proceedings.prep_pre_pro_decision_date as decision_date,
        ssd_pre_proceedings.prep_agree_stepdown_issue_date as end_date,
        case ssd_pre_proceedings.prep_pre_pro_outcome
            when 'Decision to issue care proceedings' then 'issued'
            when 'Decision to step down' then 'stepped_down'
            else ssd_pre_proceedings.prep_pre_pro_outcome
        end as outcome
    from ssd_pre_proceedings
    where
        not exists (
            select 1
            from pre_proceedings
        )
),

dated as (
    select
        recorded.*,
        coalesce('family/' || recorded.family_id, 'child/' || recorded.child_id, 'record/' || recorded.case_id) as family_key
    from recorded
    where
        recorded.decision_date is not null
        and (recorded.end_date is null or recorded.end_date >= recorded.decision_date)
),

ordered as (
    select
        dated.*,
        max(coalesce(dated.end_date, 'infinity'::date)) over (
            partition by dated.family_key
            order by dated.decision_date, dated.case_id
            rows between unbounded preceding and 1 preceding
        ) as end_before
    from dated
),

numbered as (
    select
        ordered.*,
        count(*) filter (where ordered.end_before is null or ordered.decision_date > ordered.end_before) over (
            partition by ordered.family_key order by ordered.decision_date, ordered.case_id
        ) as case_no
    from ordered
)

select
    (array_agg(numbered.case_id order by numbered.decision_date, numbered.case_id))[1] as case_id,
    min(numbered.family_id) as family_id,
    (array_agg(numbered.child_id order by numbered.decision_date, numbered.case_id))[1] as child_id,
    count(distinct numbered.child_id) as children,
    min(numbered.decision_date) as decision_date,
    case when bool_and(numbered.end_date is not null) then max(numbered.end_date) end as end_date,
    case
        when bool_and(numbered.end_date is not null)
            then (array_agg(numbered.outcome order by numbered.end_date desc, numbered.case_id desc))[1]
    end as outcome
from numbered
group by numbered.family_key, numbered.case_no
