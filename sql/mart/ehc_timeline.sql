-- title: Requests for education, health and care plans and their results
-- grain: one row per request
-- key: [request_id]
-- sources:
--   - "SEN2: timeliness and exceptions to the 20 weeks"
--   - "catalogue T50; the standard dataset's own tables only if the council has no list of its own"
-- columns:
--   request_id: Request
--   child_id: The child; null if not recorded
--   request_date: Day of the request; null if not recorded
--   plan_issued_date: Day the final plan was issued; null if none
--   is_exception: True if an exception to the 20 weeks applies
--   is_refused: True if no plan is due because it was refused or withdrawn
with issued as (
    select
        ssd_ehcp_assessment.ehca_ehcp_request_id as request_id,
        min(ssd_ehcp_named_plan.ehcn_named_plan_start_date) as plan_issued_date,
        bool_or(ssd_ehcp_assessment.ehca_ehcp_assessment_exceptions = '1') as is_exception,
        bool_or(ssd_ehcp_assessment.ehca_ehcp_assessment_outcome in ('N', 'W')) as is_refused
    from ssd_ehcp_assessment
    left join ssd_ehcp_named_plan
        on ssd_ehcp_named_plan.ehcn_ehcp_asmt_id = ssd_ehcp_assessment.ehca_ehcp_assessment_id
    where ssd_ehcp_assessment.ehca_ehcp_request_id is not null
    group by ssd_ehcp_assessment.ehca_ehcp_request_id
)

select
    ehc_case.case_id as request_id,
    ehc_case.person_id as child_id,
    ehc_case.request_date,
    ehc_case.plan_issued_date,
    coalesce(ehc_case.exception, false) as is_exception,
    -- Refused or withdrawn: no plan is due.
    ehc_case.plan_issued_date is null
    and (
        coalesce(ehc_case.assess_decision in ('no', 'withdrawn'), false) or coalesce(ehc_case.issue_decision in ('no', 'withdrawn'), false)
    ) as is_refused
from ehc_case
union all
select
    ssd_ehcp_requests.ehcr_ehcp_request_id as request_id,
    ssd_send.send_person_id as child_id,
    ssd_ehcp_requests.ehcr_ehcp_req_date as request_date,
    issued.plan_issued_date,
    coalesce(issued.is_exception, false) as is_exception,
    issued.plan_issued_date is null
    and (coalesce(ssd_ehcp_requests.ehcr_ehcp_req_outcome in ('N', 'W'), false) or coalesce(issued.is_refused, false)) as is_refused
from ssd_ehcp_requests
left join issued on issued.request_id = ssd_ehcp_requests.ehcr_ehcp_request_id
left join ssd_send on ssd_send.send_table_id = ssd_ehcp_requests.ehcr_send_table_id
where
    not exists (
        select 1
        from ehc_case
    )
