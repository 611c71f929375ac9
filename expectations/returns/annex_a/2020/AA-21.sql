-- title: "A referral that was taken on led to no assessment and no open case"
-- severity: query
-- fields: {List_3: [referral_nfa]}
-- fix: "Begin or record the assessment, or record no further action."
-- sources: ["Annex A: definitions of the lists"]
with assessed as (
    select distinct List_4.child_unique_id
    from List_4
)

select
    'List_3' as module,
    List_3.row_id
from List_3
cross join collection
left join assessed on assessed.child_unique_id = List_3.child_unique_id
left join List_6 on List_6.child_unique_id = List_3.child_unique_id and List_6.closure_date is null
where
    List_3.referral_nfa = 'b) No'
    -- Referrals of the last days may not have been decided yet.
    and List_3.referral_date < collection.collection_end - 5
    and assessed.child_unique_id is null
    and List_6.child_unique_id is null
