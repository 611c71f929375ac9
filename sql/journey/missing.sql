-- title: Missing episodes and return interviews
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    510 as step,
    (ssd_missing.miss_missing_episode_start_date at time zone 'Europe/London')::date as day,
    (ssd_missing.miss_missing_episode_end_date at time zone 'Europe/London')::date as until,
    'missing' as what,
    '{ssda903.MISSING:' || ssd_missing.miss_missing_episode_type || '}' as detail,
    ssd_missing.miss_table_id as record_id,
    null::text as worker
from ssd_missing
inner join asked_child on asked_child.child_id = ssd_missing.miss_person_id
union all
select
    520 as step,
    (ssd_missing.miss_missing_episode_end_date at time zone 'Europe/London')::date as day,
    null as until,
    'returned' as what,
    concat_ws(
        '; ',
        'interview offered {local.yes_no_na:' || ssd_missing.miss_missing_rhi_offered || '}',
        'accepted {local.yes_no_na:' || ssd_missing.miss_missing_rhi_accepted || '}'
    ) as detail,
    ssd_missing.miss_table_id as record_id,
    null as worker
from ssd_missing
inner join asked_child on asked_child.child_id = ssd_missing.miss_person_id
union all
select
    530 as step,
    (missing_report.reported_at at time zone 'Europe/London')::date as day,
    (missing_report.returned_at at time zone 'Europe/London')::date as until,
    'reported missing' as what,
    'risk {local.missing_report.risk_level:' || missing_report.risk_level || '}' as detail,
    missing_report.report_id as record_id,
    null as worker
from missing_report
inner join asked_child on asked_child.child_id = missing_report.person_id
union all
select
    540 as step,
    (rhi_offer.offered_at at time zone 'Europe/London')::date as day,
    null as until,
    'return interview offered' as what,
    concat_ws(
        '; ',
        'offered {local.yes_no_na:' || rhi_offer.offered || '}',
        'accepted {local.yes_no_na:' || rhi_offer.accepted || '}',
        'declined because {local.rhi_offer.decline_reason:' || rhi_offer.decline_reason || '}'
    ) as detail,
    rhi_offer.rhi_id as record_id,
    null as worker
from rhi_offer
inner join asked_child on asked_child.child_id = rhi_offer.person_id
union all
select
    550 as step,
    (rhi_offer.held_at at time zone 'Europe/London')::date as day,
    null as until,
    'return interview' as what,
    'by {local.rhi_offer.held_by:' || rhi_offer.held_by || '}' as detail,
    rhi_offer.rhi_id as record_id,
    null as worker
from rhi_offer
inner join asked_child on asked_child.child_id = rhi_offer.person_id
