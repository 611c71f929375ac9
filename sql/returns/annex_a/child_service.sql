-- title: Services to a child in need
-- grain: one row per service that had begun by the inspection date
-- key: [service_id]
-- years: {first: 2020}
-- sources: ["Annex A list 6: a child with only a referral is not yet in need"]
with service as (
    select
        'assessment/' || assessment.assessment_id as service_id,
        assessment.child_id,
        'assessment' as kind,
        assessment.start_date,
        assessment.authorised_date as end_date
    from assessment
    union all
    select
        'enquiry/' || enquiry.enquiry_id as service_id,
        enquiry.child_id,
        'enquiry' as kind,
        enquiry.start_date,
        enquiry.end_date
    from enquiry
    union all
    select
        'need plan/' || cin_plan.plan_id as service_id,
        cin_plan.child_id,
        'need plan' as kind,
        cin_plan.start_date,
        cin_plan.end_date
    from cin_plan
    union all
    select
        'protection plan/' || cp_plan.plan_id as service_id,
        cp_plan.child_id,
        'protection plan' as kind,
        cp_plan.start_date,
        cp_plan.end_date
    from cp_plan
    union all
    select
        'care/' || care_period.child_id || '/' || care_period.first_day as service_id,
        care_period.child_id,
        'care' as kind,
        care_period.first_day as start_date,
        care_period.end_date
    from care_period
)

select
    service.service_id,
    service.child_id,
    service.kind,
    service.start_date,
    case when service.end_date <= collection.collection_end then service.end_date end as end_date
from service
cross join collection
where service.child_id is not null and service.start_date <= collection.collection_end
