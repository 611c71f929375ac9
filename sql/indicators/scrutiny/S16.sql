-- title: Threshold decisions that the reviewer agrees with
-- id: S16
-- question: Are threshold decisions right?
-- grain: one row per sampled decision whose review was completed in the period
-- calc: [percent, count]
-- better: high
-- target: 95
-- periods: [three_months]
-- bands: {codes: cin.ReferralSource}
-- least_base: 10
-- needs: [case_audit]
-- sources: ["catalogue S16: no percentage for fewer than ten; the source is that of the child's last referral before the review"]
-- used_by: [pack]
with sampled as (
    select distinct on (audit.audit_id)
        audit.audit_id,
        audit.child_id,
        audit.team_id,
        audit.completed_date,
        audit.decision_agreed,
        ssd_cin_episodes.cine_referral_source_code as source
    from audit
    left join ssd_cin_episodes
        on ssd_cin_episodes.cine_person_id = audit.child_id
        and ssd_cin_episodes.cine_referral_date <= audit.completed_date
    where audit.topic = 'threshold' and audit.decision_agreed in ('Y', 'N')
    order by
        audit.audit_id asc,
        ssd_cin_episodes.cine_referral_date desc nulls last,
        ssd_cin_episodes.cine_referral_id desc
)

select
    period.period_kind,
    period.period_end,
    sampled.audit_id as member_key,
    sampled.child_id,
    sampled.team_id,
    case when sampled.decision_agreed = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    case when sampled.source is null then 'not recorded' else coalesce(source.code, 'unknown code') end as band
from period
inner join sampled on sampled.completed_date between period.period_start and period.as_at
left join code as source on source.code_list = 'cin.ReferralSource' and source.code = sampled.source
