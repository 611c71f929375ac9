-- title: Temporary approvals of connected carers
-- grain: one row per approval of a carer for a child
-- key: [approval_id]
-- sources: ["Care Planning Regulations 2010, regulations 24 and 25: 16 weeks, extended once by eight if decided in time", "catalogue T46"]
-- columns:
--   approval_id: Approval
--   child_id: The child, as in child
--   approved_date: Day of the temporary approval
--   until_date: Day of full approval or end, whichever is earlier; null if neither
--   first_limit_date: Day on which the first 16 weeks end
--   limit_date: "Day on which the approval ends: after 16 weeks, or 24 if extended in time"
select distinct on (connected_carer.approval_id)
    connected_carer.approval_id,
    connected_carer.person_id as child_id,
    connected_carer.approved_date,
    least(connected_carer.full_approval_date, connected_carer.ended_date) as until_date,
    connected_carer.approved_date + 7 * short.number_value::integer as first_limit_date,
    -- An extension decided after the first limit does not count.
    connected_carer.approved_date + 7 * case
        when
            connected_carer.extended_date between connected_carer.approved_date
            and connected_carer.approved_date + 7 * short.number_value::integer
            then long.number_value
        else short.number_value
    end::integer as limit_date
from connected_carer
inner join parameter as short
    on short.name = 'connected_carer_weeks'
    and short.valid_from <= connected_carer.approved_date
    and (short.valid_to is null or short.valid_to > connected_carer.approved_date)
inner join parameter as long
    on long.name = 'connected_carer_extended_weeks'
    and long.valid_from <= connected_carer.approved_date
    and (long.valid_to is null or long.valid_to > connected_carer.approved_date)
where connected_carer.approved_date is not null
order by connected_carer.approval_id asc, short.valid_from desc, long.valid_from desc
