-- title: Why workers changed
-- id: C07
-- question: Why do social workers change?
-- grain: one row per change of a child's social worker in the period
-- calc: count
-- better: neither
-- periods: [year]
-- bands: [managing caseloads, worker left the role, reorganisation, usual transfer, absence, asked for, worker died, other, not recorded]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes]
-- sources: ["SSDA903 code set of reasons for a change of social worker; a first worker is not a change"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    worker_change.child_id || '/' || worker_change.day as member_key,
    worker_change.child_id,
    worker_change.team_id,
    1 as numerator,
    case worker_change.reason
        when 'MANAGE' then 'managing caseloads'
        when 'LEFTRL' then 'worker left the role'
        when 'ORGRST' then 'reorganisation'
        when 'TSPROC' then 'usual transfer'
        when 'ABSENC' then 'absence'
        when 'CHCHAN' then 'asked for'
        when 'PCCHAN' then 'asked for'
        when 'SWDIED' then 'worker died'
        when 'OTHERS' then 'other'
        else case when worker_change.reason is null then 'not recorded' else 'other' end
    end as band
from period
inner join worker_change on worker_change.day between period.period_start and period.as_at
