-- title: Changes caused by a worker leaving
-- id: C08
-- question: How many changes would a stable workforce have avoided?
-- grain: one row per change of a child's social worker in the period
-- calc: percent
-- better: low
-- periods: [year]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_contract, agency_assignment]
-- sources: ["catalogue C08: within 14 days of the end of contract or assignment; HR takes precedence over the recorded reason"]
-- used_by: [pack]
with gone as (
    -- The last day on which a person worked here.
    select
        working.person_key,
        upper(working.days) - 1 as last_day
    from (
        select
            employment.person_key,
            unnest(range_agg(daterange(employment.first_day, employment.last_day, '[]'))) as days
        from employment
        group by employment.person_key
    ) as working
    where upper(working.days) is not null
),

known as (
    select distinct employment.person_key
    from employment
),

-- The cause of a change does not depend on the period.
caused as (
    select
        worker_change.child_id,
        worker_change.day,
        worker_change.team_id,
        case
            when known.person_key is null then coalesce(worker_change.reason = 'LEFTRL', false)
            else bool_or(gone.person_key is not null)
        end as by_leaving
    from worker_change
    left join known on known.person_key = worker_change.from_person_key
    left join gone
        on gone.person_key = worker_change.from_person_key
        and gone.last_day between worker_change.end_day - 14 and worker_change.end_day + 14
    group by worker_change.child_id, worker_change.day, worker_change.team_id, worker_change.reason, known.person_key
)

select
    period.period_kind,
    period.period_end,
    caused.child_id || '/' || caused.day as member_key,
    caused.child_id,
    caused.team_id,
    case when caused.by_leaving then 1 else 0 end as numerator,
    1 as denominator
from period
inner join caused on caused.day between period.period_start and period.as_at
