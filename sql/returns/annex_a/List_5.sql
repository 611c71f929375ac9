-- title: Section 47 enquiries and initial child protection conferences
-- grain: one row per child and enquiry that was open on a day of the six months before
-- years: {first: 2020}
-- sources: ["Annex A list 5: layout of the regional peers: ended in the six months or still open", "catalogue D14, D16 and convention K10"]
with begun as (
    select
        enquiry.child_id,
        enquiry.start_date
    from enquiry
    cross join collection
    where enquiry.child_id is not null and enquiry.start_date <= collection.collection_end
),

latest as (
    select
        begun.child_id,
        max(begun.start_date) as start_date
    from begun
    group by begun.child_id
),

-- Counted back from the latest enquiry, without that one.
counted as (
    select
        latest.child_id,
        count(*) - 1 as enquiries
    from latest
    inner join begun
        on begun.child_id = latest.child_id
        and begun.start_date >= (latest.start_date - interval '12 months')::date
    group by latest.child_id
),

conferences as (
    select
        latest.child_id,
        count(*) as conferences
    from latest
    inner join conference
        on conference.child_id = latest.child_id
        and not conference.is_transfer_in
        and conference.conference_date between (latest.start_date - interval '12 months')::date and latest.start_date
    group by latest.child_id
),

-- If several conferences followed one enquiry, the first.
held_conference as (
    select distinct on (conference.enquiry_id)
        conference.enquiry_id,
        conference.conference_date,
        conference.outcome_plan
    from conference
    cross join collection
    where conference.enquiry_id is not null and conference.conference_date <= collection.collection_end
    order by conference.enquiry_id asc, conference.conference_date asc, conference.conference_id asc
),

listed as (
    select
        enquiry.enquiry_id,
        enquiry.child_id,
        enquiry.start_date,
        enquiry.no_further_action,
        -- Values inside JSON are not columns of the contract, so they are read here.
        lower(
            coalesce(
                ssd_s47_enquiry.s47e_s47_outcome_json ->> 'CP_CONFERENCE_FLAG',
                ssd_s47_enquiry.s47e_s47_outcome_json ->> 'OUTCOME_CP_CONFERENCE_FLAG'
            )
        ) as conference_flag,
        held_conference.conference_date,
        held_conference.outcome_plan,
        ssd_s47_enquiry.s47e_s47_completed_by_team as team_id,
        ssd_s47_enquiry.s47e_s47_completed_by_worker_id as worker_id,
        coalesce(referral.referral_date, enquiry.start_date) as case_start,
        coalesce(referral.close_date > collection.collection_end, referral.referral_id is not null) as is_open,
        coalesce(enquiry.end_date <= collection.collection_end, false) as is_ended,
        least(referral.close_date, collection.collection_end) as case_day
    from enquiry
    cross join collection
    inner join ssd_s47_enquiry on ssd_s47_enquiry.s47e_s47_enquiry_id = enquiry.enquiry_id
    left join referral_record on referral_record.record_id = enquiry.referral_id
    left join referral on referral.referral_id = referral_record.referral_id
    left join held_conference on held_conference.enquiry_id = enquiry.enquiry_id
    where
        enquiry.child_id is not null
        and enquiry.start_date <= collection.collection_end
        and (enquiry.end_date is null or enquiry.end_date >= collection.collection_start)
)

select
    row_number() over (order by listed.child_id, listed.start_date, listed.enquiry_id) - 1 as row_id,
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
    -- The recorded outcome, not whether a conference is found, so that rules can compare the two.
    case
        when listed.is_ended and (listed.no_further_action = 'Y' or listed.conference_flag in ('n', 'no', 'false', 'f', '0')) then 'a) Yes'
        when listed.is_ended and listed.conference_flag in ('y', 'yes', 'true', 't', '1') then 'b) No'
        when listed.conference_date is not null then 'b) No'
    end as icpc_unnecessary,
    listed.conference_date as icpc_date,
    case
        when listed.conference_date is not null then coalesce(outcome.code, listed.outcome_plan, 'c) Unknown')
    end as icpc_result,
    counted.enquiries as number_of_enquiries,
    coalesce(conferences.conferences, 0) as number_of_icpcs,
    case
        when held.child_id is null then coalesce(ssd_department.dept_team_name, listed.team_id)
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.allocated_team
    end as allocated_team,
    case
        when held.child_id is null then coalesce(ssd_professionals.prof_professional_name, listed.worker_id)
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.allocated_worker
    end as allocated_worker
from listed
inner join counted on counted.child_id = listed.child_id
left join conferences on conferences.child_id = listed.child_id
left join listed_child on listed_child.child_id = listed.child_id
left join responsible_worker as held
    on held.child_id = listed.child_id
    and held.first_day <= listed.case_day
    and (held.next_first_day is null or held.next_first_day > listed.case_day)
    and (held.last_day is null or held.last_day >= listed.case_start)
left join ssd_department on ssd_department.dept_team_id = listed.team_id
left join ssd_professionals on ssd_professionals.prof_professional_id = listed.worker_id
left join translation as outcome
    on outcome.code_list = 'annex_a_text.yes_no_unknown' and outcome.said = listed.outcome_plan
