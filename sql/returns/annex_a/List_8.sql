-- title: Children in care
-- grain: one row per child in care on a day of the six months before, without series of short breaks; the latest period of care
-- years: {first: 2020}
-- sources: ["Annex A list 8: layout of the regional peers", "catalogue D28, P08, P28, T22 to T33, conventions K08 and K12"]
with period_of_care as (
    select distinct on (care_period.child_id)
        care_period.child_id,
        care_period.first_day,
        care_period.end_reason,
        case when care_period.end_date <= collection.collection_end then care_period.end_date end as ceased_date,
        least(care_period.end_date, collection.collection_end) as case_day,
        (collection.collection_end - interval '12 months')::date as year_before
    from care_period
    cross join collection
    where
        care_period.first_day <= collection.collection_end
        and (care_period.end_date is null or care_period.end_date >= collection.collection_start)
    order by care_period.child_id asc, care_period.first_day desc
),

earlier as (
    select distinct period_of_care.child_id
    from period_of_care
    inner join care_period
        on care_period.child_id = period_of_care.child_id
        and care_period.first_day < period_of_care.first_day
        and care_period.end_date >= period_of_care.year_before
),

episode as (
    select distinct on (period_of_care.child_id)
        period_of_care.child_id,
        ssd_cla_episodes.clae_cla_primary_need_code as need
    from period_of_care
    inner join ssd_cla_episodes
        on ssd_cla_episodes.clae_person_id = period_of_care.child_id
        and ssd_cla_episodes.clae_cla_episode_start_date <= period_of_care.case_day
        and (
            ssd_cla_episodes.clae_cla_episode_ceased_date is null
            or ssd_cla_episodes.clae_cla_episode_ceased_date >= period_of_care.first_day
        )
    order by
        period_of_care.child_id asc,
        ssd_cla_episodes.clae_cla_episode_start_date desc,
        (ssd_cla_episodes.clae_cla_primary_need_code is null) asc,
        ssd_cla_episodes.clae_cla_episode_id desc
),

reviewing_officer as (
    select
        period_of_care.child_id,
        max(ssd_cla_episodes.clae_cla_last_iro_contact_date) as contact_date
    from period_of_care
    inner join ssd_cla_episodes
        on ssd_cla_episodes.clae_person_id = period_of_care.child_id
        and ssd_cla_episodes.clae_cla_last_iro_contact_date between period_of_care.first_day and period_of_care.case_day
    group by period_of_care.child_id
),

status as (
    select distinct on (period_of_care.child_id)
        period_of_care.child_id,
        legal_status.status,
        legal_status.first_day
    from period_of_care
    inner join legal_status
        on legal_status.child_id = period_of_care.child_id
        and legal_status.first_day <= period_of_care.case_day
        -- That on the day, or the last one if the child has left care.
        and (
            legal_status.last_day is null
            or legal_status.last_day >= case
                when period_of_care.ceased_date is null then period_of_care.case_day else period_of_care.first_day
            end
        )
    where not legal_status.is_short_break
    order by period_of_care.child_id asc, legal_status.first_day desc
),

review as (
    select
        period_of_care.child_id,
        max(care_review.review_date) as review_date
    from period_of_care
    inner join care_review
        on care_review.child_id = period_of_care.child_id
        and care_review.care_first_day = period_of_care.first_day
        and care_review.review_date <= period_of_care.case_day
    group by period_of_care.child_id
),

visit as (
    select
        period_of_care.child_id,
        max(care_visit.visit_date) as visit_date
    from period_of_care
    inner join care_visit
        on care_visit.child_id = period_of_care.child_id
        and care_visit.visit_date between period_of_care.first_day and period_of_care.case_day
    where coalesce(care_visit.child_seen, '') <> 'N'
    group by period_of_care.child_id
),

-- Of several aims in one plan, the first in the list.
plan as (
    select distinct on (period_of_care.child_id)
        period_of_care.child_id,
        coalesce(aim.code, care_plan.plan_keys[1]) as permanence_plan
    from period_of_care
    inner join care_plan
        on care_plan.child_id = period_of_care.child_id
        and care_plan.care_first_day = period_of_care.first_day
        and care_plan.start_date <= period_of_care.case_day
    left join translation as aim
        on aim.code_list = 'annex_a_text.permanence_plan' and aim.said = any(care_plan.plan_keys)
    where care_plan.has_permanence_plan
    order by period_of_care.child_id asc, care_plan.start_date desc, care_plan.plan_id desc, aim.code asc
),

health as (
    select
        period_of_care.child_id,
        max(health_check.check_date) filter (
            where health_check.kind in ('health', 'initial_health', 'review_health')
        ) as health_date,
        max(health_check.check_date) filter (where health_check.kind = 'dental') as dental_date
    from period_of_care
    inner join health_check
        on health_check.child_id = period_of_care.child_id
        and health_check.check_date <= period_of_care.case_day
    where coalesce(health_check.status, 'Completed') = 'Completed'
    group by period_of_care.child_id
),

placed as (
    select
        period_of_care.child_id,
        placement.placement_id,
        placement.start_date,
        placement.is_temporary,
        coalesce(placement.end_date > period_of_care.year_before, true) as is_in_year,
        row_number() over (
            partition by period_of_care.child_id order by placement.start_date desc, placement.placement_id desc
        ) as number
    from period_of_care
    inner join placement
        on placement.child_id = period_of_care.child_id
        and placement.start_date <= period_of_care.case_day
),

-- The present placement counts; earlier temporary ones do not.
placements as (
    select
        placed.child_id,
        count(*) filter (where placed.is_in_year and (placed.number = 1 or not placed.is_temporary)) as placements,
        min(placed.placement_id) filter (where placed.number = 1) as placement_id
    from placed
    group by placed.child_id
),

missing as (
    select
        period_of_care.child_id,
        count(*) filter (where missing_incident.episode_type = 'M') as missing,
        count(*) filter (where missing_incident.episode_type = 'A') as absent
    from period_of_care
    inner join missing_incident
        on missing_incident.child_id = period_of_care.child_id
        and missing_incident.start_date between period_of_care.year_before and period_of_care.case_day
    where missing_incident.is_from_care
    group by period_of_care.child_id
),

last_missing as (
    select distinct on (period_of_care.child_id)
        period_of_care.child_id,
        missing_incident.episode_id
    from period_of_care
    cross join collection
    inner join missing_incident
        on missing_incident.child_id = period_of_care.child_id
        and missing_incident.start_date >= period_of_care.year_before
        and missing_incident.end_date <= collection.collection_end
    where missing_incident.is_from_care and missing_incident.episode_type = 'M'
    order by period_of_care.child_id asc, missing_incident.end_date desc, missing_incident.episode_id desc
),

answer as (
    select
        last_missing.child_id,
        rhi_offer.offered,
        rhi_offer.accepted
    from last_missing
    cross join collection
    inner join rhi_offer on last_missing.episode_id in (rhi_offer.miss_table_id, rhi_offer.report_id)
    where
        rhi_offer.offered_at is null
        or (rhi_offer.offered_at at time zone 'Europe/London')::date <= collection.collection_end
    union all
    select
        last_missing.child_id,
        ssd_missing.miss_missing_rhi_offered as offered,
        ssd_missing.miss_missing_rhi_accepted as accepted
    from last_missing
    inner join ssd_missing on ssd_missing.miss_table_id = last_missing.episode_id
),

-- One offer is enough; not applicable and not recorded are not answers.
interview as (
    select
        answer.child_id,
        min(offered.code) filter (where offered.code in ('a) Yes', 'b) No')) as offered,
        min(accepted.code) filter (where accepted.code in ('a) Yes', 'b) No')) as accepted
    from answer
    left join translation as offered on offered.code_list = 'annex_a_text.yes_no' and offered.said = answer.offered
    left join translation as accepted on accepted.code_list = 'annex_a_text.yes_no' and accepted.said = answer.accepted
    group by answer.child_id
),

alone as (
    select distinct period_of_care.child_id
    from period_of_care
    cross join collection
    inner join unaccompanied
        on unaccompanied.child_id = period_of_care.child_id
        and unaccompanied.first_day <= collection.collection_end
        and (unaccompanied.last_day is null or unaccompanied.last_day >= period_of_care.year_before)
),

authority_name as (
    select distinct on (authority.la_code)
        authority.la_code,
        authority.la_name
    from authority
    cross join collection
    where authority.valid_from <= collection.collection_end
    order by authority.la_code asc, authority.valid_from desc
)

select
    row_number() over (order by period_of_care.child_id) - 1 as row_id,
    period_of_care.child_id,
    case
        when period_of_care.ceased_date is not null or coalesce(held.last_day >= period_of_care.case_day, true) then held.team_id
    end as team_id,
    case
        when period_of_care.ceased_date is not null or coalesce(held.last_day >= period_of_care.case_day, true) then held.worker_id
    end as worker_id,
    period_of_care.child_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    case when alone.child_id is not null then 'a) Yes' else 'b) No' end as uasc,
    coalesce(listed_child.disability, 'c) Unknown') as disability,
    period_of_care.first_day as start_date,
    coalesce(need.code, episode.need) as category_of_need,
    case when earlier.child_id is not null then 'a) Yes' else 'b) No' end as second_period,
    status.first_day as legal_status_date,
    coalesce(status_text.code, status.status) as legal_status,
    review.review_date as latest_review_date,
    visit.visit_date as last_visit_date,
    plan.permanence_plan,
    reviewing_officer.contact_date as last_iro_date,
    health.health_date as last_health_date,
    health.dental_date as last_dental_date,
    coalesce(placements.placements, 0) as number_of_placements,
    period_of_care.ceased_date,
    case
        when period_of_care.ceased_date is not null then coalesce(reason.code, period_of_care.end_reason)
    end as ceased_reason,
    placement.start_date as placement_date,
    coalesce(kind.code, placement.placement_type) as placement_type,
    coalesce(provider.code, placement.provider) as placement_provider,
    placement.postcode as placement_postcode,
    placement.urn as placement_urn,
    case
        when placement_area.is_inside then 'a) In'
        when not placement_area.is_inside then 'b) Out'
    end as placement_location,
    coalesce(area.code, authority_name.la_name, placement_area.la_code) as placement_la,
    coalesce(missing.missing, 0) as number_of_missing,
    coalesce(missing.absent, 0) as number_of_absent,
    interview.offered as interview_offered,
    interview.accepted as interview_accepted,
    case
        when period_of_care.ceased_date is not null or coalesce(held.last_day >= period_of_care.case_day, true)
            then held.allocated_team
    end as allocated_team,
    case
        when period_of_care.ceased_date is not null or coalesce(held.last_day >= period_of_care.case_day, true)
            then held.allocated_worker
    end as allocated_worker
from period_of_care
left join listed_child on listed_child.child_id = period_of_care.child_id
left join earlier on earlier.child_id = period_of_care.child_id
left join episode on episode.child_id = period_of_care.child_id
left join reviewing_officer on reviewing_officer.child_id = period_of_care.child_id
left join status on status.child_id = period_of_care.child_id
left join review on review.child_id = period_of_care.child_id
left join visit on visit.child_id = period_of_care.child_id
left join plan on plan.child_id = period_of_care.child_id
left join health on health.child_id = period_of_care.child_id
left join placements on placements.child_id = period_of_care.child_id
left join placement on placement.placement_id = placements.placement_id
left join placement_area on placement_area.placement_id = placements.placement_id
left join authority_name on authority_name.la_code = placement_area.la_code
left join missing on missing.child_id = period_of_care.child_id
left join interview on interview.child_id = period_of_care.child_id
left join alone on alone.child_id = period_of_care.child_id
left join responsible_worker as held
    on held.child_id = period_of_care.child_id
    and held.first_day <= period_of_care.case_day
    and (held.next_first_day is null or held.next_first_day > period_of_care.case_day)
    and (held.last_day is null or held.last_day >= period_of_care.first_day)
left join translation as need on need.code_list = 'annex_a_text.need' and need.said = episode.need
left join translation as status_text
    on status_text.code_list = 'annex_a_text.legal_status' and status_text.said = status.status
left join translation as reason
    on reason.code_list = 'annex_a_text.reason_ceased' and reason.said = period_of_care.end_reason
left join translation as kind
    on kind.code_list = 'annex_a_text.placement_type' and kind.said = placement.placement_type
left join translation as provider
    on provider.code_list = 'annex_a_text.placement_provider' and provider.said = placement.provider
left join translation as area on area.code_list = 'annex_a_text.la_of_placement' and area.said = placement_area.la_code
