-- title: Advocacy offered, taken up and begun in time
-- id: S21
-- question: Is advocacy offered, taken up and begun in time?
-- grain: one row per child in care, on a protection plan at eight or over, or who complained, in the period
-- calc: [percent, accepted, first_meeting]
-- figures:
--   accepted: "100.0 * count(member_key) filter (where bands @> array['offer accepted'])
--     / nullif(count(member_key) filter (where bands @> array['offered']), 0)"
--   first_meeting: "100.0 * count(member_key) filter (where bands @> array['met in time'])
--     / nullif(count(member_key) filter (where bands && array['met in time', 'met late or not yet']), 0)"
-- better: high
-- periods: [three_months]
-- bands: [offered, not offered, offer not recorded, offer accepted, met in time, met late or not yet]
-- needs: [advocacy_offer]
-- sources: ["Children Act 1989, section 26A", "catalogue S21: offered in the period, or earlier in the same period of care, plan or complaint"]
-- used_by: [pack]
with standard as (
    select
        period.period_kind,
        period.period_end,
        period.period_start,
        period.as_at,
        max(parameter.number_value) filter (where parameter.name = 'advocacy_from_age') as from_age,
        max(parameter.number_value) filter (where parameter.name = 'advocacy_meeting_working_days') as working_days
    from period
    inner join parameter
        on parameter.name in ('advocacy_from_age', 'advocacy_meeting_working_days')
        and parameter.valid_from <= period.as_at
        and (parameter.valid_to is null or parameter.valid_to > period.as_at)
    group by period.period_kind, period.period_end, period.period_start, period.as_at
),

concerned as (
    select
        standard.period_kind,
        standard.period_end,
        care_period.child_id,
        care_period.first_day as since
    from standard
    inner join care_period
        on care_period.first_day <= standard.as_at
        and (
            care_period.last_day is null
            or care_period.last_day >= standard.period_start
            or care_period.first_day >= standard.period_start
        )
    union all
    select
        standard.period_kind,
        standard.period_end,
        cp_plan.child_id,
        cp_plan.start_date as since
    from standard
    inner join cp_plan
        on cp_plan.start_date <= standard.as_at
        and (
            cp_plan.end_date is null
            or cp_plan.end_date > standard.period_start
            or cp_plan.start_date >= standard.period_start
        )
    inner join child on child.child_id = cp_plan.child_id
    where
        not cp_plan.is_other_authority
        and (child.birth_date + standard.from_age * interval '1 year')::date <= least(standard.as_at, cp_plan.end_date)
    union all
    select
        standard.period_kind,
        standard.period_end,
        representation.child_id,
        representation.first_received_date as since
    from standard
    inner join representation
        on representation.first_received_date between standard.period_start and standard.as_at
    where representation.is_by_or_for_child and representation.child_id is not null
),

entitled as (
    select
        standard.period_kind,
        standard.period_end,
        standard.as_at,
        standard.working_days,
        concerned.child_id,
        least(standard.period_start, min(concerned.since)) as since
    from standard
    inner join concerned
        on concerned.period_kind = standard.period_kind and concerned.period_end = standard.period_end
    group by
        standard.period_kind, standard.period_end, standard.period_start, standard.as_at, standard.working_days,
        concerned.child_id
),

offer as (
    select
        entitled.period_kind,
        entitled.period_end,
        entitled.as_at,
        entitled.working_days as standard_working_days,
        entitled.child_id,
        advocacy.offer_id,
        advocacy.offered,
        advocacy.accepted,
        case when advocacy.referred_date <= entitled.as_at then advocacy.referred_date end as referred_date,
        case when advocacy.first_meeting_date <= entitled.as_at then advocacy.working_days end as working_days,
        case
            when advocacy.referred_date > entitled.as_at then null
            when advocacy.first_meeting_date <= entitled.as_at then advocacy.working_days <= entitled.working_days
            when as_at_day.working_day_no - advocacy.referred_working_day_no > entitled.working_days then false
        end as is_in_time
    from entitled
    inner join calendar_day as as_at_day on as_at_day.day = entitled.as_at
    left join advocacy
        on advocacy.child_id = entitled.child_id
        and (advocacy.offered_date is null or advocacy.offered_date between entitled.since and entitled.as_at)
),

told as (
    select
        offer.period_kind,
        offer.period_end,
        offer.child_id,
        coalesce(bool_or(offer.offered = 'Y'), false) as is_offered,
        bool_or(offer.offered = 'N') as is_not_offered,
        bool_or(offer.offered = 'Y' and offer.accepted = 'Y') as is_accepted,
        -- The wait counts from the first referral.
        (array_agg(offer.working_days order by offer.referred_date, offer.offer_id) filter (where offer.referred_date is not null))[1]
            as working_days,
        (array_agg(offer.is_in_time order by offer.referred_date, offer.offer_id) filter (where offer.referred_date is not null))[1]
            as is_in_time
    from offer
    group by offer.period_kind, offer.period_end, offer.child_id
)

select
    told.period_kind,
    told.period_end,
    told.child_id as member_key,
    told.child_id,
    case when told.is_offered then 1 else 0 end as numerator,
    1 as denominator,
    told.working_days as measure,
    array_remove(
        array[
            case
                when told.is_offered then 'offered'
                when told.is_not_offered then 'not offered'
                else 'offer not recorded'
            end,
            case when told.is_accepted then 'offer accepted' end,
            case when told.is_in_time then 'met in time' when not told.is_in_time then 'met late or not yet' end
        ],
        null
    ) as bands
from told
