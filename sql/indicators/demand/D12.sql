-- title: Children with a plan as children in need
-- id: D12
-- question: How many children are helped by a plan of their own?
-- grain: one row per child with a plan open at the date, and neither a protection plan nor care
-- calc: [count, rate]
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cin_plans, ssd_cp_plans, ssd_cla_episodes]
-- sources: ["catalogue D12; a plan left open behind a protection plan or care is not counted"]
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
