-- title: Prospective adopters
-- grain: one row per person in contact with the adoption agency in the twelve months before
-- years: {first: 2020}
-- sources: ["Annex A list 11: layout of the regional peers", "input contract, adopter"]
with told as (
    select
        adopter.*,
        collection.collection_end,
        (collection.collection_end - interval '12 months')::date as year_before
    from adopter
    cross join collection
)

select
    row_number() over (order by told.adopter_id) - 1 as row_id,
    told.adopter_id,
    told.family_id,
    coalesce(gender.code, told.sex_code, 'c) Not stated/recorded') as gender,
    coalesce(ethnicity.code, told.ethnicity_code, 't) NOBT') as ethnicity,
    coalesce(disability.code, told.disability, 'c) Unknown') as disability,
    coalesce(early.code, told.fostering_for_adoption) as fostering_for_adoption,
    told.enquiry_date,
    case when told.stage1_start <= told.collection_end then told.stage1_start end as stage_1_start_date,
    case when told.stage1_end <= told.collection_end then told.stage1_end end as stage_1_end_date,
    case when told.stage2_start <= told.collection_end then told.stage2_start end as stage_2_start_date,
    case when told.stage2_end <= told.collection_end then told.stage2_end end as stage_2_end_date,
    case when told.application_date <= told.collection_end then told.application_date end as application_date,
    case when told.approval_date <= told.collection_end then told.approval_date end as approval_date,
    case when told.matched_date <= told.collection_end then told.matched_date end as matched_date,
    case when told.placed_date <= told.collection_end then told.placed_date end as placed_date,
    case when coalesce(told.placed_date <= told.collection_end, true) then told.children_placed end as children_placed,
    case when told.order_date <= told.collection_end then told.order_date end as order_date,
    case when told.left_date <= told.collection_end then told.left_date end as left_date,
    case
        when coalesce(told.left_date <= told.collection_end, true) then coalesce(reason.code, told.left_reason)
    end as left_reason
from told
left join translation as gender on gender.code_list = 'annex_a_text.gender' and gender.said = told.sex_code
left join translation as ethnicity
    on ethnicity.code_list = 'annex_a_text.ethnicity' and ethnicity.said = told.ethnicity_code
left join translation as disability
    on disability.code_list = 'annex_a_text.yes_no_unknown' and disability.said = told.disability
left join translation as early on early.code_list = 'annex_a_text.yes_no' and early.said = told.fostering_for_adoption
left join translation as reason on reason.code_list = 'annex_a_text.leaving_process' and reason.said = told.left_reason
where
    coalesce(
        told.enquiry_date, told.stage1_start, told.stage2_start, told.application_date, told.approval_date
    ) <= told.collection_end
    -- A person who left or adopted before the twelve months is no longer in contact.
    and coalesce(told.left_date >= told.year_before, true)
    and coalesce(told.order_date >= told.year_before, true)
