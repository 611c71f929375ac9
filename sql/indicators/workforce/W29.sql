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
    worker_spell.spell_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    worker_spell.fte as numerator,
    case worker_spell.csww_role
        when '1' then 'senior manager'
        when '2' then 'middle manager'
        when '3' then 'first line manager'
        when '4' then 'senior practitioner'
        when '5' then 'case holder'
        when '6' then 'qualified without cases'
        else 'not recorded'
    end as band
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
where worker_spell.is_social_worker and not worker_spell.is_agency and worker_spell.fte is not null
