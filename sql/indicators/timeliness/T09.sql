-- title: Strategy discussions within one working day of the concern
-- id: T09
-- question: Do we meet at once when a child may be in danger?
-- grain: one row per section 47 enquiry with a known day of the concern
-- calc: percent
-- better: high
-- clock: {from: "the concern (day 0)", to: start of the enquiry, unit: working days, standard: strategy_working_days}
-- views: [finished]
-- periods: [six_months]
-- needs: [ssd_s47_enquiry]
-- sources:
--   - "local standard of one working day"
--   - "without a recorded concern, the referral counts, for the first enquiry up to concern_referral_working_days after it"
-- used_by: [pack]
with initial as (
    select distinct on (strategy.enquiry_id, strategy.child_id)
        strategy.enquiry_id,
        strategy.child_id,
        strategy.concern_date
    from strategy
    where strategy.enquiry_id is not null and strategy.is_initial is distinct from false
    order by
        strategy.enquiry_id asc,
        strategy.child_id asc,
        coalesce(strategy.is_initial, false) desc,
        strategy.concern_date asc nulls last,
        strategy.discussion_id asc
),

begun as (
    select
        enquiry.enquiry_id,
        enquiry.child_id,
        enquiry.team_id,
        enquiry.start_date,
        initial.concern_date,
        referral_record.referral_date,
        rank() over (partition by referral_record.referral_id order by enquiry.start_date) as enquiry_no,
        start_day.working_day_no - referral_day.working_day_no as working_days
    from enquiry
    left join initial on initial.enquiry_id = enquiry.enquiry_id and initial.child_id = enquiry.child_id
    left join referral_record on referral_record.record_id = enquiry.referral_id
    left join calendar_day as start_day on start_day.day = enquiry.start_date
    left join calendar_day as referral_day on referral_day.day = referral_record.referral_date
)

select
    begun.enquiry_id as member_key,
    begun.child_id,
    begun.team_id,
    coalesce(
        begun.concern_date,
        case when begun.enquiry_no = 1 and begun.working_days <= new_case.number_value then begun.referral_date end
    ) as clock_start,
    begun.start_date as clock_stop
from begun
inner join parameter as new_case
    on new_case.name = 'concern_referral_working_days'
    and new_case.valid_from <= begun.start_date
    and (new_case.valid_to is null or new_case.valid_to > begun.start_date)
