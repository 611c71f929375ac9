-- title: Feedback from the courts
-- id: S26
-- question: What do the courts say?
-- grain: one row per piece of feedback from a judge, guardian or Cafcass received in the period
-- calc: count
-- better: neither
-- periods: [three_months]
-- bands: [timeliness, quality, plan, attendance, other, unknown theme, positive, mixed, negative, unknown tone]
-- needs: [court_feedback]
-- sources: ["catalogue S26: by theme and tone; the text is not stored"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    court_feedback.item_id as member_key,
    1 as numerator,
    array[coalesce(theme.code, 'unknown theme'), coalesce(tone.code, 'unknown tone')] as bands
from period
inner join court_feedback on court_feedback.received_date between period.period_start and period.as_at
left join code as theme on theme.code_list = 'local.court_feedback.theme' and theme.code = court_feedback.theme
left join code as tone on tone.code_list = 'local.court_feedback.tone' and tone.code = court_feedback.tone
where coalesce(court_feedback.from_body, '') <> 'other'
