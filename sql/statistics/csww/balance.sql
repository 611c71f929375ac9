-- title: "People and hours: last year, starters, leavers, this year"
-- grain: one row per kind (employed, agency) and line of the balance
-- years: {first: 2018}
-- sources: ["derived from what the items mean: in post last year + starters - leavers = in post this year"]
with kind as (
    select named.kind
    from (values ('employed'), ('agency')) as named (kind)
)

select
    kind.kind,
    line.name as line,
    coalesce(sum(line.people), 0) as people,
    coalesce(sum(line.fte), 0) as fte
from kind
left join balance_person on balance_person.kind = kind.kind
cross join
    lateral (
        values
        (1, 'in post last year', balance_person.people_last, balance_person.fte_last),
        (2, 'starters', balance_person.people_started, balance_person.fte_started),
        (3, 'leavers', -balance_person.people_left, -balance_person.fte_left),
        (4, 'hours changed', 0, balance_person.fte_changed),
        (5, 'in post this year', balance_person.people_now, balance_person.fte_now),
        (6, 'difference', balance_person.people_difference, balance_person.fte_difference)
    ) as line (place, name, people, fte)
group by kind.kind, line.place, line.name
order by kind.kind desc, line.place
