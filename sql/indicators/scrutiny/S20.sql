-- title: Children in care told how to complain and how to get an advocate
-- id: S20
-- question: Do children in care know whom to turn to?
-- grain: one row per child of five or over who has been in care for 20 working days at the date
-- calc: [percent, understood]
-- figures: {understood: "100 * count(member_key) filter (where bands @> array['understood both']) / nullif(sum(denominator), 0)"}
-- better: high
-- target: 100
-- periods: [snapshot]
-- bands: [understood both]
-- needs: [rights_information, ssd_cla_episodes]
-- sources: ["catalogue S20: both topics in the last 12 months, whether understood or not", "local parameters rights_told_*"]
-- used_by: [pack, councillors_report]
with standard as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        max(parameter.number_value) filter (where parameter.name = 'rights_told_working_days') as working_days,
        max(parameter.number_value) filter (where parameter.name = 'rights_told_from_age') as from_age
    from period
    inner join parameter
        on parameter.name in ('rights_told_working_days', 'rights_told_from_age')
        and parameter.valid_from <= period.as_at
        and (parameter.valid_to is null or parameter.valid_to > period.as_at)
    group by period.period_kind, period.period_end, period.as_at
),

in_care as (
    select
        standard.period_kind,
        standard.period_end,
        standard.as_at,
        care_period.child_id,
        start_day.working_day_no + standard.working_days as told_by_working_day_no
    from standard
    inner join care_period
        on care_period.first_day <= standard.as_at
        and (care_period.last_day is null or care_period.last_day >= standard.as_at)
    inner join child on child.child_id = care_period.child_id
    inner join calendar_day as as_at_day on as_at_day.day = standard.as_at
    inner join calendar_day as start_day on start_day.day = care_period.first_day
    where
        as_at_day.working_day_no - start_day.working_day_no >= standard.working_days
        and (child.birth_date + standard.from_age * interval '1 year')::date <= standard.as_at
),

told as (
    select
        in_care.period_kind,
        in_care.period_end,
        in_care.as_at,
        in_care.child_id,
        in_care.told_by_working_day_no,
        max(rights_told.told_until) filter (where rights_told.topic = 'complaints') as complaints_until,
        max(rights_told.told_until) filter (where rights_told.topic = 'advocacy') as advocacy_until,
        max(rights_told.told_until) filter (where rights_told.topic = 'complaints' and rights_told.understood = 'Y') as complaints_understood_until,
        max(rights_told.told_until) filter (where rights_told.topic = 'advocacy' and rights_told.understood = 'Y') as advocacy_understood_until
    from in_care
    left join rights_told
        on rights_told.child_id = in_care.child_id
        and rights_told.given_date <= in_care.as_at
        and rights_told.topic in ('complaints', 'advocacy')
    group by
        in_care.period_kind, in_care.period_end, in_care.as_at, in_care.child_id, in_care.told_by_working_day_no
)

select
    told.period_kind,
    told.period_end,
    told.child_id as member_key,
    told.child_id,
    case when told.complaints_until >= told.as_at and told.advocacy_until >= told.as_at then 1 else 0 end as numerator,
    1 as denominator,
    -- If both were given: due when the earlier one lapses. Otherwise: due after the first weeks in care.
    case
        when told.complaints_until is null or told.advocacy_until is null then due_day.day
        else least(told.complaints_until, told.advocacy_until)
    end as due_date,
    case
        when told.complaints_understood_until >= told.as_at and told.advocacy_understood_until >= told.as_at then 'understood both'
    end as band
from told
left join calendar_day as due_day
    on due_day.is_working_day and due_day.working_day_no = told.told_by_working_day_no
