-- title: Children in care convicted or cautioned
-- id: D41
-- question: How many children in care were convicted or cautioned?
-- grain: one row per child aged 10 to 17 who has been in care for 12 months at the date
-- calc: percent
-- better: low
-- periods: [year]
-- needs: [ssd_cla_episodes, ssd_cla_convictions]
-- sources: ["SSDA903 OC2: convictions, youth cautions and youth conditional cautions of the year, by the day of the offence, the only recorded date"]
-- used_by: [pack]
with offence as (
    select
        period.period_kind,
        period.period_end,
        ssd_cla_convictions.clac_person_id as child_id
    from period
    inner join ssd_cla_convictions
        on ssd_cla_convictions.clac_cla_conviction_date between period.period_start and period.as_at
    group by period.period_kind, period.period_end, ssd_cla_convictions.clac_person_id
)

select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when offence.child_id is not null then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_period
    on (care_period.first_day + interval '12 months')::date <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
inner join child
    on child.child_id = care_period.child_id
    and (child.birth_date + interval '10 years')::date <= period.as_at
    and child.eighteenth_birthday > period.as_at
left join offence
    on offence.period_kind = period.period_kind
    and offence.period_end = period.period_end
    and offence.child_id = care_period.child_id
