-- title: Repeat section 47 enquiries in 12 months
-- id: D46
-- question: How often is there a second enquiry on a child?
-- grain: one row per enquiry begun in the period
-- calc: percent
-- better: low
-- periods: [six_months, year]
-- needs: [ssd_s47_enquiry]
-- sources: ["Annex A list 5; counted back from each enquiry; of two on one day, the higher id is the repeat"]
-- used_by: [pack]
with ordered as (
    select
        enquiry.*,
        lag(enquiry.start_date) over (
            partition by enquiry.child_id order by enquiry.start_date, enquiry.enquiry_id
        ) as start_before
    from enquiry
    where enquiry.child_id is not null
)

select
    period.period_kind,
    period.period_end,
    ordered.enquiry_id as member_key,
    ordered.child_id,
    ordered.team_id,
    case when ordered.start_before >= (ordered.start_date - interval '12 months')::date then 1 else 0 end as numerator,
    1 as denominator
from period
inner join ordered on ordered.start_date between period.period_start and period.as_at
