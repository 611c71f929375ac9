-- title: Health checks of children in care
-- grain: one row per check with a date
-- key: [check_id]
-- sources: ["catalogue T31 to T33: the kind is free text, translated by the code list local.health_check_kind or the council's mapping"]
-- columns:
--   check_id: Health check (ssd_cla_health)
--   child_id: The child, as in child
--   check_date: Day of the check
--   kind: Kind of check, as recorded or translated by local.health_check_kind
--   status: Status, such as planned or refused; null if not recorded
select
    ssd_cla_health.clah_health_check_id as check_id,
    ssd_cla_health.clah_person_id as child_id,
    ssd_cla_health.clah_health_check_date as check_date,
    ssd_cla_health.clah_health_check_type as kind,
    ssd_cla_health.clah_health_check_status as status
from ssd_cla_health
where ssd_cla_health.clah_health_check_date is not null and ssd_cla_health.clah_person_id is not null
