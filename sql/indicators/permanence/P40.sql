-- title: Care proceedings that ended with the child living with a parent
-- id: P40
-- question: How often does the child live with a parent after proceedings?
-- grain: one row per child whose care proceedings ended in the period, where it is recorded with whom the child lives
-- calc: [percent, count, care_order_at_home]
-- better: neither
-- figures: {care_order_at_home: "count(member_key) filter (where bands @> array['care order at home'])"}
-- periods: [year]
-- bands: [under 1, 1 to 4, 5 to 9, 10 to 15, 16 and over, age not recorded]
-- band_figure: percent
-- needs: [court_case]
-- sources:
--   - "Children Act 1989, section 31"
--   - "catalogue P40: by age at the end; a supervision order at home counts; a care order at home is also shown separately"
-- used_by: [pack]
with ended as (
    select
        court_case.case_number,
        court_case.person_id as child_id,
        court_case.final_order_date,
        court_case.lives_with = 'parent' as is_with_parent,
        coalesce(court_case.final_order = 'care', false) as is_care_order,
        case
            when child.birth_date is null then 'age not recorded'
            when (child.birth_date + interval '1 year')::date > court_case.final_order_date then 'under 1'
            when child.fifth_birthday > court_case.final_order_date then '1 to 4'
            when (child.birth_date + interval '10 years')::date > court_case.final_order_date then '5 to 9'
            when child.sixteenth_birthday > court_case.final_order_date then '10 to 15'
            else '16 and over'
        end as age_band
    from court_case
    left join child on child.child_id = court_case.person_id
    where
        court_case.proceedings_type = 'care'
        and court_case.lives_with is not null
        and court_case.final_order_date >= court_case.issue_date
),

last_ended as (
    select distinct on (period.period_kind, period.period_end, ended.child_id)
        period.period_kind,
        period.period_end,
        ended.child_id,
        ended.is_with_parent,
        ended.is_care_order,
        ended.age_band
    from period
    inner join ended on ended.final_order_date between period.period_start and period.as_at
    order by period.period_kind asc, period.period_end asc, ended.child_id asc, ended.final_order_date desc, ended.case_number desc
)

select
    last_ended.period_kind,
    last_ended.period_end,
    last_ended.child_id as member_key,
    last_ended.child_id,
    case when last_ended.is_with_parent then 1 else 0 end as numerator,
    1 as denominator,
    array_remove(
        array[
            last_ended.age_band,
            case when last_ended.is_with_parent and last_ended.is_care_order then 'care order at home' end
        ],
        null
    ) as bands
from last_ended
