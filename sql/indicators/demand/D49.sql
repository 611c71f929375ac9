-- title: Ethnic groups over- or under-represented at each stage
-- id: D49
-- question: Are some ethnic groups over-represented?
-- grain: one row per event and ethnic group with its ratio, and one for each limit of its interval
-- calc: max
-- better: neither
-- band_figure: sum
-- periods: [year]
-- bands: ["referral: White", "referral: White, from", "referral: White, to",
--   "referral: Mixed", "referral: Mixed, from", "referral: Mixed, to",
--   "referral: Asian", "referral: Asian, from", "referral: Asian, to",
--   "referral: Black", "referral: Black, from", "referral: Black, to",
--   "referral: Other", "referral: Other, from", "referral: Other, to",
--   "section 47 enquiry: White", "section 47 enquiry: White, from", "section 47 enquiry: White, to",
--   "section 47 enquiry: Mixed", "section 47 enquiry: Mixed, from", "section 47 enquiry: Mixed, to",
--   "section 47 enquiry: Asian", "section 47 enquiry: Asian, from", "section 47 enquiry: Asian, to",
--   "section 47 enquiry: Black", "section 47 enquiry: Black, from", "section 47 enquiry: Black, to",
--   "section 47 enquiry: Other", "section 47 enquiry: Other, from", "section 47 enquiry: Other, to",
--   "protection plan started: White", "protection plan started: White, from", "protection plan started: White, to",
--   "protection plan started: Mixed", "protection plan started: Mixed, from", "protection plan started: Mixed, to",
--   "protection plan started: Asian", "protection plan started: Asian, from", "protection plan started: Asian, to",
--   "protection plan started: Black", "protection plan started: Black, from", "protection plan started: Black, to",
--   "protection plan started: Other", "protection plan started: Other, from", "protection plan started: Other, to",
--   "entry to care: White", "entry to care: White, from", "entry to care: White, to",
--   "entry to care: Mixed", "entry to care: Mixed, from", "entry to care: Mixed, to",
--   "entry to care: Asian", "entry to care: Asian, from", "entry to care: Asian, to",
--   "entry to care: Black", "entry to care: Black, from", "entry to care: Black, to",
--   "entry to care: Other", "entry to care: Other, from", "entry to care: Other, to"]
-- needs: [ssd_cin_episodes, ssd_s47_enquiry, ssd_cp_plans, ssd_cla_episodes, population_group]
-- sources:
--   - "rate of the group divided by that of all children, the headline is the highest; not shown for under 10 children"
--   - "from and to are the 95 per cent interval"
-- used_by: [pack]
with event as (
    select
        'referral' as kind,
        referral.child_id,
        referral.referral_date as day
    from referral
    where not referral.is_inside_open_referral
    union all
    select
        'section 47 enquiry' as kind,
        enquiry.child_id,
        enquiry.start_date as day
    from enquiry
    union all
    select
        'protection plan started' as kind,
        cp_plan.child_id,
        cp_plan.start_date as day
    from cp_plan
    where not cp_plan.is_other_authority
    union all
    select
        'entry to care' as kind,
        care_period.child_id,
        care_period.first_day as day
    from care_period
    where care_period.start_reason = 'S'
),

-- If there are estimates of only one area, they are the authority's.
people as (
    select
        population_group.year,
        population_group.ethnic_group,
        sum(population_group.people) as people
    from population_group
    left join own_authority
        on own_authority.ons_code = population_group.area_code or own_authority.la_code = population_group.area_code
    where
        population_group.age_band = '0-17'
        and (
            own_authority.la_code is not null
            or (select count(distinct held.area_code) from population_group as held) = 1
        )
    group by population_group.year, population_group.ethnic_group
),

newest as (
    select
        period.period_kind,
        period.period_end,
        max(people.year) as year
    from period
    inner join people on make_date(people.year, 4, 1) <= period.period_end
    group by period.period_kind, period.period_end
),

of_child as (
    select
        period.period_kind,
        period.period_end,
        event.kind,
        event.child_id,
        count(*) as events
    from period
    inner join event on event.day between period.period_start and period.as_at
    group by period.period_kind, period.period_end, event.kind, event.child_id
),

counted as (
    select
        of_child.period_kind,
        of_child.period_end,
        of_child.kind,
        child.ethnic_group,
        sum(of_child.events) as events,
        count(of_child.child_id) as children
    from of_child
    left join child on child.child_id = of_child.child_id
    group by of_child.period_kind, of_child.period_end, of_child.kind, child.ethnic_group
),

-- All children count in the total, including those without a known group.
shared as (
    select
        counted.*,
        sum(counted.events) over (partition by counted.period_kind, counted.period_end, counted.kind) as all_events
    from counted
),

lived as (
    select
        newest.period_kind,
        newest.period_end,
        people.ethnic_group,
        people.people,
        sum(people.people) over (partition by newest.period_kind, newest.period_end) as all_people
    from newest
    inner join people on people.year = newest.year
),

compared as (
    select
        shared.period_kind,
        shared.period_end,
        shared.kind || ': ' || shared.ethnic_group as name,
        shared.events,
        (shared.events / lived.people::numeric) / (shared.all_events / lived.all_people::numeric) as ratio
    from shared
    inner join lived
        on lived.period_kind = shared.period_kind
        and lived.period_end = shared.period_end
        and lived.ethnic_group = shared.ethnic_group
    where shared.children >= 10 and lived.people >= 10
)

select
    compared.period_kind,
    compared.period_end,
    compared.name as member_key,
    compared.ratio as numerator,
    compared.ratio as measure,
    compared.name as band
from compared
union all
select
    compared.period_kind,
    compared.period_end,
    compared.name || ', from' as member_key,
    compared.ratio * exp(-1.96 / sqrt(compared.events::numeric)) as numerator,
    null as measure,
    compared.name || ', from' as band
from compared
union all
select
    compared.period_kind,
    compared.period_end,
    compared.name || ', to' as member_key,
    compared.ratio * exp(1.96 / sqrt(compared.events::numeric)) as numerator,
    null as measure,
    compared.name || ', to' as band
from compared
