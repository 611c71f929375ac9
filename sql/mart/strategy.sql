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
    strategy_discussion.police_info,
    strategy_discussion.health_info,
    strategy_discussion.social_care_info,
    strategy_discussion.education_info,
    strategy_discussion.outcome
from strategy_discussion
where strategy_discussion.person_id is not null
