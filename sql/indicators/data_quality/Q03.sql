-- title: Time to correct a validation error
-- id: Q03
-- question: How long do errors stay?
-- grain: one row per failure of a rule on consecutive nights
-- calc: [median, percent]
-- better: low
-- clock: {from: first night with the failure, to: first night without it, unit: days, standard: error_fix_days}
-- views: [finished]
-- bands: [error, query]
-- band_figure: median
-- periods: [month]
-- needs: []
-- sources: ["catalogue Q03: an error that comes back is a new one; an error of a year that is no longer checked does not count as corrected"]
-- used_by: [local]
select
    concat_ws(
        '/',
        rule_failure_before.return_id,
        rule_failure_before.period,
        rule_failure_before.rule,
        rule_failure_before.module,
        rule_failure_before.field,
        rule_failure_before.row_key,
        rule_failure_before.first_seen
    ) as member_key,
    rule_failure_before.child_id,
    rule_failure_before.worker_id,
    rule_failure_before.team_id,
    rule_failure_before.severity as band,
    rule_failure_before.first_seen as clock_start,
    case when rule_failure_before.is_mended then rule_failure_before.gone_on end as clock_stop,
    case when not rule_failure_before.is_mended then rule_failure_before.gone_on end as ended_date
from rule_failure_before
