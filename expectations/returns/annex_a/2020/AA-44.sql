-- title: "List 9 and the count of care leavers have different young people, without a reason"
-- severity: query
-- fields: {List_9: [child_unique_id]}
-- fix: "Correct the eligibility, the birth date or the pathway plan of the young person."
-- sources: ["Annex A: definitions of the lists", "catalogue L01"]
with counted as (
    -- Two differences have a reason: list 9 has eligible young people in care without a leaving care record, and all aged 21
    -- to 24; from 21 on, L01 counts only those with a current pathway plan.
    select distinct care_leaver_right.child_id
    from care_leaver_right
    cross join collection
    where
        care_leaver_right.first_day <= collection.collection_end
        and (care_leaver_right.last_day is null or care_leaver_right.last_day >= collection.collection_end)
)

select
    'List_9' as module,
    List_9.row_id
from List_9
left join counted on counted.child_id = List_9.child_id
left join care_leaver on care_leaver.child_id = List_9.child_id
where
    counted.child_id is null
    and care_leaver.child_id is not null
    and coalesce(List_9.age, 0) < 21
union all
select
    '' as module,
    -1 as row_id
from counted
left join List_9 on List_9.child_id = counted.child_id
where List_9.row_id is null
