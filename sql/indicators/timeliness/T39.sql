-- title: Return home interview accepted
-- id: T39
-- question: Do children accept the interview?
-- grain: one row per missing episode ended in the period whose child was offered an interview
-- calc: percent
-- better: high
-- periods: [six_months, month]
-- bands: [accepted, declined, not applicable, pending, not recorded]
-- needs: [ssd_missing]
-- sources: ["Statutory guidance on children who run away or go missing from home or care, 2014; a missing answer is pending for 72 hours"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    missing_episode.episode_id as member_key,
    missing_episode.child_id,
    case when missing_episode.accepted = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    case
        when missing_episode.accepted = 'Y' then 'accepted'
        when missing_episode.accepted = 'N' then 'declined'
        when missing_episode.accepted = 'NA' then 'not applicable'
        when
            case
                when missing_episode.is_date_only
                    then missing_episode.return_date + (standard.number_value / 24)::integer >= period.as_at
                else
                    missing_episode.returned_at + standard.number_value * interval '1 hour'
                    >= (period.as_at + 1)::timestamp at time zone 'Europe/London'
            end
            then 'pending'
        else 'not recorded'
    end as band
from period
inner join missing_episode on missing_episode.return_date between period.period_start and period.as_at
inner join parameter as standard
    on standard.name = 'return_interview_hours'
    and standard.valid_from <= missing_episode.return_date
    and (standard.valid_to is null or standard.valid_to > missing_episode.return_date)
where missing_episode.offered = 'Y'
