-- title: Role mix
-- id: W29
-- question: What roles make up the workforce?
-- grain: one row per employed social worker at the date, with FTE and the most senior role
-- calc: sum
-- better: neither
-- periods: [snapshot]
-- bands: [senior manager, middle manager, first line manager, senior practitioner, case holder, qualified without cases, not recorded]
-- band_figure: sum
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW code set ORG_ROLE; of two roles the more senior"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    min(worker_spell.worker_id) as member_key,
    min(worker_spell.worker_id) as worker_id,
    min(worker_spell.team_id) as team_id,
    sum(worker_spell.fte) as numerator,
    case min(worker_spell.csww_role)
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
group by period.period_kind, period.period_end, worker_spell.person_key
