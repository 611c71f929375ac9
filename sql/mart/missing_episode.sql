-- title: Ended missing episodes and their return home interviews
-- grain: one row per ended missing episode of a child under 18, or police report without an episode in the case system
-- key: [episode_id]
-- sources: ["Statutory guidance on children who run away or go missing from home or care, 2014", "convention K05"]
-- columns:
--   episode_id: Episode (ssd_missing), or the police report
--   child_id: The child; null if not recorded
--   started_at: When the child went missing
--   return_date: Day of return
--   returned_at: When the child returned; midnight if only the day is known
--   held_at: When the return home interview was held; null if not held
--   is_interview_not_applicable: True if no interview was applicable
--   is_date_only: True if return or interview has a date without a time, so days are compared
--   offered: "Y, N or NA: whether an interview was offered; null if not recorded"
--   accepted: "Y, N or NA: whether the child accepted; null if not recorded"
--   is_offer_different: True if the offer record and the case system disagree
--   declined_date: Day on which the child declined; null if not declined
with episode as (
    select
        ssd_missing.miss_table_id as episode_id,
        ssd_missing.miss_person_id as child_id,
        ssd_missing.miss_table_id,
        null::text as report_id,
        coalesce(min(missing_report.missing_start_at), ssd_missing.miss_missing_episode_start_date) as started_at,
        coalesce(max(missing_report.returned_at), ssd_missing.miss_missing_episode_end_date) as returned_at,
        (
            coalesce(max(missing_report.returned_at), ssd_missing.miss_missing_episode_end_date) at time zone 'Europe/London'
        )::date as return_date,
        coalesce(max(ssd_missing.miss_missing_episode_type), 'M') as episode_type,
        max(ssd_missing.miss_missing_rhi_offered) as offered_in_case_system,
        max(ssd_missing.miss_missing_rhi_accepted) as accepted_in_case_system
    from ssd_missing
    left join missing_report on missing_report.miss_table_id = ssd_missing.miss_table_id
    group by
        ssd_missing.miss_table_id,
        ssd_missing.miss_person_id,
        ssd_missing.miss_missing_episode_start_date,
        ssd_missing.miss_missing_episode_end_date
    union all
    select
        missing_report.report_id as episode_id,
        missing_report.person_id as child_id,
        null::text as miss_table_id,
        missing_report.report_id,
        missing_report.missing_start_at as started_at,
        missing_report.returned_at,
        (missing_report.returned_at at time zone 'Europe/London')::date as return_date,
        'M' as episode_type,
        null::text as offered_in_case_system,
        null::text as accepted_in_case_system
    from missing_report
    where missing_report.miss_table_id is null
),

returned as (
    select
        episode.*,
        -- Case systems write a date without a time as midnight.
        episode.returned_at = episode.return_date::timestamp at time zone 'Europe/London' as has_return_date_only
    from episode
    left join ssd_person on ssd_person.pers_person_id = episode.child_id
    left join parameter as away
        on away.name = 'return_interview_away'
        and away.valid_from <= episode.return_date
        and (away.valid_to is null or away.valid_to > episode.return_date)
    where
        episode.return_date is not null
        and (episode.episode_type = 'M' or away.text_value = 'yes')
        and (ssd_person.pers_dob is null or episode.return_date < ssd_person.pers_dob + interval '18 years')
        and (ssd_person.pers_death_date is null or episode.return_date < ssd_person.pers_death_date)
),

covering as (
    select
        returned.episode_id,
        rhi_offer.held_at
    from returned
    inner join rhi_offer on rhi_offer.miss_table_id = returned.miss_table_id
    where rhi_offer.covers_later_episodes
    union
    select
        returned.episode_id,
        rhi_offer.held_at
    from returned
    inner join rhi_offer on rhi_offer.report_id = returned.report_id
    where rhi_offer.covers_later_episodes
),

answered as (
    select
        returned.episode_id,
        rhi_offer.offered,
        rhi_offer.accepted,
        (coalesce(rhi_offer.offered_at, rhi_offer.recorded_at) at time zone 'Europe/London')::date as offer_date,
        rhi_offer.held_at
    from returned
    inner join rhi_offer on rhi_offer.miss_table_id = returned.miss_table_id
    union all
    select
        returned.episode_id,
        rhi_offer.offered,
        rhi_offer.accepted,
        (coalesce(rhi_offer.offered_at, rhi_offer.recorded_at) at time zone 'Europe/London')::date as offer_date,
        rhi_offer.held_at
    from returned
    inner join rhi_offer on rhi_offer.report_id = returned.report_id
    where rhi_offer.miss_table_id is null
    union all
    -- An interview also covers a later episode if it says so and was held after that return.
    select
        later.episode_id,
        null as offered,
        null as accepted,
        null::date as offer_date,
        covering.held_at
    from returned as later
    inner join returned as earlier
        on earlier.child_id = later.child_id
        and earlier.episode_id <> later.episode_id
        and earlier.return_date <= (later.started_at at time zone 'Europe/London')::date
    inner join covering on covering.episode_id = earlier.episode_id and covering.held_at >= later.started_at
    where
        case
            when later.has_return_date_only then (covering.held_at at time zone 'Europe/London')::date >= later.return_date
            else covering.held_at >= later.returned_at
        end
),

interview as (
    select
        returned.episode_id,
        bool_and(coalesce(answered.offered = 'NA', false)) filter (where answered.offered is not null) as is_not_applicable,
        count(answered.offered) as offers,
        bool_or(answered.offered = 'Y') as is_offered,
        bool_or(answered.offered = 'N') as is_not_offered,
        bool_or(answered.accepted = 'Y') as is_accepted,
        bool_or(answered.accepted = 'N') as is_declined,
        bool_or(answered.accepted = 'NA') as is_answer_not_applicable,
        max(answered.offer_date) as offer_date,
        coalesce(
            min(answered.held_at) filter (
                where
                case
                    when returned.has_return_date_only
                        then (answered.held_at at time zone 'Europe/London')::date >= returned.return_date
                    else answered.held_at >= returned.returned_at
                end
            ),
            min(answered.held_at)
        ) as held_at
    from returned
    inner join answered on answered.episode_id = returned.episode_id
    group by returned.episode_id
),

-- Offer and answer: the offer record takes precedence over the flag of the case system.
known as (
    select
        returned.*,
        interview.held_at,
        interview.offer_date,
        case
            when interview.offers > 0 then coalesce(interview.is_not_applicable, false)
            else coalesce(returned.offered_in_case_system = 'NA', false)
        end as is_interview_not_applicable,
        case
            when interview.is_offered then 'Y'
            when interview.is_not_offered then 'N'
            when interview.is_not_applicable then 'NA'
            else returned.offered_in_case_system
        end as offered,
        case
            when interview.is_accepted then 'Y'
            when interview.is_declined then 'N'
            when interview.is_answer_not_applicable then 'NA'
            else returned.accepted_in_case_system
        end as accepted
    from returned
    left join interview on interview.episode_id = returned.episode_id
)

select
    known.episode_id,
    known.child_id,
    known.started_at,
    known.return_date,
    known.returned_at,
    known.held_at,
    known.is_interview_not_applicable,
    known.has_return_date_only
    or coalesce(
        known.held_at = (known.held_at at time zone 'Europe/London')::date::timestamp at time zone 'Europe/London', false
    ) as is_date_only,
    known.offered,
    known.accepted,
    -- Listed as a difference.
    coalesce(known.offered <> known.offered_in_case_system, false) as is_offer_different,
    case when known.accepted = 'N' then greatest(known.offer_date, known.return_date) end as declined_date
from known
