-- title: Children with a plan as children in need
-- id: D12
-- question: How many children have a child in need plan?
-- grain: one row per child with an open plan at the date who is neither on a protection plan nor in care
-- calc: [count, rate]
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cin_plans, ssd_cp_plans, ssd_cla_episodes]
-- sources: ["catalogue D12; a plan left open during a protection plan or care is not counted"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cin_plan.child_id as member_key,
    cin_plan.child_id,
    max(cin_plan.team_id) as team_id,
    1 as numerator
from period
inner join cin_plan
    on cin_plan.start_date <= period.as_at
    and (cin_plan.end_date is null or cin_plan.end_date > period.as_at)
where cin_plan.child_id is not null and not cin_plan.covered_days @> period.as_at
group by period.period_kind, period.period_end, cin_plan.child_id
