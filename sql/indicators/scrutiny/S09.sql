-- title: Children who came into care within six months of an edge-of-care approval
-- id: S09
-- question: Does the panel prevent or plan care?
-- grain: one row per child not in care whose edge-of-care request was approved in the 12 months that ended six months ago
-- calc: percent
-- better: neither
-- periods: [year]
-- needs: [panel_request, panel_decision, ssd_cla_episodes]
-- sources: ["catalogue S09 and convention K04"]
-- used_by: [pack]
with approved as (
    select
        panel_ruling.child_id,
        panel_ruling.team_id,
        panel_ruling.decision_date,
        (panel_ruling.decision_date + interval '6 months')::date as watched_until
    from panel_ruling
    where
        panel_ruling.request_type = 'edge_of_care'
        and panel_ruling.decision in ('approved', 'approved_changed')
        and panel_ruling.child_id is not null
        and not exists (
            select 1
            from care_period
            where
                care_period.child_id = panel_ruling.child_id
                and care_period.first_day <= panel_ruling.decision_date
                and (care_period.last_day is null or care_period.last_day >= panel_ruling.decision_date)
        )
)

select
    period.period_kind,
    period.period_end,
    approved.child_id as member_key,
    approved.child_id,
    max(approved.team_id) as team_id,
    case when count(care_period.child_id) > 0 then 1 else 0 end as numerator,
    1 as denominator
from period
inner join approved
    on approved.decision_date <= (period.as_at - interval '6 months')::date
    and approved.decision_date > (period.as_at - interval '18 months')::date
left join care_period
    on care_period.child_id = approved.child_id
    and care_period.first_day > approved.decision_date
    and care_period.first_day <= approved.watched_until
    and care_period.first_day <= period.as_at
group by period.period_kind, period.period_end, approved.child_id
