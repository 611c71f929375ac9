-- title: Brothers and sisters in care who live together
-- id: P27
-- question: Do we keep brothers and sisters in one home?
-- grain: one row per child in care at the date with a brother or sister in care
-- calc: [percent, count]
-- better: high
-- periods: [snapshot]
-- needs: [ssd_family, ssd_cla_placement, ssd_cla_episodes]
-- sources: ["catalogue P27: same family number; same registration number and postcode; with all of them; left out if an address is withheld"]
-- used_by: [pack]
with living as (
    select
        period.period_kind,
        period.period_end,
        care_period.child_id,
        ssd_family.fami_family_id as family_id,
        episode_placement.urn,
        upper(replace(episode_placement.postcode, ' ', '')) as postcode
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.last_day is null or care_period.last_day >= period.as_at)
    inner join ssd_family on ssd_family.fami_person_id = care_period.child_id
    left join episode_placement
        on episode_placement.child_id = care_period.child_id
        and episode_placement.first_day <= period.as_at
        and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
),

compared as (
    select
        living.period_kind,
        living.period_end,
        living.child_id,
        living.postcode,
        case
            when sibling.postcode <> living.postcode or sibling.urn <> living.urn then 'apart'
            when sibling.postcode = living.postcode then 'together'
        end as how
    from living
    inner join living as sibling
        on sibling.period_kind = living.period_kind
        and sibling.period_end = living.period_end
        and sibling.family_id = living.family_id
        and sibling.child_id <> living.child_id
),

answered as (
    select
        compared.period_kind,
        compared.period_end,
        compared.child_id,
        bool_or(coalesce(compared.how = 'apart', false)) as is_apart,
        bool_and(coalesce(compared.how = 'together', false)) as is_together
    from compared
    where compared.postcode is not null
    group by compared.period_kind, compared.period_end, compared.child_id
)

select
    answered.period_kind,
    answered.period_end,
    answered.child_id as member_key,
    answered.child_id,
    case when answered.is_together then 1 else 0 end as numerator,
    1 as denominator
from answered
-- Not known if the child may live with all of them.
where answered.is_together or answered.is_apart
