-- title: Repeat initial conferences in 12 months
-- id: D47
-- question: How often is there a second initial conference on a child?
-- grain: one row per child and initial conference held in the period
-- calc: percent
-- better: low
-- periods: [six_months, year]
-- needs: [ssd_initial_cp_conference]
-- sources: ["Annex A list 5; counted back from each conference as in D46"]
-- used_by: [pack]
with ordered as (
    select
        conference.*,
        lag(conference.conference_date) over (
            partition by conference.child_id order by conference.conference_date, conference.conference_id
        ) as held_before
    from conference
    where conference.child_id is not null and conference.conference_date is not null
)

select
    period.period_kind,
    period.period_end,
    ordered.conference_id as member_key,
    ordered.child_id,
    ordered.team_id,
    case when ordered.held_before >= (ordered.conference_date - interval '12 months')::date then 1 else 0 end as numerator,
    1 as denominator
from period
inner join ordered on ordered.conference_date between period.period_start and period.as_at
