-- title: How each period of care ended
-- grain: one row per period of care that ended
-- key: [care_key]
-- sources: ["SSDA903 code set REC", "catalogue D30, P15 to P17, P30 and P45: X1 is not leaving care; transfer to another authority (E3) is"]
-- columns:
--   care_key: Period of care, as in care_period
--   child_id: The child, as in child
--   first_day: First day in care
--   end_date: Day of leaving care, the first day not in care
--   end_reason: Code of the reason (ssda903.REC); null if not recorded
--   is_eighteen: True if care ended on or after the 18th birthday
--   exit_group: Group of reasons in words, such as adoption, home or turned 18
with ended as (
    select
        care_period.care_key,
        care_period.child_id,
        care_period.first_day,
        care_period.end_date,
        care_period.end_reason,
        coalesce(child.eighteenth_birthday <= care_period.end_date, false) as is_eighteen
    from care_period
    left join child on child.child_id = care_period.child_id
    where care_period.end_date is not null
),

known as (
    select
        ended.*,
        reason.code is not null as is_known_reason
    from ended
    left join code as reason on reason.code_list = 'ssda903.REC' and reason.code = ended.end_reason
    where ended.is_eighteen or ended.end_reason is null or ended.end_reason <> 'X1'
)

select
    known.care_key,
    known.child_id,
    known.first_day,
    known.end_date,
    known.end_reason,
    known.is_eighteen,
    case
        when known.end_reason in ('E11', 'E12') then 'adoption'
        when known.end_reason in ('E43', 'E44', 'E45', 'E46', 'E47', 'E48') then 'special guardianship'
        when known.end_reason = 'E41' then 'residence or child arrangements order'
        when known.is_eighteen or known.end_reason = 'E17' then 'turned 18'
        when known.end_reason in ('E4A', 'E4B') then 'home'
        when known.end_reason = 'E13' then 'parents or relatives without responsibility'
        when known.end_reason is null then 'not recorded'
        when known.is_known_reason then 'other'
        else 'unknown code'
    end as exit_group
from known
