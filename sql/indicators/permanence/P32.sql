-- title: Children in care with a substance misuse problem
-- id: P32
-- question: How many children misuse substances, and how many get help?
-- grain: one row per child in care for 12 months or more at the end of the period
-- calc: [percent, count, percent_helped]
-- better: low
-- figures: {percent_helped: "100.0 * count(member_key) filter (where bands @> array['helped'])
--   / nullif(count(member_key) filter (where numerator > 0), 0)"}
-- periods: [year]
-- bands: [helped, no help recorded]
-- needs: [ssd_cla_substance_misuse, ssd_cla_episodes]
-- sources: ["SSDA903 OC2: children in care for 12 months; not recorded counts as no"]
-- used_by: [pack]
with identified as (
    select
        period.period_kind,
        period.period_end,
        ssd_cla_substance_misuse.clas_person_id as child_id,
        bool_or(coalesce(ssd_cla_substance_misuse.clas_intervention_received = 'Y', false)) as is_helped
    from period
    inner join ssd_cla_substance_misuse
        on ssd_cla_substance_misuse.clas_substance_misuse_date between period.period_start and period.as_at
    where ssd_cla_substance_misuse.clas_substance_misused is not null and coalesce(ssd_cla_substance_misuse.clas_substance_misused, 'Y') <> 'N'
    group by period.period_kind, period.period_end, ssd_cla_substance_misuse.clas_person_id
)

select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when identified.child_id is not null then 1 else 0 end as numerator,
    1 as denominator,
    case when identified.is_helped then 'helped' when identified.child_id is not null then 'no help recorded' end as band
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
    and (care_period.first_day + interval '12 months')::date <= period.as_at
left join identified
    on identified.period_kind = period.period_kind
    and identified.period_end = period.period_end
    and identified.child_id = care_period.child_id
