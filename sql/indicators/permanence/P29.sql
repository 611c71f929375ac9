-- title: Children in care by legal status
-- id: P29
-- question: Under which legal status are children in care?
-- grain: one row per child in care at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: [C1, C2, D1, E1, V2, other, not recorded]
-- needs: [ssd_legal_status, ssd_cla_episodes]
-- sources: ["SSDA903 code set LS; of two open ones, the one that began later"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as numerator,
    1 as denominator,
    case
        when legal_status.status is null then 'not recorded'
        when legal_status.status in ('C1', 'C2', 'D1', 'E1', 'V2') then legal_status.status
        else 'other'
    end as band
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join legal_status
    on legal_status.child_id = care_period.child_id
    and legal_status.first_day <= period.as_at
    and (legal_status.last_day is null or legal_status.last_day >= period.as_at)
