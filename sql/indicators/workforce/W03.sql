-- title: Establishment (FTE posts)
-- id: W03
-- question: How many social work posts are funded?
-- grain: one row per funded post in scope at the date
-- calc: sum
-- better: neither
-- periods: [snapshot]
-- needs: [hr_post]
-- sources: ["catalogue W03: time-limited and frozen posts count while funded; supernumerary posts do not"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    post_holding.post_id as member_key,
    post_holding.team_id,
    post_holding.funded_fte as numerator
from period
inner join post_holding
    on post_holding.first_day <= period.as_at
    and (post_holding.last_day is null or post_holding.last_day >= period.as_at)
