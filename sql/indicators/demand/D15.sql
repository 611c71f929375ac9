-- title: Enquiries that led to a conference
-- id: D15
-- question: How many enquiries lead to a conference?
-- grain: one row per enquiry begun in the period, after its first 15 working days
-- calc: percent
-- better: neither
-- periods: [six_months, three_months, year]
-- needs: [ssd_s47_enquiry, ssd_initial_cp_conference]
-- sources: ["catalogue D15: a conference belongs to one enquiry: the one it names, or else the last begun in the 60 days before it"]
-- used_by: [pack]
with first_conference as (
    select
        conference.enquiry_id,
        min(conference.conference_date) as conference_date
    from conference
    where not conference.is_transfer_in and conference.enquiry_id is not null and conference.conference_date is not null
    group by conference.enquiry_id
)

select
    period.period_kind,
    period.period_end,
    enquiry.enquiry_id as member_key,
    enquiry.child_id,
    enquiry.team_id,
    case when first_conference.conference_date <= period.as_at then 1 else 0 end as numerator,
    1 as denominator
from period
inner join calendar_day as as_at_day on as_at_day.day = period.as_at
inner join enquiry on enquiry.start_date between period.period_start and period.as_at
inner join calendar_day as start_day on start_day.day = enquiry.start_date
left join first_conference on first_conference.enquiry_id = enquiry.enquiry_id
left join parameter as standard
    on standard.name = 'conference_working_days'
    and standard.valid_from <= enquiry.start_date
    and (standard.valid_to is null or standard.valid_to > enquiry.start_date)
where
    enquiry.end_date <= period.as_at
    or as_at_day.working_day_no - start_day.working_day_no >= standard.number_value
