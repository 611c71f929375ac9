-- title: "The number of referrals in twelve months differs between rows of a child, or is less than the number of rows"
-- severity: error
-- fields: {List_3: [number_of_referrals]}
-- fix: "Check which referrals of the child were recorded twice or not at all."
-- sources: ["Annex A: definitions of the lists"]
with told as (
    select
        List_3.row_id,
        List_3.child_unique_id,
        List_3.number_of_referrals,
        List_3.referral_date,
        max(List_3.referral_date) over (partition by List_3.child_unique_id) as latest_day
    from List_3
),

counted as (
    select
        told.child_unique_id,
        count(*) filter (where told.referral_date >= (told.latest_day - interval '12 months')::date) as times,
        min(told.number_of_referrals) as least_number,
        max(told.number_of_referrals) as most_number
    from told
    group by told.child_unique_id
)

select
    'List_3' as module,
    told.row_id
from told
inner join counted on counted.child_unique_id = told.child_unique_id
where
    told.number_of_referrals is null
    or counted.least_number <> counted.most_number
    or told.number_of_referrals < counted.times - 1
