-- title: When each child is of statutory school age
-- grain: one row per person with a date of birth
-- key: [child_id]
-- personal: [first_day, last_day]
-- sources: ["Education Act 1996, section 8: from 31 March, 31 August or 31 December after turning five to the last Friday in June at sixteen"]
-- columns:
--   child_id: The child, as in child
--   first_day: First day of statutory school age
--   last_day: Last day of statutory school age, the last Friday in June
with born as (
    select
        child.child_id,
        child.fifth_birthday,
        -- The school year that ends in this calendar year.
        (extract(year from child.sixteenth_birthday) + case when extract(month from child.sixteenth_birthday) >= 9 then 1 else 0 end)::integer
            as last_year
    from child
    where child.birth_date is not null
)

select
    born.child_id,
    case
        when born.fifth_birthday <= make_date(extract(year from born.fifth_birthday)::integer, 3, 31)
            then make_date(extract(year from born.fifth_birthday)::integer, 3, 31)
        when born.fifth_birthday <= make_date(extract(year from born.fifth_birthday)::integer, 8, 31)
            then make_date(extract(year from born.fifth_birthday)::integer, 8, 31)
        else make_date(extract(year from born.fifth_birthday)::integer, 12, 31)
    end as first_day,
    -- 30 June minus the days since the last Friday.
    make_date(born.last_year, 6, 30) - (extract(isodow from make_date(born.last_year, 6, 30))::integer + 2) % 7 as last_day
from born
