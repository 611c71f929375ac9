-- title: Care leavers and young people with a right to leaving care support, as last recorded
-- grain: one row per young person; the record with the latest contact or review
-- key: [child_id]
-- sources: ["Annex A list 9", "SSDA903 code sets IN_TOUCH, ACTIV and ACCOM", "catalogue L01 to L16"]
-- columns:
--   child_id: The child, as in child
--   eligibility: Category, such as Relevant or Former Relevant; null if not recorded
--   in_touch: Code of being in touch (ssda903.IN_TOUCH); null if not recorded
--   latest_contact_date: Day of the latest contact; null if not recorded
--   accommodation: Kind of accommodation (local.accommodation_type, or the letter of ssda903.ACCOM); null if not recorded
--   is_suitable: True if the accommodation is suitable; null if not recorded
--   activity: Code of the main activity (ssda903.ACTIV); null if not recorded
--   team_id: Team responsible; null if not recorded
--   has_adviser: True if a personal adviser is recorded
--   adviser_professional_id: Personal adviser in the case system, or else the responsible worker; null if unknown
with latest as (
    select distinct on (ssd_care_leavers.clea_person_id)
        ssd_care_leavers.clea_person_id as child_id,
        ssd_care_leavers.clea_care_leaver_eligibility as eligibility,
        upper(ssd_care_leavers.clea_care_leaver_in_touch) as in_touch,
        ssd_care_leavers.clea_care_leaver_latest_contact as latest_contact_date,
        ssd_care_leavers.clea_care_leaver_accommodation as accommodation,
        ssd_care_leavers.clea_care_leaver_accom_suitable as suitable,
        upper(ssd_care_leavers.clea_care_leaver_activity) as activity,
        ssd_care_leavers.clea_care_leaver_allocated_team as team_id,
        ssd_care_leavers.clea_care_leaver_personal_advisor as adviser,
        ssd_care_leavers.clea_care_leaver_worker_id as worker_id
    from ssd_care_leavers
    where ssd_care_leavers.clea_person_id is not null
    order by
        ssd_care_leavers.clea_person_id asc,
        greatest(
            ssd_care_leavers.clea_care_leaver_latest_contact, ssd_care_leavers.clea_pathway_plan_review_date
        ) desc nulls last,
        ssd_care_leavers.clea_table_id desc
)

select
    latest.child_id,
    latest.eligibility,
    latest.in_touch,
    latest.latest_contact_date,
    -- The letter of the code is the accommodation; its digit says whether it is suitable.
    coalesce(kind.code, left(place.code, 1), latest.accommodation) as accommodation,
    coalesce(latest.suitable, nullif(substring(place.code from 2 for 1), '')) = '1' as is_suitable,
    latest.activity,
    latest.team_id,
    latest.adviser is not null as has_adviser,
    -- If the adviser is only a name, use the responsible worker.
    case
        when latest.adviser is not null then coalesce(adviser.prof_professional_id, worker.prof_professional_id)
    end as adviser_professional_id
from latest
left join code as kind on kind.code_list = 'local.accommodation_type' and kind.code = latest.accommodation
left join code as place on place.code_list = 'ssda903.ACCOM' and place.code = upper(latest.accommodation)
left join ssd_professionals as adviser on adviser.prof_professional_id = latest.adviser
left join ssd_professionals as worker on worker.prof_professional_id = latest.worker_id
