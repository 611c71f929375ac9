-- title: Case audits done
-- id: S10
-- question: Do we look at our own work as planned?
-- grain: one row per audit planned in the period
-- calc: percent
-- better: high
-- target: 100
-- periods: [month, three_months]
-- bands: {codes: local.case_audit.topic}
-- band_figure: percent
-- needs: [case_audit]
-- sources: ["catalogue S10: audits cancelled with a reason are left out"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    audit.audit_id as member_key,
    audit.child_id,
    audit.team_id,
    case when audit.completed_date <= period.as_at then 1 else 0 end as numerator,
    1 as denominator,
    case
        when audit.topic is null then 'not recorded'
        when known.code is null then 'unknown code'
        else audit.topic
    end as band
from period
inner join audit on audit.planned_date between period.period_start and period.as_at
left join code as known on known.code_list = 'local.case_audit.topic' and known.code = audit.topic
where not audit.is_cancelled
