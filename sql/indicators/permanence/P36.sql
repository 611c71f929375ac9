-- title: Children under 16 in supported accommodation, or in unregistered homes
-- id: P36
-- question: Does any child live in a home that the law does not allow?
-- grain: one row per child under 16 in supported accommodation at the date, or in a home that must be registered and is not
-- calc: count
-- better: low
-- target: 0
-- periods: [snapshot]
-- bands: [under 16 in supported accommodation, no registration number, not on the register]
-- needs: [ssd_cla_placement, ssd_cla_episodes, provider_register]
-- sources: ["Care Standards Act 2000; children's homes (K2), secure homes (K1) and supported accommodation (K3) must be registered", "catalogue P36"]
-- used_by: [pack]
with living as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_period.child_id,
        episode_placement.urn,
        coalesce(child.sixteenth_birthday > period.as_at, false)
        and episode_placement.placement_type in ('K3', 'H5', 'P2') as is_too_young,
        -- Providers inspected by another body have a mark instead of a number.
        episode_placement.placement_type in ('K1', 'K2', 'K3') and coalesce(upper(episode_placement.urn), '') <> 'XXXXXXX' as must_be_registered
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.last_day is null or care_period.last_day >= period.as_at)
    inner join episode_placement
        on episode_placement.child_id = care_period.child_id
        and episode_placement.first_day <= period.as_at
        and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
    left join child on child.child_id = care_period.child_id
    where episode_placement.placement_type in ('K1', 'K2', 'K3', 'H5', 'P2')
),

registered as (
    select distinct
        living.period_kind,
        living.period_end,
        living.child_id
    from living
    inner join provider_register
        on upper(provider_register.urn) = upper(living.urn)
        and provider_register.registered_from <= living.as_at
        and (provider_register.registered_to is null or provider_register.registered_to > living.as_at)
),

judged as (
    select
        living.period_kind,
        living.period_end,
        living.child_id,
        array_remove(
            array[
                case when living.is_too_young then 'under 16 in supported accommodation' end,
                case
                    when not living.must_be_registered or registered.child_id is not null then null
                    when living.urn is null then 'no registration number'
                    else 'not on the register'
                end
            ],
            null
        ) as bands
    from living
    left join registered
        on registered.period_kind = living.period_kind
        and registered.period_end = living.period_end
        and registered.child_id = living.child_id
)

select
    judged.period_kind,
    judged.period_end,
    judged.child_id as member_key,
    judged.child_id,
    1 as numerator,
    judged.bands
from judged
where cardinality(judged.bands) > 0
