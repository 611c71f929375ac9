-- title: Last year's people plus starters minus leavers differ from this year's
-- severity: query
-- fields: {CSWWWorker: [SWENo, RoleStartDate, RoleEndDate]}
-- fix: "Check who was in post last year and is missing, and who is present without having started."
-- sources: ["derived from the meaning of the items"]
with record as (
    select
        CSWWWorker.SWENo,
        CSWWWorker.PersonBirthDate,
        coalesce(CSWWWorker.Sex, CSWWWorker.GenderCurrent) as sex,
        CSWWWorker.Ethnicity,
        CSWWWorker.RoleStartDate,
        CSWWWorker.RoleEndDate,
        CSWWWorker.RoleEndDate_text is null as is_in_post,
        CSWWWorker.RoleStartDate between collection.collection_start and collection.collection_end as is_starter,
        CSWWWorker.RoleEndDate between collection.collection_start and collection.collection_end as is_leaver
    from CSWWWorker
    cross join collection
    where CSWWWorker.AgencyWorker = '0'
),

present as (
    select distinct
        record.SWENo,
        record.PersonBirthDate,
        record.sex,
        record.Ethnicity
    from record
    where record.is_in_post
),

starter as (
    select distinct
        record.SWENo,
        record.PersonBirthDate,
        record.sex,
        record.Ethnicity,
        record.RoleStartDate
    from record
    where record.is_starter
),

leaver as (
    select distinct
        record.SWENo,
        record.PersonBirthDate,
        record.sex,
        record.Ethnicity,
        record.RoleEndDate
    from record
    where record.is_leaver
),

before as (
    select distinct
        CSWWWorker_last.SWENo,
        CSWWWorker_last.PersonBirthDate,
        coalesce(CSWWWorker_last.Sex, CSWWWorker_last.GenderCurrent) as sex,
        CSWWWorker_last.Ethnicity
    from CSWWWorker_last
    where CSWWWorker_last.AgencyWorker = '0' and CSWWWorker_last.RoleEndDate_text is null
),

total as (
    select
        (select count(*) from present) as present,
        (select count(*) from starter) as starters,
        (select count(*) from leaver) as leavers,
        (select count(*) from before) as before
)

select
    '' as module,
    -1 as row_id
from total
where abs(total.before + total.starters - total.leavers - total.present) * 20 > total.present
