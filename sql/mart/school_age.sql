-- title: When each child is of compulsory school age
-- grain: one row per child born
-- key: [child_id]
-- personal: [first_day, last_day]
-- sources: ["Education Act 1996, section 8, from the term after the fifth birthday to the last Friday in June of the year of the sixteenth"]
with birthday as (
    select
        child.child_id,
        child.fifth_birthday,
        (date_trunc('year', child.sixteenth_birthday + interval '4 months') + interval '6 months' - interval '1 day')::date
            as last_of_june
    from child
    where child.birth_date is not null
)

select
    birthday.child_id,
    case
        when birthday.fifth_birthday <= make_date(extract(year from birthday.fifth_birthday)::integer, 3, 31)
            then make_date(extract(year from birthday.fifth_birthday)::integer, 3, 31)
        when birthday.fifth_birthday <= make_date(extract(year from birthday.fifth_birthday)::integer, 8, 31)
            then make_date(extract(year from birthday.fifth_birthday)::integer, 8, 31)
        else make_date(extract(year from birthday.fifth_birthday)::integer, 12, 31)
    end as first_day,
    birthday.last_of_june - ((extract(isodow from birthday.last_of_june)::integer + 2) % 7) as last_day
from birthday
