-- title: Return home interviews held within 72 hours, of all returns
-- id: T40
-- question: Was the child heard in time?
-- grain: one row per ended missing episode to which an interview applies
-- calc: percent
-- better: high
-- clock: {from: return date and time, to: interview date and time, unit: hours, standard: return_interview_hours}
-- views: [started]
-- periods: [six_months, month]
-- needs: [ssd_missing, rhi_offer]
-- sources: ["Statutory guidance on children who run away or go missing from home or care, 2014"]
-- used_by: [pack, members_report]
select
    missing_episode.episode_id as member_key,
    missing_episode.child_id,
    missing_episode.returned_at as clock_start,
    -- Dates alone are compared as dates, three days for 72 hours; else the limit runs between moments.
    case
        when missing_episode.is_date_only
            then (missing_episode.return_date + (standard.number_value / 24)::integer)::timestamp at time zone 'Europe/London'
        else missing_episode.returned_at + standard.number_value * interval '1 hour'
    end as due_at,
    missing_episode.held_at as clock_stop,
    case
        when not missing_episode.is_date_only
            then extract(epoch from missing_episode.held_at - missing_episode.returned_at) / 3600
    end as measure,
    missing_episode.is_date_only
from missing_episode
inner join parameter as standard
    on standard.name = 'return_interview_hours'
    and standard.valid_from <= missing_episode.return_date
    and (standard.valid_to is null or standard.valid_to > missing_episode.return_date)
where not missing_episode.is_interview_not_applicable
