-- title: Agency spend and share of staffing spend
-- id: W37
-- question: What does agency work cost us?
-- grain: one row per invoice line of a week worked in the period and one per month and role of the pay bill
-- calc: [percent, sum]
-- better: low
-- periods: [month]
-- needs: [agency_invoice, hr_pay_summary]
-- sources: ["catalogue W37: by the week worked, net of VAT, credit notes negative; the pay bill with on-costs"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_invoice.invoice_line_id as member_key,
    agency_invoice.amount_net as numerator,
    agency_invoice.amount_net as denominator
from period
inner join agency_invoice on agency_invoice.week_ending between period.period_start and period.as_at
where agency_invoice.status is distinct from 'disputed'
union all
select
    period.period_kind,
    period.period_end,
    hr_pay_summary.month || '/' || hr_pay_summary.role_group as member_key,
    null as numerator,
    hr_pay_summary.pay_with_oncost as denominator
from period
inner join hr_pay_summary on hr_pay_summary.month between period.period_start and period.as_at
where hr_pay_summary.role_group in ('child_family_sw', 'senior_practitioner', 'team_manager', 'senior_manager', 'iro_chair')
