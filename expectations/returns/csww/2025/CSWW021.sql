-- title: "Other payments are made, although no allowance is declared"
-- severity: query
-- fields: {LALevel: [PerformanceAward, CarAllowance, RegionalWeighting, OtherAllowances], CSWWWorker: [OtherPayments]}
-- fix: "Declare the allowance that is paid, or correct the worker's payment."
-- sources: ["derived from the meaning of the items"]
with declared_none as (
    select LALevel.row_id
    from LALevel
    where
        coalesce(LALevel.PerformanceAward, '') not in ('1', '2')
        and coalesce(LALevel.CarAllowance, '') not in ('1', '2')
        and coalesce(LALevel.RegionalWeighting, '') not in ('1', '2')
        and coalesce(lower(LALevel.OtherAllowances), 'none') in ('none', 'no', 'nil', '0', 'n/a', 'not applicable')
),

paid as (
    select CSWWWorker.row_id
    from CSWWWorker
    where CSWWWorker.OtherPayments > 0
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
