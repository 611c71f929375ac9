-- title: How care leavers aged 17 to 21 live, around each birthday and as last recorded
-- grain: one row per care leaver and birthday, and one per care leaver and age band for the latest state
-- key: [child_id, is_latest, first_day]
-- sources: ["SSDA903 guide, OC3: from three months before to one month after the birthday", "catalogue L02 to L07"]
-- columns:
--   child_id: The child, as in child
--   is_latest: True for the latest state of an age band, false for a birthday
--   first_day: The birthday, or the last day of the collection year if it is unknown; for the latest state the first day of the age band
--   last_day: The same birthday; for the latest state the last day of the age band
--   age: Age reached on the birthday; null for the latest state
--   age_band: 17-18 or 19-21
--   in_touch: Code of being in touch (ssda903.IN_TOUCH); null if not recorded around the birthday
--   activity: Code of the main activity (ssda903.ACTIV); null if not recorded around the birthday
--   accommodation: Kind of accommodation (letter of ssda903.ACCOM, or local.accommodation_type); null if not recorded
--   is_suitable: True if the accommodation is suitable; null if not recorded
--   is_out: True if left out of the figures (died, returned home, or taken over by another authority)
--   team_id: Team responsible; null if not recorded
with birthday as (
    select
        care_leaver_birthday.person_id as child_id,
        care_leaver_birthday.collection_year,
        care_leaver_birthday.age,
        care_leaver_birthday.recorded_date,
        upper(care_leaver_birthday.in_touch) as in_touch,
        upper(care_leaver_birthday.activity) as activity,
        care_leaver_birthday.accommodation,
        care_leaver_birthday.accommodation_suitable as suitable,
        (child.birth_date + care_leaver_birthday.age * interval '1 year')::date as birthday,
        departed.gone_on
    from care_leaver_birthday
    left join child on child.child_id = care_leaver_birthday.person_id
    left join departed on departed.child_id = care_leaver_birthday.person_id
    where
        care_leaver_birthday.age between 17 and 21
        and care_leaver_birthday.collection_year between 1990 and 2100
),

dated as (
    select
        birthday.*,
        -- A birthday that is unknown, or outside the year of the row, counts on the last day of that year.
        case
            when
                birthday.birthday between make_date(birthday.collection_year - 1, 4, 1)
                and make_date(birthday.collection_year, 3, 31) then birthday.birthday
            else make_date(birthday.collection_year, 3, 31)
        end as stands_on,
        -- Records outside the window do not count for the birthday.
        coalesce(
            birthday.recorded_date between (birthday.birthday - interval '3 months')::date
            and (birthday.birthday + interval '1 month')::date,
            true
        ) as is_in_window
    from birthday
),

around as (
    select
        dated.child_id,
        dated.age,
        dated.stands_on,
        dated.gone_on,
        case when dated.is_in_window or dated.in_touch in ('DIED', 'RHOM') then dated.in_touch end as in_touch,
        case when dated.is_in_window then dated.activity end as activity,
        case when dated.is_in_window then coalesce(left(place.code, 1), kind.code, dated.accommodation) end as accommodation,
        case
            when dated.is_in_window
                then coalesce(dated.suitable, nullif(substring(place.code from 2 for 1), '')) = '1'
        end as is_suitable
    from dated
    left join code as place on place.code_list = 'ssda903.ACCOM' and place.code = upper(dated.accommodation)
    left join code as kind on kind.code_list = 'local.accommodation_type' and kind.code = dated.accommodation
),

present as (
    select
        care_leaver.*,
        child.birth_date,
        departed.gone_on
    from care_leaver
    inner join child on child.child_id = care_leaver.child_id
    left join departed on departed.child_id = care_leaver.child_id
    where
        child.birth_date is not null
        -- Still in care, or less than 13 weeks in care.
        and coalesce(care_leaver.eligibility, '') not in ('Eligible', 'Qualifying', 'No Current Eligibility')
)

select
    around.child_id,
    false as is_latest,
    around.stands_on as first_day,
    around.stands_on as last_day,
    around.age,
    case when around.age <= 18 then '17-18' else '19-21' end as age_band,
    around.in_touch,
    around.activity,
    around.accommodation,
    around.is_suitable,
    coalesce(around.in_touch in ('DIED', 'RHOM'), false) or coalesce(around.gone_on <= around.stands_on, false) as is_out,
    care_leaver.team_id
from around
left join care_leaver on care_leaver.child_id = around.child_id
union all
select
    present.child_id,
    true as is_latest,
    (present.birth_date + interval '17 years')::date as first_day,
    least((present.birth_date + interval '19 years')::date, present.gone_on) - 1 as last_day,
    null as age,
    '17-18' as age_band,
    present.in_touch,
    present.activity,
    present.accommodation,
    present.is_suitable,
    coalesce(present.in_touch in ('DIED', 'RHOM'), false) as is_out,
    present.team_id
from present
union all
select
    present.child_id,
    true as is_latest,
    (present.birth_date + interval '19 years')::date as first_day,
    least((present.birth_date + interval '22 years')::date, present.gone_on) - 1 as last_day,
    null as age,
    '19-21' as age_band,
    present.in_touch,
    present.activity,
    present.accommodation,
    present.is_suitable,
    coalesce(present.in_touch in ('DIED', 'RHOM'), false) as is_out,
    present.team_id
from present
