-- title: Conferences that led to a plan
-- id: D17
-- question: How many conferences end in a protection plan?
-- grain: one row per child and initial conference held in the period
-- calc: percent
-- better: neither
-- periods: [six_months, three_months, year]
-- bands: [plan decided but not started, plan started but not decided, outcome not recorded]
-- needs: [ssd_initial_cp_conference]
-- sources: ["catalogue D17: the recorded decision, or else a plan that starts on the day of the conference"]
-- used_by: [pack]
with planned as (
    select
        conference.conference_id,
        bool_or(cp_plan.plan_id is not null) as has_plan
    from conference
    inner join cp_plan
        on cp_plan.child_id = conference.child_id
        and cp_plan.start_date = conference.conference_date
    where not cp_plan.is_other_authority
    group by conference.conference_id
),

decided as (
    select
        conference.*,
        coalesce(planned.has_plan, false) as has_plan
    from conference
    left join planned on planned.conference_id = conference.conference_id
)

select
    period.period_kind,
    period.period_end,
    decided.conference_id as member_key,
    decided.child_id,
    decided.team_id,
    case
        when decided.outcome_plan = 'Y' then 1
        when decided.outcome_plan = 'N' then 0
        when decided.has_plan then 1
        else 0
    end as numerator,
    1 as denominator,
    case
        when decided.outcome_plan = 'Y' and not decided.has_plan then 'plan decided but not started'
        when decided.outcome_plan = 'N' and decided.has_plan then 'plan started but not decided'
        when decided.outcome_plan is null then 'outcome not recorded'
    end as band
from period
inner join decided on decided.conference_date between period.period_start and period.as_at
