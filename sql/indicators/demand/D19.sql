-- title: Protection plans by category of abuse
-- id: D19
-- question: What are children protected from?
-- grain: one row per plan open at the date, by its latest category, or begun in the period, by its first
-- calc: count
-- better: neither
-- periods: [snapshot, six_months, three_months, year]
-- bands: ["open: NEG", "open: PHY", "open: SAB", "open: EMO", "open: MUL", "open: unknown code", "open: not recorded",
--   "started: NEG", "started: PHY", "started: SAB", "started: EMO", "started: MUL", "started: unknown code", "started: not recorded"]
-- needs: [ssd_cp_plans]
-- sources: ["CIN census: category of abuse, first and latest; the count and the base are of the open plans"]
-- used_by: [pack]
with named as (
    select
        cp_plan.*,
        case
            when cp_plan.initial_category is null then 'not recorded'
            when cp_plan.initial_category in ('NEG', 'PHY', 'SAB', 'EMO', 'MUL') then cp_plan.initial_category
            else 'unknown code'
        end as first_category,
        case
            when cp_plan.latest_category is null then 'not recorded'
            when cp_plan.latest_category in ('NEG', 'PHY', 'SAB', 'EMO', 'MUL') then cp_plan.latest_category
            else 'unknown code'
        end as last_category
    from cp_plan
    where not cp_plan.is_other_authority
),

placed as (
    select
        period.period_kind,
        period.period_end,
        named.*,
        named.end_date is null or named.end_date > period.as_at as is_open,
        named.start_date >= period.period_start as is_started
    from period
    inner join named
        on named.start_date <= period.as_at
        and (named.end_date is null or named.end_date > period.as_at or named.start_date >= period.period_start)
)

select
    placed.period_kind,
    placed.period_end,
    placed.plan_id as member_key,
    placed.child_id,
    case when placed.is_open then 1 end as numerator,
    case when placed.is_open then 1 end as denominator,
    array_remove(
        array[
            case when placed.is_open then 'open: ' || placed.last_category end,
            case when placed.is_started then 'started: ' || placed.first_category end
        ],
        null
    ) as bands
from placed
