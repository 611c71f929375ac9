-- title: Panel decisions within five working days
-- id: S05
-- question: Does the panel decide quickly?
-- grain: one row per request to the panel, with its final decision
-- calc: [median, percent]
-- better: low
-- clock: {from: "request_date (day 0)", to: final decision date, unit: working days, standard: panel_decision_working_days}
-- views: [finished, due]
-- periods: [month, six_months]
-- bands: [at the panel, emergency]
-- band_figure: percent
-- needs: [panel_request, panel_decision]
-- sources: ["catalogue S05 and convention K02: a deferral does not stop the clock; a request presented again has its own clock"]
-- used_by: [pack]
with final as (
    select distinct on (panel_ruling.request_id)
        panel_ruling.request_id,
        panel_ruling.decision_date
    from panel_ruling
    where panel_ruling.is_final and panel_ruling.decision not in ('deferred', 'withdrawn')
    order by panel_ruling.request_id asc, panel_ruling.decision_date asc, panel_ruling.decision_id asc
),

taken_back as (
    select
        panel_ruling.request_id,
        min(panel_ruling.decision_date) as day
    from panel_ruling
    where panel_ruling.decision = 'withdrawn'
    group by panel_ruling.request_id
)

select
    panel_request.request_id as member_key,
    panel_request.person_id as child_id,
    panel_request.team_id,
    panel_request.request_date as clock_start,
    final.decision_date as clock_stop,
    taken_back.day as ended_date,
    case when panel_request.emergency then 'emergency' else 'at the panel' end as band
from panel_request
left join final on final.request_id = panel_request.request_id
left join taken_back on taken_back.request_id = panel_request.request_id
