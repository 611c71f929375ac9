-- title: Missing episodes and children missing
-- id: D36
-- question: How often do children go missing?
-- grain: one row per missing episode begun in the period; away without leave is counted separately
-- calc: [count, children]
-- figures:
--   children: "count(distinct child_id) filter (where numerator > 0)"
-- better: low
-- periods: [six_months, year, month]
-- bands: [from care, from home, from other authority, from care by report only, away without leave]
-- needs: [ssd_missing]
-- sources: ["SSDA903 and police reports merged; published figures cover only children in care"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    missing_incident.episode_id as member_key,
    missing_incident.child_id,
    case when missing_incident.episode_type = 'A' then 0 else 1 end as numerator,
    case
        when missing_incident.episode_type = 'A' then array['away without leave']
        else array['from ' || missing_incident.origin]
    end as bands
from period
inner join missing_incident on missing_incident.start_date between period.period_start and period.as_at
