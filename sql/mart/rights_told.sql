-- title: Information that children and young people were given about their rights
-- grain: one row per piece of information given
-- key: [info_id]
-- sources: ["input contract, rights_information", "local parameter rights_told_months: how long it counts (convention K04)"]
-- columns:
--   info_id: Record of the information
--   child_id: The child, as in child
--   topic: Topic, such as complaints or advocacy
--   given_date: Day the information was given
--   told_until: Last day on which the information counts as current; null without a standard for that day
--   understood: Whether the child understood, as recorded; null if not recorded
select
    rights_information.info_id,
    rights_information.person_id as child_id,
    rights_information.topic,
    rights_information.given_date,
    max((rights_information.given_date + standard.number_value * interval '1 month')::date) as told_until,
    rights_information.understood
from rights_information
left join parameter as standard
    on standard.name = 'rights_told_months'
    and standard.valid_from <= rights_information.given_date
    and (standard.valid_to is null or standard.valid_to > rights_information.given_date)
where rights_information.given_date is not null
group by
    rights_information.info_id, rights_information.person_id, rights_information.topic, rights_information.given_date,
    rights_information.understood
