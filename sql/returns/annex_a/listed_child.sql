-- title: Columns about the child that all lists share
-- grain: one row per person of the case system
-- key: [child_id]
-- years: {first: 2020}
-- sources: ["Annex A, columns that all lists share", "catalogue conventions K10 and K11"]
select
    child.child_id,
    case
        -- Neither: no sex is recorded and the child describes their gender in another way.
        when coalesce(child.sex, 'U') = 'U' and ssd_person.pers_gender = '09' then 'd) Neither'
        else coalesce(gender.code, child.sex, 'c) Not stated/recorded')
    end as gender,
    coalesce(ethnicity.code, child.ethnicity, 't) NOBT') as ethnicity,
    -- A child born after the inspection date is unborn.
    case when child.birth_date <= collection.collection_end then child.birth_date end as date_of_birth,
    case
        when child.birth_date <= collection.collection_end
            then
                extract(year from collection.collection_end) - extract(year from child.birth_date)
                - case
                    when
                        (
                            child.birth_date
                            + (extract(year from collection.collection_end) - extract(year from child.birth_date)) * interval '1 year'
                        )::date > collection.collection_end then 1
                    else 0
                end
    end as age,
    case
        when child.is_disabled then 'a) Yes'
        when not child.is_disabled then 'b) No'
        else 'c) Unknown'
    end as disability
from child
cross join collection
inner join ssd_person on ssd_person.pers_person_id = child.child_id
left join translation as gender on gender.code_list = 'annex_a_text.gender' and gender.said = child.sex
left join translation as ethnicity
    on ethnicity.code_list = 'annex_a_text.ethnicity' and ethnicity.said = child.ethnicity
