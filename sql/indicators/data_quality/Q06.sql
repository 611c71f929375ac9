-- title: Orphan and duplicate rows
-- id: Q06
-- question: Are keys unique, and do references lead to records?
-- grain: one row per row of the case system that refers to a missing record, per duplicate key, and per meeting on several forms
-- calc: count
-- better: low
-- target: 0
-- figures: {count: "case when count(member_key) > 0 or max(as_at) >= (select known_on.night from known_on) then coalesce(sum(numerator), 0) end"}
-- bands: [no parent, key came twice, meeting on several forms]
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue Q06 and convention K10: forms of one child, day and kind are one meeting"]
-- used_by: [local]
with orphan as (
    select
        lost_reference.table_name,
        lost_reference.row_key,
        min(lost_reference.child_id) as child_id
    from lost_reference
    where lost_reference.table_name like 'ssd\_%'
    group by lost_reference.table_name, lost_reference.row_key
),

meeting as (
    select
        max(ssd_initial_cp_conference.icpc_icpc_id) as row_key,
        ssd_initial_cp_conference.icpc_person_id as child_id,
        count(distinct ssd_initial_cp_conference.icpc_icpc_id) - 1 as surplus
    from ssd_initial_cp_conference
    where ssd_initial_cp_conference.icpc_person_id is not null and ssd_initial_cp_conference.icpc_icpc_date is not null
    group by
        ssd_initial_cp_conference.icpc_person_id,
        ssd_initial_cp_conference.icpc_icpc_date,
        coalesce(ssd_initial_cp_conference.icpc_icpc_transfer_in = 'Y', false)
    union all
    select
        max(ssd_cp_reviews.cppr_cp_review_id) as row_key,
        min(coalesce(ssd_cp_reviews.cppr_person_id, ssd_cp_plans.cppl_person_id)) as child_id,
        count(distinct ssd_cp_reviews.cppr_cp_review_id) - 1 as surplus
    from ssd_cp_reviews
    left join ssd_cp_plans on ssd_cp_plans.cppl_cp_plan_id = ssd_cp_reviews.cppr_cp_plan_id
    where
        coalesce(ssd_cp_reviews.cppr_person_id, ssd_cp_plans.cppl_person_id) is not null
        and ssd_cp_reviews.cppr_cp_review_date is not null
    group by coalesce(ssd_cp_reviews.cppr_person_id, ssd_cp_plans.cppl_person_id), ssd_cp_reviews.cppr_cp_review_date
    union all
    select
        max(ssd_cla_reviews.clar_cla_review_id) as row_key,
        min(ssd_cla_reviews.clar_cla_person_id) as child_id,
        count(distinct ssd_cla_reviews.clar_cla_review_id) - 1 as surplus
    from ssd_cla_reviews
    where
        coalesce(ssd_cla_reviews.clar_cla_person_id, ssd_cla_reviews.clar_cla_id) is not null
        and ssd_cla_reviews.clar_cla_review_date is not null
    group by coalesce(ssd_cla_reviews.clar_cla_person_id, ssd_cla_reviews.clar_cla_id), ssd_cla_reviews.clar_cla_review_date
),

broken as (
    select
        orphan.row_key,
        orphan.child_id,
        'no parent' as band,
        1 as numerator
    from orphan
    union all
    select
        doubled_row.row_key,
        doubled_row.child_id,
        'key came twice' as band,
        doubled_row.surplus as numerator
    from doubled_row
    where doubled_row.table_name like 'ssd\_%'
    union all
    select
        meeting.row_key,
        meeting.child_id,
        'meeting on several forms' as band,
        meeting.surplus as numerator
    from meeting
    where meeting.surplus > 0
)

select
    period.period_kind,
    period.period_end,
    broken.row_key as member_key,
    broken.child_id,
    broken.band,
    broken.numerator
from period
inner join known_on on known_on.night = period.as_at
cross join broken
