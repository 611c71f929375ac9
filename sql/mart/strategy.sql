-- title: Strategy discussions about children
-- grain: one row per discussion and child
-- key: [discussion_id, child_id]
-- sources: ["Working Together to Safeguard Children 2023: strategy discussions", "catalogue T09 and convention K16"]
-- columns:
--   discussion_id: Discussion
--   child_id: The child, as in child
--   enquiry_id: Section 47 enquiry; null if none is recorded
--   concern_date: Day the concern was received; null if not recorded
--   held_date: Day of the discussion; null if not recorded
--   is_initial: True if it is the first discussion on the concern
--   police_info: Whether the police gave information, as recorded
--   health_info: Whether health services gave information, as recorded
--   social_care_info: Whether social care gave information, as recorded
--   education_info: Whether education gave information, as recorded
--   outcome: Result of the discussion; null if not recorded
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
