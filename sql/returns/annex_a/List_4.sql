-- title: Assessments
-- grain: one row per child and assessment that was open on a day of the six months before
-- years: {first: 2020}
-- sources: ["Annex A list 4: layout of the regional peers: authorised in the six months or still open"]
with listed as (
    select
        assessment.assessment_id,
        assessment.child_id,
        assessment.start_date,
        ssd_cin_assessments.cina_assessment_child_seen as child_seen,
        case when assessment.authorised_date <= collection.collection_end then assessment.authorised_date end as authorisation_date,
        ssd_cin_assessments.cina_assessment_outcome_nfa as no_further_action,
        ssd_cin_assessments.cina_assessment_team as team_id,
        ssd_cin_assessments.cina_assessment_worker_id as worker_id,
        -- Team and worker are those of the case.
        coalesce(referral.referral_date, assessment.start_date) as case_start,
        coalesce(referral.close_date > collection.collection_end, referral.referral_id is not null) as is_open,
        least(referral.close_date, collection.collection_end) as case_day
    from assessment
    cross join collection
    inner join ssd_cin_assessments on ssd_cin_assessments.cina_assessment_id = assessment.assessment_id
    left join referral on referral.referral_id = assessment.referral_id
    where
        assessment.child_id is not null
        and assessment.start_date <= collection.collection_end
        and (assessment.authorised_date is null or assessment.authorised_date >= collection.collection_start)
)

select
    row_number() over (order by listed.child_id, listed.start_date, listed.assessment_id) - 1 as row_id,
    listed.child_id,
    case
        when held.child_id is null then listed.team_id
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.team_id
    end as team_id,
    case
        when held.child_id is null then listed.worker_id
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.worker_id
    end as worker_id,
    listed.child_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    coalesce(listed_child.disability, 'c) Unknown') as disability,
    listed.start_date,
    coalesce(seen.code, listed.child_seen, 'c) Unknown') as child_seen,
    listed.authorisation_date,
    -- No further action means no need of support.
    case
        when listed.authorisation_date is null then null
        when listed.no_further_action = 'Y' then 'b) No'
        when listed.no_further_action = 'N' then 'a) Yes'
    end as support_required,
    case
        when held.child_id is null then coalesce(ssd_department.dept_team_name, listed.team_id)
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.allocated_team
    end as allocated_team,
    case
        when held.child_id is null then coalesce(ssd_professionals.prof_professional_name, listed.worker_id)
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.allocated_worker
    end as allocated_worker
from listed
left join listed_child on listed_child.child_id = listed.child_id
left join responsible_worker as held
    on held.child_id = listed.child_id
    and held.first_day <= listed.case_day
    and (held.next_first_day is null or held.next_first_day > listed.case_day)
    and (held.last_day is null or held.last_day >= listed.case_start)
left join ssd_department on ssd_department.dept_team_id = listed.team_id
left join ssd_professionals on ssd_professionals.prof_professional_id = listed.worker_id
left join translation as seen on seen.code_list = 'annex_a_text.yes_no_unknown' and seen.said = listed.child_seen
