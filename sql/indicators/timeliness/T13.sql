-- title: First core group within ten working days
-- id: T13
-- question: Does the work on a plan begin?
-- grain: one row per protection plan begun in the period that reached its tenth working day or had a core group
-- calc: percent
-- better: high
-- periods: [six_months]
-- needs: [ssd_cp_plans, core_group]
-- sources: ["Working Together to Safeguard Children 2023: the core group meets within ten working days of the initial conference"]
-- used_by: [pack]
with met as (
    select
        cp_plan.plan_id,
        min(core_group.held_date) filter (where core_group.held_date >= cp_plan.clock_date) as held_date,
        min(core_group.held_date) as earliest_date
    from core_group
    inner join ssd_cp_plans on ssd_cp_plans.cppl_cp_plan_id = core_group.cp_plan_id
    -- By the plan in cp_plan, which may merge several records.
    inner join cp_plan
        on cp_plan.child_id = ssd_cp_plans.cppl_person_id
        and cp_plan.start_date <= ssd_cp_plans.cppl_cp_plan_start_date
        and (
            cp_plan.end_date is null
            or cp_plan.end_date > ssd_cp_plans.cppl_cp_plan_start_date
            or cp_plan.start_date = ssd_cp_plans.cppl_cp_plan_start_date
        )
    group by cp_plan.plan_id
),

dated as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        cp_plan.plan_id,
        cp_plan.child_id,
        cp_plan.end_date,
        standard.number_value as allowed,
        met.held_date is null and met.earliest_date <= period.as_at as is_bad_date,
        held_day.working_day_no - clock_day.working_day_no as working_days,
        clock_day.working_day_no + standard.number_value as due_working_day_no
    from period
    inner join cp_plan on cp_plan.start_date between period.period_start and period.as_at
    inner join calendar_day as clock_day on clock_day.day = cp_plan.clock_date
    inner join parameter as standard
        on standard.name = 'core_group_working_days'
        and standard.valid_from <= cp_plan.clock_date
        and (standard.valid_to is null or standard.valid_to > cp_plan.clock_date)
    left join met on met.plan_id = cp_plan.plan_id
    left join calendar_day as held_day on held_day.day = met.held_date and held_day.day <= period.as_at
    where not cp_plan.is_other_authority
)

select
    dated.period_kind,
    dated.period_end,
    dated.plan_id as member_key,
    dated.child_id,
    case when dated.working_days <= dated.allowed then 1 else 0 end as numerator,
    1 as denominator,
    dated.working_days as measure,
    due_day.day as due_date
from dated
inner join calendar_day as due_day on due_day.is_working_day and due_day.working_day_no = dated.due_working_day_no
where
    dated.working_days is not null
    or (
        -- A meeting before the conference is ignored.
        not coalesce(dated.is_bad_date, false)
        and due_day.day <= dated.as_at
        and (dated.end_date is null or dated.end_date >= due_day.day)
    )
