-- title: "One registration number has two birth dates, sexes or ethnicities"
-- severity: query
-- fields: {CSWWWorker: [SWENo, PersonBirthDate, Sex, GenderCurrent, Ethnicity]}
-- fix: "Make the person's records agree, or give each person the right number."
-- sources: ["derived from the meaning of the items"]
with differing as (
    select CSWWWorker.SWENo
    from CSWWWorker
    group by CSWWWorker.SWENo
    having
        count(distinct CSWWWorker.PersonBirthDate) > 1
        or count(distinct CSWWWorker.Sex) > 1
        or count(distinct CSWWWorker.GenderCurrent) > 1
        or count(distinct CSWWWorker.Ethnicity) > 1
)

select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
inner join differing on differing.SWENo = CSWWWorker.SWENo
