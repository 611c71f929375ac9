-- title: Children educated at home
-- id: D34
-- question: How many children are taught at home?
-- grain: one row per child of compulsory school age on the register at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- needs: [ehe_register]
-- sources: ["RIIA list of measures: elective home education; compulsory school age by the Education Act 1996"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    ehe_register.person_id as member_key,
    ehe_register.person_id as child_id,
    1 as numerator
from period
inner join ehe_register
    on ehe_register.start_date <= period.as_at
    and (ehe_register.end_date is null or ehe_register.end_date > period.as_at)
inner join school_age
    on school_age.child_id = ehe_register.person_id
    and school_age.first_day <= period.as_at
    and school_age.last_day >= period.as_at
left join child on child.child_id = ehe_register.person_id
where child.death_date is null or child.death_date > period.as_at
group by period.period_kind, period.period_end, ehe_register.person_id
