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
-- used_by: [pack, councillors_report]
select
    missing_episode.episode_id as member_key,
    missing_episode.child_id,
    missing_episode.returned_at as clock_start,
    missing_episode.held_at as clock_stop,
    missing_episode.is_date_only,
    missing_episode.declined_date
from missing_episode
where not missing_episode.is_interview_not_applicable
