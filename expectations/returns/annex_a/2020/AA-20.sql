-- title: "An assessment of the six months has no referral before it"
-- severity: query
-- fields: {List_4: [start_date], List_3: [referral_date]}
-- fix: "Record the referral of the assessment, or correct its day."
-- sources: ["Annex A: definitions of the lists"]
with first_referral as (
    select
        List_3.child_unique_id,
        min(List_3.referral_date) as referral_date
    from List_3
    group by List_3.child_unique_id
)

select
    'List_4' as module,
    List_4.row_id
from List_4
cross join collection
left join first_referral on first_referral.child_unique_id = List_4.child_unique_id
left join List_6 on List_6.child_unique_id = List_4.child_unique_id
where
    -- The referral of an assessment in the first days may be from before the six months.
    List_4.start_date > collection.collection_start + 5
    and coalesce(first_referral.referral_date > List_4.start_date, true)
    and coalesce(List_6.start_date > List_4.start_date, true)
