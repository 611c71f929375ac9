-- title: Conferences on children who moved in, within 15 working days
-- id: T12
-- question: Is a protected child picked up at once when the family moves here?
-- grain: one row per transfer-in conference, and per notification of a transfer in without one
-- calc: percent
-- better: high
-- clock: {from: "notification by the other authority (day 0)", to: conference_date, unit: working days, standard: transfer_conference_working_days}
-- views: [finished, due]
-- periods: [six_months, year]
-- needs: [ssd_initial_cp_conference, cp_transfer]
-- sources:
--   - "Working Together to Safeguard Children 2023: children who move into another authority's area while on a plan"
--   - "a notification without a linked conference belongs to the child's next one up to 60 days later"
-- used_by: [pack]
with notified as (
    select
        cp_transfer.transfer_id,
        cp_transfer.person_id as child_id,
        cp_transfer.notified_date,
        ssd_initial_cp_conference.icpc_icpc_id as conference_id,
        ssd_initial_cp_conference.icpc_icpc_date as conference_date
    from cp_transfer
    left join ssd_initial_cp_conference on ssd_initial_cp_conference.icpc_icpc_id = cp_transfer.icpc_id
    where cp_transfer.direction = 'in'
),

own as (
    select
        conference.conference_id,
        min(notified.notified_date) as notified_date
    from conference
    -- One meeting may be on several forms, and the notification may name any of them.
    inner join notified
        on (notified.conference_id = conference.conference_id)
        or (notified.child_id = conference.child_id and notified.conference_date = conference.conference_date)
    where conference.is_transfer_in
    group by conference.conference_id
),

near as (
    select distinct on (conference.conference_id)
        conference.conference_id,
        notified.transfer_id,
        notified.notified_date
    from conference
    inner join notified
        on notified.child_id = conference.child_id
        and notified.conference_id is null
        and notified.notified_date between conference.conference_date - 60 and conference.conference_date
    left join own on own.conference_id = conference.conference_id
    where conference.is_transfer_in and own.conference_id is null
    order by conference.conference_id asc, notified.notified_date desc, notified.transfer_id desc
)

select
    conference.conference_id as member_key,
    conference.child_id,
    conference.team_id,
    coalesce(own.notified_date, near.notified_date) as clock_start,
    conference.conference_date as clock_stop
from conference
left join own on own.conference_id = conference.conference_id
left join near on near.conference_id = conference.conference_id
where conference.is_transfer_in
union all
select
    case when same_id.conference_id is null then notified.transfer_id else 'transfer/' || notified.transfer_id end as member_key,
    notified.child_id,
    null as team_id,
    notified.notified_date as clock_start,
    null as clock_stop
from notified
left join near on near.transfer_id = notified.transfer_id
left join conference as same_id on same_id.conference_id = notified.transfer_id
where notified.conference_id is null and near.transfer_id is null
