-- title: Staying put with former foster carers
-- id: L12
-- question: Do young people stay with their carers after 18?
-- grain: one row per young person who turned 18 in foster care in the period
-- calc: percent
-- better: high
-- periods: [year]
-- needs: [ssd_cla_episodes, ssd_cla_placement]
-- sources: ["SSDA903 OC3: with former foster carers three months after the 18th birthday", "catalogue L12: accommodation Z, or E17 and no later move"]
-- used_by: [pack]
with turned as (
    select
        care_period.child_id,
        care_period.end_date as birthday,
        care_period.end_reason
    from care_period
    inner join child on child.child_id = care_period.child_id and child.eighteenth_birthday = care_period.end_date
    where
        exists (
            select 1
            from placement
            where
                placement.child_id = care_period.child_id
                and placement.placement_group = 'fostering'
                and placement.start_date < care_period.end_date
                and (placement.end_date is null or placement.end_date >= care_period.end_date)
        )
),

lives as (
    -- Around the birthday, or else the last known accommodation.
    select
        turned.*,
        coalesce(nullif(around.accommodation, '0'), nullif(care_leaver.accommodation, '0')) as accommodation,
        care_leaver.team_id
    from turned
    left join care_leaver_state as around on around.child_id = turned.child_id and not around.is_latest and around.age = 18
    left join care_leaver on care_leaver.child_id = turned.child_id
)

select
    period.period_kind,
    period.period_end,
    lives.child_id as member_key,
    lives.child_id,
    lives.team_id,
    max(case when coalesce(lives.accommodation = 'Z', lives.end_reason = 'E17', false) then 1 else 0 end) as numerator,
    1 as denominator
from period
inner join lives on lives.birthday between period.period_start and period.as_at
group by period.period_kind, period.period_end, lives.child_id, lives.team_id
