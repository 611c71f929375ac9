-- title: Role mix
-- id: W29
-- question: What roles make up the workforce?
-- grain: one row per employment of a social worker at the date, with its FTE in its own role
-- calc: sum
-- better: neither
-- periods: [snapshot]
-- bands: [senior manager, middle manager, first line manager, senior practitioner, case holder, qualified without cases, not recorded]
-- band_figure: sum
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW code set ORG_ROLE; methodology of the statistics: with two roles, the headcount goes to the more senior one; the FTE stays in its role"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    employment.employment_id as member_key,
    employment.worker_id,
    employment.team_id,
    employment.fte as numerator,
    case employment.csww_role
        when '1' then 'senior manager'
        when '2' then 'middle manager'
        when '3' then 'first line manager'
        when '4' then 'senior practitioner'
        when '5' then 'case holder'
        when '6' then 'qualified without cases'
        else 'not recorded'
    end as band
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
