-- title: Children talked about in supervision in time
-- id: T53
-- question: Does somebody think along about each child?
-- grain: one row per open child who has had a social worker for the interval at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- bands: [in care, protection plan, need plan, no plan]
-- band_figure: percent
-- needs: [supervision, ssd_involvements, ssd_cin_episodes]
-- sources: ["local interval supervision_days; group supervision counts where the child is named"]
-- used_by: [pack]
with held as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        allocated_worker.child_id,
        allocated_worker.team_id,
        allocated_time.first_day,
        standard.number_value::integer as allowed
    from period
    inner join allocated_worker
        on allocated_worker.first_day <= period.as_at
        and (allocated_worker.last_day is null or allocated_worker.last_day >= period.as_at)
    inner join open_child
        on open_child.child_id = allocated_worker.child_id
        and open_child.first_day <= period.as_at
        and (open_child.last_day is null or open_child.last_day >= period.as_at)
    inner join allocated_time
        on allocated_time.child_id = allocated_worker.child_id
        and allocated_time.first_day <= period.as_at
        and (allocated_time.last_day is null or allocated_time.last_day >= period.as_at)
    inner join parameter as standard
        on standard.name = 'supervision_days'
        and standard.valid_from <= period.as_at
        and (standard.valid_to is null or standard.valid_to > period.as_at)
    where period.as_at - allocated_time.first_day >= standard.number_value
),

supervised as (
    select
        held.period_kind,
        held.period_end,
        held.child_id,
        max(case_supervision.held_date) as held_date
    from held
    inner join case_supervision on case_supervision.child_id = held.child_id and case_supervision.held_date <= held.as_at
    group by held.period_kind, held.period_end, held.child_id
),

planned as (
    select
        held.period_kind,
        held.period_end,
        held.child_id,
        bool_or(care_period.child_id is not null) as is_in_care,
        bool_or(cp_plan.child_id is not null) as has_protection_plan,
        bool_or(cin_plan.child_id is not null) as has_need_plan
    from held
    left join care_period
        on care_period.child_id = held.child_id
        and care_period.first_day <= held.as_at
        and (care_period.last_day is null or care_period.last_day >= held.as_at)
    left join cp_plan
        on cp_plan.child_id = held.child_id
        and cp_plan.start_date <= held.as_at
        and (cp_plan.end_date is null or cp_plan.end_date > held.as_at)
    left join cin_plan
        on cin_plan.child_id = held.child_id
        and cin_plan.start_date <= held.as_at
        and (cin_plan.end_date is null or cin_plan.end_date > held.as_at)
    group by held.period_kind, held.period_end, held.child_id
)

select
    held.period_kind,
    held.period_end,
    held.child_id as member_key,
    held.child_id,
    held.team_id,
    case when held.as_at - supervised.held_date <= held.allowed then 1 else 0 end as numerator,
    1 as denominator,
    held.as_at - supervised.held_date as measure,
    coalesce(supervised.held_date, held.first_day) + held.allowed as due_date,
    case
        when planned.is_in_care then 'in care'
        when planned.has_protection_plan then 'protection plan'
        when planned.has_need_plan then 'need plan'
        else 'no plan'
    end as band
from held
inner join planned
    on planned.period_kind = held.period_kind and planned.period_end = held.period_end and planned.child_id = held.child_id
left join supervised
    on supervised.period_kind = held.period_kind
    and supervised.period_end = held.period_end
    and supervised.child_id = held.child_id
