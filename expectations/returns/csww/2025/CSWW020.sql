-- title: "Recruitment or retention payments are made, although neither bonus is declared"
-- severity: query
-- fields: {LALevel: [RecruitmentBonus, RetentionBonus], CSWWWorker: [RRPayments]}
-- fix: "Declare the bonus that is paid, or correct the worker's payment."
-- sources: ["derived from the meaning of the items"]
with declared_none as (
    select LALevel.row_id
    from LALevel
    where
        LALevel.RecruitmentBonus = '0'
        and LALevel.RetentionBonus = '0'
),

paid as (
    select CSWWWorker.row_id
    from CSWWWorker
    where CSWWWorker.RRPayments > 0
)

select
    'LALevel' as module,
    declared_none.row_id
from declared_none
where exists (select 1 from paid)
union all
select
    'CSWWWorker' as module,
    paid.row_id
from paid
where exists (select 1 from declared_none)
