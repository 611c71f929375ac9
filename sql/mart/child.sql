-- title: Children, and young people known as children
-- grain: one row per person of the case system
-- key: [child_id]
-- personal: [birth_date, expected_birth_date, death_date, fifth_birthday, sixteenth_birthday, eighteenth_birthday, left_date, upn]
-- sources:
--   - "catalogue conventions K10 and K11"
--   - "SSDA903: ETHNIC and SEX"
--   - "CIN census: disability NONE means not disabled"
--   - "docs/conventions.md: events that end everything"
-- columns:
--   child_id: The child, as in child
--   birth_date: Date of birth; null if unknown or not yet born
--   expected_birth_date: Expected date of birth; null once the date of birth is known
--   death_date: Date of death; null if alive
--   fifth_birthday: 5th birthday; null without a date of birth
--   sixteenth_birthday: 16th birthday; null without a date of birth
--   eighteenth_birthday: 18th birthday; null without a date of birth
--   left_date: Earlier of death and 18th birthday; from then on no care, plan, visit or review is due
--   adopted_date: Day on which care ended by adoption (E11, E12); null if it did not
--   sex: Recorded sex (code); null if not recorded
--   ethnicity: Code of ethnicity (ssda903.ETHNIC); null if not recorded
--   ethnic_group: White, Mixed, Asian, Black, Other, refused or not yet obtained; null if not recorded or unknown code
--   is_disabled: True if a disability is recorded, false if NONE is; null if nothing is recorded
--   upn: Unique pupil number; null if not recorded
with disability as (
    select
        ssd_disability.disa_person_id as child_id,
        bool_or(ssd_disability.disa_disability_code <> 'NONE') as is_disabled
    from ssd_disability
    where ssd_disability.disa_disability_code is not null
    group by ssd_disability.disa_person_id
),

adopted as (
    select
        ssd_cla_episodes.clae_person_id as child_id,
        max(ssd_cla_episodes.clae_cla_episode_ceased_date) as adopted_date
    from ssd_cla_episodes
    where ssd_cla_episodes.clae_cla_episode_ceased_reason in ('E11', 'E12')
    group by ssd_cla_episodes.clae_person_id
)

select
    ssd_person.pers_person_id as child_id,
    ssd_person.pers_dob as birth_date,
    case when ssd_person.pers_dob is null then ssd_person.pers_expected_dob end as expected_birth_date,
    ssd_person.pers_death_date as death_date,
    (ssd_person.pers_dob + interval '5 years')::date as fifth_birthday,
    (ssd_person.pers_dob + interval '16 years')::date as sixteenth_birthday,
    (ssd_person.pers_dob + interval '18 years')::date as eighteenth_birthday,
    -- From this day on no care, plan, visit or review is due, whatever record is open.
    least(ssd_person.pers_death_date, (ssd_person.pers_dob + interval '18 years')::date) as left_date,
    -- The end of care decides, not the order; everything begun before it ends with it.
    adopted.adopted_date,
    ssd_person.pers_sex as sex,
    ssd_person.pers_ethnicity as ethnicity,
    case
        when ssd_person.pers_ethnicity in ('WBRI', 'WIRI', 'WIRT', 'WOTH', 'WROM') then 'White'
        when ssd_person.pers_ethnicity in ('MWBC', 'MWBA', 'MWAS', 'MOTH') then 'Mixed'
        when ssd_person.pers_ethnicity in ('AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE') then 'Asian'
        when ssd_person.pers_ethnicity in ('BCRB', 'BAFR', 'BOTH') then 'Black'
        when ssd_person.pers_ethnicity = 'OOTH' then 'Other'
        when ssd_person.pers_ethnicity = 'REFU' then 'refused'
        when ssd_person.pers_ethnicity = 'NOBT' then 'not yet obtained'
    end as ethnic_group,
    disability.is_disabled,
    ssd_person.pers_upn as upn
from ssd_person
left join disability on disability.child_id = ssd_person.pers_person_id
left join adopted on adopted.child_id = ssd_person.pers_person_id
