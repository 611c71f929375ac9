-- title: Open to social care and to youth justice
-- id: D42
-- question: How many children are known to both services?
-- grain: one row per child with an open case and an open youth justice intervention at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- needs: [yj_intervention, ssd_cin_episodes]
-- sources: ["catalogue D42 and convention K18, matched by the person"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    open_child.child_id as member_key,
    open_child.child_id,
    1 as numerator
from period
inner join open_child
    on open_child.first_day <= period.as_at
    and (open_child.last_day is null or open_child.last_day >= period.as_at)
inner join yj_intervention
    on yj_intervention.person_id = open_child.child_id
    and yj_intervention.start_date <= period.as_at
    and (yj_intervention.end_date is null or yj_intervention.end_date > period.as_at)
group by period.period_kind, period.period_end, open_child.child_id
