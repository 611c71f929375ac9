-- title: Early help assessments
-- grain: one row per early help episode that was open on a day of the six months before
-- years: {first: 2020}
-- sources: ["Annex A list 2: layout of the regional peers, who also treat an early help episode as an assessment"]
select
    row_number() over (
        order by
            ssd_early_help_episodes.earl_person_id,
            ssd_early_help_episodes.earl_episode_start_date,
            ssd_early_help_episodes.earl_episode_id
    ) - 1 as row_id,
    ssd_early_help_episodes.earl_person_id as child_id,
    ssd_early_help_episodes.earl_person_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    ssd_early_help_episodes.earl_episode_start_date as start_date,
    case
        when ssd_early_help_episodes.earl_episode_end_date <= collection.collection_end
            then ssd_early_help_episodes.earl_episode_end_date
    end as completion_date,
    ssd_early_help_episodes.earl_episode_organisation as organisation
from ssd_early_help_episodes
cross join collection
left join listed_child on listed_child.child_id = ssd_early_help_episodes.earl_person_id
where
    ssd_early_help_episodes.earl_person_id is not null
    and ssd_early_help_episodes.earl_episode_start_date <= collection.collection_end
    and (
        ssd_early_help_episodes.earl_episode_end_date is null
        or ssd_early_help_episodes.earl_episode_end_date >= collection.collection_start
    )
