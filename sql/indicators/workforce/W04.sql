-- title: Vacancies (FTE)
-- id: W04
-- question: How many funded posts have no directly employed holder, in full-time equivalents?
-- grain: one row per post in the scope of the census with a vacant part at the date
-- calc: sum
-- better: low
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW statistics: vacancies, covered by agency staff or not, advertised or not"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    post_holding.post_id as member_key,
    post_holding.team_id,
    post_holding.vacant_fte as numerator
from period
inner join post_holding
    on post_holding.first_day <= period.as_at
    and (post_holding.last_day is null or post_holding.last_day >= period.as_at)
where post_holding.vacant_fte > 0
