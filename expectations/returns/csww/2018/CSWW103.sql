-- title: "Birth date, sex or ethnicity differs from last year"
-- severity: query
-- fields: {CSWWWorker: [SWENo, PersonBirthDate, Sex, GenderCurrent, Ethnicity]}
-- fix: "Correct the item, or check whether the registration number belongs to another person."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    exists (
        select 1
        from CSWWWorker_last
        where
            CSWWWorker_last.SWENo = CSWWWorker.SWENo
            and (
                CSWWWorker_last.PersonBirthDate <> CSWWWorker.PersonBirthDate
                or coalesce(CSWWWorker_last.Sex, case CSWWWorker_last.GenderCurrent when '1' then 'M' when '2' then 'F' end)
                <> coalesce(CSWWWorker.Sex, case CSWWWorker.GenderCurrent when '1' then 'M' when '2' then 'F' end)
                or (CSWWWorker_last.Ethnicity not in ('REFU', 'NOBT') and CSWWWorker.Ethnicity in ('REFU', 'NOBT'))
            )
    )
