-- title: The length of an agency contract is negative or above 500 weeks
-- severity: query
-- fields: {CSWWWorker: [ContractWeeks]}
-- fix: Give the weeks from the first to the last day of the contract.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    exists (
        select 1
        from string_to_table(CSWWWorker.ContractWeeks, ';') as contract (weeks)
        where case when contract.weeks ~ '^[+-]?[0-9]+([.][0-9]+)?$' then contract.weeks::numeric not between 0 and 500 end
    )
