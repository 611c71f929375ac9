-- title: Changes of a child's social worker, without short cover
-- grain: one row per child and day on which another social worker took over
-- key: [child_id, day]
-- sources: ["catalogue C01: cover of less than cover_days with the same worker before and after is not a change (local_parameter)"]
-- columns:
--   child_id: The child, as in child
--   day: First day of the new social worker
--   from_professional_id: Former social worker in the case system
--   from_person_key: The former social worker as a person, as in employment; null if unknown
--   to_professional_id: New social worker in the case system
--   team_id: Team of the new social worker; null if not recorded
--   end_day: First day without the former social worker
--   reason: Code of the reason for the change; null if not recorded
with numbered as (
    -- The time of one worker, including gaps.
    select
        allocated_worker.child_id,
        allocated_worker.professional_id,
        allocated_worker.first_day,
        allocated_worker.last_day,
        coalesce(
            allocated_worker.professional_id
            <> lag(allocated_worker.professional_id) over (
                partition by allocated_worker.child_id order by allocated_worker.first_day
            ),
            true
        ) as is_new
    from allocated_worker
),

island as (
    select
        numbered.child_id,
        numbered.professional_id,
        numbered.first_day,
        numbered.last_day,
        count(*) filter (where numbered.is_new) over (
            partition by numbered.child_id order by numbered.first_day
        ) as number
    from numbered
),

turn as (
    select
        island.child_id,
        island.number,
        island.professional_id,
        min(island.first_day) as first_day,
        case when bool_and(island.last_day is not null) then max(island.last_day) end as last_day
    from island
    group by island.child_id, island.number, island.professional_id
),

kept as (
    select
        turn.child_id,
        turn.first_day,
        turn.professional_id
    from (
        select
            turn.child_id,
            turn.first_day,
            turn.last_day,
            turn.professional_id,
            lag(turn.professional_id) over (partition by turn.child_id order by turn.first_day) as before,
            lead(turn.professional_id) over (partition by turn.child_id order by turn.first_day) as after
        from turn
    ) as turn
    -- Short cover, by the limit that applied when it began.
    left join parameter as cover
        on cover.name = 'cover_days'
        and cover.valid_from <= turn.first_day
        and (cover.valid_to is null or cover.valid_to > turn.first_day)
    -- The last day of an involvement is one day after the last one on which the child was held.
    where not coalesce(turn.before = turn.after and turn.last_day - turn.first_day + 2 < cover.number_value, false)
),

followed as (
    select
        kept.child_id,
        kept.first_day,
        kept.professional_id,
        lag(kept.professional_id) over (partition by kept.child_id order by kept.first_day) as before
    from kept
)

select
    followed.child_id,
    followed.first_day as day,
    handover.from_professional_id,
    handover.from_person_key,
    followed.professional_id as to_professional_id,
    handover.team_id,
    handover.end_day,
    handover.reason
from followed
inner join handover on handover.child_id = followed.child_id and handover.next_day = followed.first_day
where followed.professional_id <> followed.before
