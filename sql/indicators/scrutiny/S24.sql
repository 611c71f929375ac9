-- title: Challenges of reviewing officers settled within 20 working days
-- id: S24
-- question: Do reviewing officers challenge, and are they heard?
-- grain: one row per challenge of a reviewing officer or conference chair
-- calc: [percent, count, raised]
-- figures: {raised: "count(member_key)"}
-- better: high
-- clock: {from: "raised_date (day 0)", to: settled date, unit: working days, standard: iro_challenge_working_days}
-- views: [finished, due]
-- periods: [three_months]
-- bands: {codes: local.iro_challenge.level}
-- needs: [iro_challenge]
-- sources: ["IRO handbook: resolved within 20 working days", "catalogue S24: the bands raised and informal count challenges closed in the period"]
-- used_by: [pack]
select
    iro_challenge.challenge_id as member_key,
    iro_challenge.person_id as child_id,
    iro_challenge.raised_date as clock_start,
    iro_challenge.settled_date as clock_stop,
    case when iro_challenge.level is null then 'not recorded' else coalesce(level.code, 'unknown code') end as band
from iro_challenge
left join code as level on level.code_list = 'local.iro_challenge.level' and level.code = iro_challenge.level
