-- title: "The number of enquiries in twelve months differs between rows of a child, or is less than the number of rows"
-- severity: error
-- fields: {List_5: [number_of_enquiries]}
-- fix: "Check which enquiries of the child are recorded twice or not at all."
-- sources: ["Annex A: definitions of the lists"]
with told as (
    select
        List_5.row_id,
        List_5.child_unique_id,
        List_5.number_of_enquiries,
        List_5.start_date,
        max(List_5.start_date) over (partition by List_5.child_unique_id) as latest_day
    from List_5
),

counted as (
    select
        told.child_unique_id,
        count(*) filter (where told.start_date >= (told.latest_day - interval '12 months')::date) as times,
        min(told.number_of_enquiries) as least_number,
        max(told.number_of_enquiries) as most_number
    from told
    group by told.child_unique_id
)

select
    'List_5' as module,
    told.row_id
from told
inner join counted on counted.child_unique_id = told.child_unique_id
where
    told.number_of_enquiries is null
    or counted.least_number <> counted.most_number
    or told.number_of_enquiries < counted.times - 1
