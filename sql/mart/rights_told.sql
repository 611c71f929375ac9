-- title: What children and young people were told about their rights
-- grain: one row per piece of information given
-- key: [info_id]
-- sources: ["input contract, rights_information", "local parameter rights_told_months: how long it lasts (convention K04)"]
select
    rights_information.info_id,
    rights_information.person_id as child_id,
    coalesce(topic.code, rights_information.topic) as topic,
    rights_information.given_date,
    max((rights_information.given_date + standard.number_value * interval '1 month')::date) as told_until,
    coalesce(understood.code, rights_information.understood) as understood
from rights_information
left join code_alias as topic
    on topic.code_list = 'local.rights_information.topic' and topic.alias = lower(rights_information.topic)
left join code_alias as understood
    on understood.code_list = 'local.yes_no_na' and understood.alias = lower(rights_information.understood)
left join parameter as standard
    on standard.name = 'rights_told_months'
    and standard.valid_from <= rights_information.given_date
    and (standard.valid_to is null or standard.valid_to > rights_information.given_date)
where rights_information.given_date is not null
group by
    rights_information.info_id, rights_information.person_id, topic.code, rights_information.topic,
    rights_information.given_date, understood.code, rights_information.understood
