-- title: Children discussed in supervision in time
-- id: T53
-- question: Is each child's case discussed in supervision?
-- grain: one row per open child who has had a social worker for the interval at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- bands: [in care, protection plan, need plan, no plan]
-- band_figure: percent
-- needs: [supervision, ssd_involvements, ssd_cin_episodes]
-- sources: ["local interval supervision_days; group supervision counts if the child is named"]
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

-- One row per child passes through all steps: joining back by child and point takes a minute.
supervised as (
    select
        held.period_kind,
        held.period_end,
        held.as_at,
        held.child_id,
        held.team_id,
        held.first_day,
        held.allowed,
        max(case_supervision.held_date) as held_date
    from held
    left join case_supervision on case_supervision.child_id = held.child_id and case_supervision.held_date <= held.as_at
    group by
        held.period_kind, held.period_end, held.as_at, held.child_id, held.team_id, held.first_day, held.allowed
),

planned as (
    select
        supervised.period_kind,
        supervised.period_end,
        supervised.as_at,
        supervised.child_id,
        supervised.team_id,
        supervised.first_day,
        supervised.allowed,
        supervised.held_date,
        bool_or(care_period.child_id is not null) as is_in_care,
        bool_or(cp_plan.child_id is not null) as has_protection_plan,
        bool_or(cin_plan.child_id is not null) as has_need_plan
    from supervised
    left join care_period
        on care_period.child_id = supervised.child_id
        and care_period.first_day <= supervised.as_at
        and (care_period.last_day is null or care_period.last_day >= supervised.as_at)
    left join cp_plan
        on cp_plan.child_id = supervised.child_id
        and cp_plan.start_date <= supervised.as_at
        and (cp_plan.end_date is null or cp_plan.end_date > supervised.as_at)
    left join cin_plan
        on cin_plan.child_id = supervised.child_id
        and cin_plan.start_date <= supervised.as_at
        and (cin_plan.end_date is null or cin_plan.end_date > supervised.as_at)
    group by
        supervised.period_kind, supervised.period_end, supervised.as_at, supervised.child_id, supervised.team_id,
        supervised.first_day, supervised.allowed, supervised.held_date
)

select
    planned.period_kind,
    planned.period_end,
    planned.child_id as member_key,
    planned.child_id,
    planned.team_id,
    case when planned.as_at - planned.held_date <= planned.allowed then 1 else 0 end as numerator,
    1 as denominator,
    planned.as_at - planned.held_date as measure,
    coalesce(planned.held_date, planned.first_day) + planned.allowed as due_date,
    case
        when planned.is_in_care then 'in care'
        when planned.has_protection_plan then 'protection plan'
        when planned.has_need_plan then 'need plan'
        else 'no plan'
    end as band
from planned
