-- title: Care leavers contacted in the last eight weeks
-- id: T56
-- question: Does the personal adviser keep in contact?
-- grain: one row per relevant or former relevant young person under 21 in touch at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_care_leavers]
-- sources: ["Care Leavers Regulations 2010: visits at least every two months, as 56 days; the case system has only the latest state"]
-- used_by: [pack]
with newest as (
    select max(period.as_at) as as_at
    from period
),

leaver as (
    select distinct on (ssd_care_leavers.clea_person_id)
        ssd_care_leavers.clea_person_id as child_id,
        ssd_care_leavers.clea_care_leaver_latest_contact as contact_date,
        ssd_care_leavers.clea_care_leaver_allocated_team as team_id,
        (child.birth_date + interval '21 years')::date as twenty_first_birthday
    from ssd_care_leavers
    left join child on child.child_id = ssd_care_leavers.clea_person_id
    where
        ssd_care_leavers.clea_person_id is not null
        and ssd_care_leavers.clea_care_leaver_eligibility in ('Relevant', 'Former Relevant')
        and ssd_care_leavers.clea_care_leaver_in_touch = 'YES'
    order by
        ssd_care_leavers.clea_person_id asc, ssd_care_leavers.clea_care_leaver_latest_contact desc nulls last,
        ssd_care_leavers.clea_table_id desc
)

select
    period.period_kind,
    period.period_end,
    leaver.child_id as member_key,
    leaver.child_id,
    leaver.team_id,
    case when period.as_at - leaver.contact_date <= standard.number_value then 1 else 0 end as numerator,
    1 as denominator,
    period.as_at - leaver.contact_date as measure,
    leaver.contact_date + standard.number_value::integer as due_date
from period
-- There are no values for earlier dates: a later contact replaces the earlier one.
inner join newest on newest.as_at = period.as_at
inner join leaver
    on (leaver.twenty_first_birthday is null or leaver.twenty_first_birthday > period.as_at)
    -- A contact after the date is a wrong date.
    and (leaver.contact_date is null or leaver.contact_date <= period.as_at)
inner join parameter as standard
    on standard.name = 'care_leaver_contact_days'
    and standard.valid_from <= period.as_at
    and (standard.valid_to is null or standard.valid_to > period.as_at)
