-- title: Children in care who say they understand their rights
-- id: S22
-- question: Do children in care understand their rights?
-- grain: one row per survey and group of children in care asked how to complain, and one for all asked what an advocate does
-- calc: [percent, knows_advocate, response_rate]
-- figures:
--   knows_advocate: "max(measure) filter (where bands @> array['knows_advocate'])"
--   response_rate: "100 * sum(denominator) / nullif(sum(measure) filter (where bands @> array['knows_how_to_complain']), 0)"
-- better: high
-- periods: [year]
-- bands: []
-- least_base: 10
-- needs: [voice_survey]
-- sources: ["catalogue S22: the last survey of each group in the period; nothing for fewer than ten answers"]
-- used_by: [pack, councillors_report]
with latest as (
    select distinct on (period.period_kind, period.period_end, voice_survey.question_code, voice_survey.group_code)
        period.period_kind,
        period.period_end,
        voice_survey.survey_id,
        voice_survey.question_code as question,
        voice_survey.group_code,
        voice_survey.asked,
        voice_survey.answered,
        voice_survey.positive
    from period
    inner join voice_survey on voice_survey.closed_date between period.period_start and period.as_at
    where
        -- A row with more yes than answers, or more answers than people asked, is an error and is ignored.
        coalesce(voice_survey.positive <= voice_survey.answered, true)
        and coalesce(voice_survey.answered <= voice_survey.asked, true)
        and voice_survey.question_code in ('knows_how_to_complain', 'knows_advocate')
        and voice_survey.group_code in ('in_care_4_7', 'in_care_8_10', 'in_care_11_18')
    order by
        period.period_kind asc,
        period.period_end asc,
        voice_survey.question_code asc,
        voice_survey.group_code asc,
        voice_survey.closed_date desc,
        voice_survey.survey_id desc
)

select
    latest.period_kind,
    latest.period_end,
    latest.survey_id || '/' || latest.question || '/' || latest.group_code as member_key,
    latest.positive as numerator,
    latest.answered as denominator,
    latest.asked::numeric as measure,
    array[latest.question] as bands
from latest
where latest.question = 'knows_how_to_complain'
union all
select
    latest.period_kind,
    latest.period_end,
    latest.question as member_key,
    null as numerator,
    null as denominator,
    case when sum(latest.answered) >= 10 then 100.0 * sum(latest.positive) / sum(latest.answered) end as measure,
    array[latest.question] as bands
from latest
where latest.question = 'knows_advocate'
group by latest.period_kind, latest.period_end, latest.question
