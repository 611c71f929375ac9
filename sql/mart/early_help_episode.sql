-- title: Early help
-- grain: one row per early help episode that has begun
-- key: [episode_id]
-- sources: ["Annex A list 2", "catalogue D32 and D33: the words for partners and step-ups are two local parameters, separated by bars"]
-- columns:
--   episode_id: Early help episode
--   child_id: The child, as in child
--   start_date: First day of the episode
--   end_date: Last day of the episode; null if it continues
--   is_partner_led: True if the organisation matches the words in early_help_partner_words
--   is_stepped_up: True if the end reason matches the words in early_help_step_up_words
with word as (
    select
        parameter.name,
        daterange(parameter.valid_from, parameter.valid_to, '[)') as days,
        string_to_array('%' || replace(parameter.text_value, '|', '%|%') || '%', '|') as patterns
    from parameter
    where parameter.name in ('early_help_partner_words', 'early_help_step_up_words') and parameter.text_value <> ''
)

select
    ssd_early_help_episodes.earl_episode_id as episode_id,
    ssd_early_help_episodes.earl_person_id as child_id,
    ssd_early_help_episodes.earl_episode_start_date as start_date,
    least(
        ssd_early_help_episodes.earl_episode_end_date,
        case when child.death_date >= ssd_early_help_episodes.earl_episode_start_date then child.death_date end
    ) as end_date,
    coalesce(
        ssd_early_help_episodes.earl_episode_organisation ilike any(partner.patterns)
        and not ssd_early_help_episodes.earl_episode_organisation ilike any(array['%council%', '%local authority%']),
        false
    ) as is_partner_led,
    coalesce(ssd_early_help_episodes.earl_episode_end_reason ilike any(step_up.patterns), false) as is_stepped_up
from ssd_early_help_episodes
left join child on child.child_id = ssd_early_help_episodes.earl_person_id
left join word as partner
    on partner.name = 'early_help_partner_words' and partner.days @> ssd_early_help_episodes.earl_episode_start_date
left join word as step_up
    on step_up.name = 'early_help_step_up_words' and step_up.days @> ssd_early_help_episodes.earl_episode_end_date
where
    ssd_early_help_episodes.earl_episode_start_date is not null
    and (
        ssd_early_help_episodes.earl_episode_end_date is null
        or ssd_early_help_episodes.earl_episode_end_date >= ssd_early_help_episodes.earl_episode_start_date
    )
