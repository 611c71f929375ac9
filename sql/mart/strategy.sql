-- title: Strategy discussions about children
-- grain: one row per discussion and child
-- key: [discussion_id, child_id]
-- sources: ["Working Together to Safeguard Children 2023: strategy discussions", "catalogue T09 and convention K16"]
select
    strategy_discussion.discussion_id,
    strategy_discussion.person_id as child_id,
    strategy_discussion.s47_enquiry_id as enquiry_id,
    (strategy_discussion.concern_received_at at time zone 'Europe/London')::date as concern_date,
    (strategy_discussion.held_at at time zone 'Europe/London')::date as held_date,
    strategy_discussion.is_initial,
    coalesce(police.code, strategy_discussion.police_info) as police_info,
    coalesce(health.code, strategy_discussion.health_info) as health_info,
    coalesce(social_care.code, strategy_discussion.social_care_info) as social_care_info,
    coalesce(education.code, strategy_discussion.education_info) as education_info,
    coalesce(outcome.code, strategy_discussion.outcome) as outcome
from strategy_discussion
left join code_alias as police
    on police.code_list = 'local.yes_no_na' and police.alias = lower(strategy_discussion.police_info)
left join code_alias as health
    on health.code_list = 'local.yes_no_na' and health.alias = lower(strategy_discussion.health_info)
left join code_alias as social_care
    on social_care.code_list = 'local.yes_no_na' and social_care.alias = lower(strategy_discussion.social_care_info)
left join code_alias as education
    on education.code_list = 'local.yes_no_na' and education.alias = lower(strategy_discussion.education_info)
left join code_alias as outcome
    on outcome.code_list = 'local.strategy_discussion.outcome' and outcome.alias = lower(strategy_discussion.outcome)
where strategy_discussion.person_id is not null
