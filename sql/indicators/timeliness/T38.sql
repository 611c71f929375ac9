-- title: Return home interview offered
-- id: T38
-- question: Is an interview offered to every child who returns?
-- grain: one row per missing episode ended in the period to which an interview applies
-- calc: percent
-- better: high
-- target: 100
-- periods: [six_months, month]
-- bands: [offered, not offered, not recorded]
-- needs: [ssd_missing]
-- sources: ["Statutory guidance on children who run away or go missing from home or care, 2014; the record of the offer takes precedence over the flag"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    missing_episode.episode_id as member_key,
    missing_episode.child_id,
    case when missing_episode.offered = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    case missing_episode.offered when 'Y' then 'offered' when 'N' then 'not offered' else 'not recorded' end as band
from period
inner join missing_episode on missing_episode.return_date between period.period_start and period.as_at
where not missing_episode.is_interview_not_applicable
