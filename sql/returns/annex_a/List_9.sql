-- title: Leaving care services
-- grain: one row per young person under 25 who is entitled to leaving care services on the inspection date
-- years: {first: 2020}
-- sources: ["Annex A list 9: layout of the regional peers, no look-back", "Children (Leaving Care) Act 2000; Care Planning Regulations 2010: eligible child"]
with recorded as (
    select distinct on (ssd_care_leavers.clea_person_id)
        ssd_care_leavers.clea_person_id as child_id,
        ssd_care_leavers.clea_care_leaver_eligibility as eligibility,
        ssd_care_leavers.clea_care_leaver_in_touch as in_touch,
        ssd_care_leavers.clea_care_leaver_latest_contact as contact_date,
        coalesce(kind.code, left(place.code, 1), ssd_care_leavers.clea_care_leaver_accommodation) as accommodation,
        coalesce(ssd_care_leavers.clea_care_leaver_accom_suitable, nullif(substring(place.code from 2 for 1), '')) as suitability,
        ssd_care_leavers.clea_care_leaver_activity as activity,
        ssd_care_leavers.clea_care_leaver_personal_advisor as adviser,
        ssd_care_leavers.clea_care_leaver_allocated_team as team_id,
        ssd_care_leavers.clea_care_leaver_worker_id as worker_id
    from ssd_care_leavers
    cross join collection
    left join child on child.child_id = ssd_care_leavers.clea_person_id
    left join code as kind
        on kind.code_list = 'local.accommodation_type' and kind.code = ssd_care_leavers.clea_care_leaver_accommodation
    left join code as place
        on place.code_list = 'ssda903.ACCOM' and place.code = upper(ssd_care_leavers.clea_care_leaver_accommodation)
    where
        ssd_care_leavers.clea_person_id is not null
        and (child.death_date is null or child.death_date > collection.collection_end)
        -- Eligible on the day is calculated below; later records do not count.
        and not coalesce(
            ssd_care_leavers.clea_care_leaver_eligibility = 'Eligible' and ssd_care_leavers.clea_care_leaver_latest_contact > collection.collection_end, false
        )
    order by
        ssd_care_leavers.clea_person_id asc,
        -- Records up to the day take precedence over later ones.
        coalesce(ssd_care_leavers.clea_care_leaver_latest_contact <= collection.collection_end, true) desc,
        greatest(
            ssd_care_leavers.clea_care_leaver_latest_contact, ssd_care_leavers.clea_pathway_plan_review_date
        ) desc nulls last,
        ssd_care_leavers.clea_table_id desc
),

-- Days in care since the 14th birthday, added up; 13 weeks are 91 days.
care_days as (
    select
        care_period.child_id,
        sum(
            greatest(
                least(coalesce(care_period.end_date, collection.collection_end), collection.collection_end)
                - greatest(care_period.first_day, (child.birth_date + interval '14 years')::date),
                0
            )
        ) as days
    from care_period
    cross join collection
    inner join child on child.child_id = care_period.child_id
    where child.birth_date is not null and care_period.first_day <= collection.collection_end
    group by care_period.child_id
),

-- A young person in care at 16 or 17 for 13 weeks is eligible, recorded or not.
eligible as (
    select
        List_8.child_id,
        List_8.team_id,
        List_8.worker_id
    from List_8
    cross join collection
    inner join child on child.child_id = List_8.child_id
    inner join care_days on care_days.child_id = List_8.child_id
    where
        List_8.ceased_date is null
        and care_days.days >= 91
        and child.sixteenth_birthday <= collection.collection_end
        and child.eighteenth_birthday > collection.collection_end
),

listed as (
    select
        coalesce(recorded.child_id, eligible.child_id) as child_id,
        coalesce(recorded.eligibility, case when eligible.child_id is not null then 'Eligible' end) as eligibility,
        recorded.in_touch,
        recorded.contact_date,
        recorded.accommodation,
        recorded.suitability,
        recorded.activity,
        recorded.adviser,
        coalesce(recorded.team_id, eligible.team_id) as team_id,
        coalesce(recorded.worker_id, eligible.worker_id) as worker_id
    from recorded
    full outer join eligible on eligible.child_id = recorded.child_id
),

plan as (
    select
        pathway_plan.person_id as child_id,
        pathway_plan.review_date
    from pathway_plan
    union all
    select
        ssd_care_leavers.clea_person_id as child_id,
        ssd_care_leavers.clea_pathway_plan_review_date as review_date
    from ssd_care_leavers
),

review as (
    select
        plan.child_id,
        max(plan.review_date) as review_date
    from plan
    cross join collection
    where plan.review_date <= collection.collection_end
    group by plan.child_id
),

alone as (
    select distinct unaccompanied.child_id
    from unaccompanied
    cross join collection
    where unaccompanied.first_day <= collection.collection_end
)

select
    row_number() over (order by listed.child_id) - 1 as row_id,
    listed.child_id,
    listed.team_id,
    listed.worker_id,
    listed.child_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    case when alone.child_id is not null then 'a) Yes' else 'b) No' end as uasc,
    coalesce(listed_child.disability, 'c) Unknown') as disability,
    coalesce(ssd_department.dept_team_name, listed.team_id) as allocated_team,
    coalesce(worker.prof_professional_name, listed.worker_id) as allocated_worker,
    coalesce(adviser.prof_professional_name, listed.adviser) as personal_advisor,
    coalesce(eligibility.code, listed.eligibility) as eligibility,
    review.review_date as pathway_review_date,
    coalesce(in_touch.code, listed.in_touch) as in_touch,
    case when listed.contact_date <= collection.collection_end then listed.contact_date end as latest_contact_date,
    coalesce(accommodation.code, listed.accommodation) as accommodation,
    coalesce(suitability.code, listed.suitability) as suitability,
    coalesce(activity.code, listed.activity) as activity
from listed
cross join collection
left join listed_child on listed_child.child_id = listed.child_id
left join alone on alone.child_id = listed.child_id
left join review on review.child_id = listed.child_id
left join ssd_department on ssd_department.dept_team_id = listed.team_id
left join ssd_professionals as worker on worker.prof_professional_id = listed.worker_id
left join ssd_professionals as adviser on adviser.prof_professional_id = listed.adviser
left join translation as eligibility
    on eligibility.code_list = 'annex_a_text.eligibility' and eligibility.said = listed.eligibility
left join translation as in_touch on in_touch.code_list = 'annex_a_text.in_touch' and in_touch.said = listed.in_touch
left join translation as accommodation
    on accommodation.code_list = 'annex_a_text.accommodation' and accommodation.said = listed.accommodation
left join translation as suitability
    on suitability.code_list = 'annex_a_text.suitability' and suitability.said = listed.suitability
left join translation as activity on activity.code_list = 'annex_a_text.activity' and activity.said = listed.activity
where
    coalesce(listed.eligibility, '') <> 'No Current Eligibility'
    and (listed_child.age is null or listed_child.age < 25)
