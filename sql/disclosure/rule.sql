-- title: What anybody may see of counts, shares and averages
-- grain: one row per row of `counted`, its columns and is_hidden, public_numerator, public_denominator, public_value
-- reads: "counted: whole, is_part, name, numerator, denominator, value; rows of a whole with is_part are its parts"
-- sources:
--   - "Children in need and children looked after releases: counts of 1 to 5 are hidden as c, 0 is shown, other counts are rounded to 5"
--   - "Rounding is upwards, so that what is hidden is one step too; to the nearest 5, a total of 27 and parts of 13 and 13 are 25, 15 and 15: 1 is hidden"
with judged as (
    select
        counted.*,
        -- By its count a part is chosen that is hidden so that the total less the others does not give a small one.
        coalesce(counted.denominator, counted.numerator) as size,
        case
            when counted.value is null then false
            when counted.numerator is null and counted.denominator is null then true
            when counted.denominator is null then counted.numerator > 0 and counted.numerator <= 5
            when counted.numerator is null then counted.denominator < 10
            else
                -- Of fewer, a share of rounded counts is too far from the true one.
                counted.denominator < 50
                or (counted.numerator > 0 and counted.numerator <= 5)
                or (counted.denominator > counted.numerator and counted.denominator - counted.numerator <= 5)
        end is true as is_small
    from counted
),

ranked as (
    select
        judged.*,
        judged.is_part and bool_or(judged.is_small) over part as has_small,
        judged.is_part and count(*) filter (where not judged.is_small and judged.size > 0) over part = 0 as has_no_other,
        row_number() over (
            partition by judged.whole, judged.is_part
            order by judged.is_small or coalesce(judged.size, 0) = 0, judged.size, judged.numerator, judged.name collate "C" -- noqa: RF03
        ) = 1 as is_smallest_other
    from judged
    window part as (partition by judged.whole, judged.is_part)
),

hidden as (
    select
        ranked.*,
        ranked.is_small or (ranked.has_small and (ranked.is_smallest_other or ranked.has_no_other)) as is_hidden,
        -- A share is worked out of the middles of the steps of five, so it says no more than they do.
        greatest(5 * ceil(ranked.numerator / 5) - 2, 0) as middle_numerator,
        greatest(5 * ceil(ranked.denominator / 5) - 2, 0) as middle_denominator,
        round(ranked.value * ranked.denominator / nullif(ranked.numerator, 0), 6) as factor
    from ranked
)

select
    hidden.*, -- noqa: AM04
    case when not hidden.is_hidden and hidden.value is not null then 5 * ceil(hidden.numerator / 5) end as public_numerator,
    case when not hidden.is_hidden and hidden.value is not null then 5 * ceil(hidden.denominator / 5) end as public_denominator,
    case
        when hidden.is_hidden then null
        when hidden.denominator is null then 5 * ceil(hidden.value / 5)
        when hidden.numerator is null or hidden.numerator = 0 then hidden.value
        else
            round(
                hidden.factor * hidden.middle_numerator / hidden.middle_denominator,
                case hidden.factor when 100 then 0 else 1 end
            )
    end as public_value
from hidden
