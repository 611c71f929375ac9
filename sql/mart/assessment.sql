-- title: Assessments of children in need
-- grain: one row per assessment
-- key: [assessment_id]
-- sources: ["Working Together to Safeguard Children 2023, chapter 3", "catalogue T03 and T04", "docs/conventions.md: which record counts"]
-- columns:
--   assessment_id: Assessment (ssd_cin_assessments)
--   child_id: The child, as in child
--   referral_id: Referral of the assessment, as in referral; null if not recorded
--   team_id: Team that assesses; null if not recorded
--   referral_date: Day of the referral, the start of the 45 working days; null if unknown
--   start_date: Day the assessment began; null if not recorded
--   authorised_date: Day a manager authorised the assessment; null while it is open
--   is_first_on_referral: True for the first assessment of a referral
--   child_seen: Whether the child was seen, as recorded; null if not recorded
--   is_no_further_action: True if the outcome is no further action
--   ended_date: Day on which death, the 18th birthday or adoption ended the need for it; null if none did
with placed as (
    select
        ssd_cin_assessments.cina_assessment_id as assessment_id,
        coalesce(ssd_cin_assessments.cina_person_id, ssd_cin_episodes.cine_person_id) as child_id,
        coalesce(referral_record.referral_id, ssd_cin_assessments.cina_referral_id) as referral_id,
        ssd_cin_assessments.cina_assessment_team as team_id,
        ssd_cin_episodes.cine_referral_date as referral_date,
        ssd_cin_assessments.cina_assessment_start_date as start_date,
        ssd_cin_assessments.cina_assessment_auth_date as authorised_date,
        ssd_cin_assessments.cina_assessment_child_seen as child_seen,
        coalesce(ssd_cin_assessments.cina_assessment_outcome_nfa = 'Y', false) as is_no_further_action,
        row_number() over (
            partition by coalesce(referral_record.referral_id, ssd_cin_assessments.cina_referral_id)
            order by
                ssd_cin_assessments.cina_assessment_start_date asc nulls last,
                ssd_cin_assessments.cina_assessment_auth_date asc nulls last,
                ssd_cin_assessments.cina_assessment_id asc
        ) = 1 as is_first_on_referral
    from ssd_cin_assessments
    left join ssd_cin_episodes on ssd_cin_episodes.cine_referral_id = ssd_cin_assessments.cina_referral_id
    left join referral_record on referral_record.record_id = ssd_cin_assessments.cina_referral_id
)

select
    placed.assessment_id,
    placed.child_id,
    placed.referral_id,
    placed.team_id,
    placed.referral_date,
    placed.start_date,
    placed.authorised_date,
    placed.is_first_on_referral and placed.referral_id is not null as is_first_on_referral,
    placed.child_seen,
    placed.is_no_further_action,
    -- From this day on the assessment is not due.
    least(
        child.left_date, case when child.adopted_date > coalesce(placed.start_date, placed.referral_date) then child.adopted_date end
    ) as ended_date
from placed
left join child on child.child_id = placed.child_id
