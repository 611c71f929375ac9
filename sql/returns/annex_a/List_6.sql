-- title: Children in need
-- grain: one row per child with an episode of need on a day of the six months before; an open one first, then the latest
-- years: {first: 2020}
-- sources: ["Annex A list 6: layout and order of tests for the case status of the regional peers"]
with episode as (
    select
        need_episode.referral_id,
        need_episode.child_id,
        need_episode.referral_date as start_date,
        need_episode.close_reason,
        need_episode.primary_need,
        case when need_episode.close_date <= collection.collection_end then need_episode.close_date end as closure_date
    from need_episode
    cross join collection
    where
        need_episode.child_id is not null
        and need_episode.referral_date <= collection.collection_end
        and (need_episode.close_date is null or need_episode.close_date >= collection.collection_start)
),

served as (
    select distinct episode.referral_id
    from episode
    inner join child_service
        on child_service.child_id = episode.child_id
        and (child_service.end_date is null or child_service.end_date >= episode.start_date)
        and (episode.closure_date is null or child_service.start_date <= episode.closure_date)
),

chosen as (
    select distinct on (episode.child_id)
        episode.*,
        least(episode.closure_date, collection.collection_end) as case_day,
        referral.team_id,
        referral.referral_worker_id as worker_id
    from episode
    cross join collection
    inner join served on served.referral_id = episode.referral_id
    inner join referral on referral.referral_id = episode.referral_id
    order by episode.child_id asc, (episode.closure_date is null) desc, episode.start_date desc, episode.referral_id desc
),

visit as (
    select
        ssd_cin_visits.cinv_person_id as child_id,
        ssd_cin_visits.cinv_cin_visit_date as visit_date
    from ssd_cin_visits
    where ssd_cin_visits.cinv_cin_visit_seen = 'Y'
    union all
    select
        cp_visit.child_id,
        cp_visit.visit_date
    from cp_visit
    where cp_visit.child_seen = 'Y'
    union all
    select
        care_visit.child_id,
        care_visit.visit_date
    from care_visit
    where care_visit.child_seen = 'Y'
),

last_seen as (
    select
        visit.child_id,
        max(visit.visit_date) as visit_date
    from visit
    cross join collection
    where visit.visit_date <= collection.collection_end
    group by visit.child_id
),

open_service as (
    select
        child_service.child_id,
        bool_or(child_service.kind = 'need plan') as has_need_plan,
        bool_or(child_service.kind = 'assessment') as has_assessment
    from child_service
    where child_service.end_date is null
    group by child_service.child_id
)

select
    row_number() over (order by chosen.child_id) - 1 as row_id,
    chosen.child_id,
    case
        when held.child_id is null then chosen.team_id
        when chosen.closure_date is not null or coalesce(held.last_day >= chosen.case_day, true) then held.team_id
    end as team_id,
    case
        when held.child_id is null then chosen.worker_id
        when chosen.closure_date is not null or coalesce(held.last_day >= chosen.case_day, true) then held.worker_id
    end as worker_id,
    chosen.child_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    coalesce(listed_child.disability, 'c) Unknown') as disability,
    chosen.start_date,
    coalesce(need.code, chosen.primary_need, 'N0 - Not stated') as primary_need,
    last_seen.visit_date as last_seen_date,
    chosen.closure_date,
    case when chosen.closure_date is not null then coalesce(reason.code, chosen.close_reason) end as closure_reason,
    case
        when chosen.closure_date is not null then 'e) Closed episode'
        when List_8.child_id is not null then 'a) Looked after child'
        when List_7.child_id is not null then 'b) Child Protection plan'
        when open_service.has_need_plan then 'c) Child in need plan'
        when open_service.has_assessment then 'd) Open assessment'
        else 'c) Child in need plan'
    end as case_status,
    -- Before an allocation, the worker who took the referral; after a worker has left, nobody.
    case
        when held.child_id is null then coalesce(ssd_department.dept_team_name, chosen.team_id)
        when chosen.closure_date is not null or coalesce(held.last_day >= chosen.case_day, true) then held.allocated_team
    end as allocated_team,
    case
        when held.child_id is null then coalesce(ssd_professionals.prof_professional_name, chosen.worker_id)
        when chosen.closure_date is not null or coalesce(held.last_day >= chosen.case_day, true) then held.allocated_worker
    end as allocated_worker
from chosen
left join listed_child on listed_child.child_id = chosen.child_id
left join last_seen on last_seen.child_id = chosen.child_id
left join List_7 on List_7.child_id = chosen.child_id and List_7.end_date is null
left join List_8 on List_8.child_id = chosen.child_id and List_8.ceased_date is null
left join open_service on open_service.child_id = chosen.child_id
left join responsible_worker as held
    on held.child_id = chosen.child_id
    and held.first_day <= chosen.case_day
    and (held.next_first_day is null or held.next_first_day > chosen.case_day)
    and (held.last_day is null or held.last_day >= chosen.start_date)
left join ssd_department on ssd_department.dept_team_id = chosen.team_id
left join ssd_professionals on ssd_professionals.prof_professional_id = chosen.worker_id
left join translation as need on need.code_list = 'annex_a_text.need' and need.said = chosen.primary_need
left join translation as reason on reason.code_list = 'annex_a_text.closure' and reason.said = chosen.close_reason
