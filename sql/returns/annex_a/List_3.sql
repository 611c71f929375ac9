-- title: Referrals
-- grain: one row per child and day of a referral in the six months before
-- years: {first: 2020}
-- sources: ["Annex A list 3: layout of the regional peers", "catalogue convention K09: both ends included"]
with latest as (
    select
        referral.child_id,
        max(referral.referral_date) as referral_date
    from referral
    cross join collection
    where referral.referral_date <= collection.collection_end
    group by referral.child_id
),

-- Counted back from the latest referral, without that one.
counted as (
    select
        latest.child_id,
        count(*) - 1 as referrals
    from latest
    inner join referral
        on referral.child_id = latest.child_id
        and referral.referral_date between (latest.referral_date - interval '12 months')::date and latest.referral_date
    group by latest.child_id
),

listed as (
    select
        referral.referral_id,
        referral.child_id,
        referral.referral_date,
        referral.source,
        case when referral.is_no_further_action then 'Y' when referral.is_decided then 'N' end as no_further_action,
        referral.team_id,
        referral.referral_worker_id as worker_id,
        coalesce(
            not referral.is_no_further_action
            and (referral.close_date is null or referral.close_date > collection.collection_end),
            false
        ) as is_open,
        least(referral.close_date, collection.collection_end) as case_day
    from referral
    cross join collection
    where referral.referral_date between collection.collection_start and collection.collection_end
)

select
    row_number() over (order by listed.child_id, listed.referral_date, listed.referral_id) - 1 as row_id,
    listed.child_id,
    case
        when held.child_id is null then listed.team_id
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.team_id
    end as team_id,
    case
        when held.child_id is null then listed.worker_id
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.worker_id
    end as worker_id,
    listed.child_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    listed.referral_date,
    coalesce(source_text.code, listed.source, 'u) 10: Unknown') as referral_source,
    coalesce(no_further_action.code, listed.no_further_action) as referral_nfa,
    counted.referrals as number_of_referrals,
    -- Without an allocation, the worker who took the referral.
    case
        when held.child_id is null then coalesce(ssd_department.dept_team_name, listed.team_id)
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.allocated_team
    end as allocated_team,
    case
        when held.child_id is null then coalesce(ssd_professionals.prof_professional_name, listed.worker_id)
        when not listed.is_open or coalesce(held.last_day >= listed.case_day, true) then held.allocated_worker
    end as allocated_worker
from listed
inner join counted on counted.child_id = listed.child_id
left join listed_child on listed_child.child_id = listed.child_id
left join responsible_worker as held
    on held.child_id = listed.child_id
    and held.first_day <= listed.case_day
    and (held.next_first_day is null or held.next_first_day > listed.case_day)
    and (held.last_day is null or held.last_day >= listed.referral_date)
left join ssd_department on ssd_department.dept_team_id = listed.team_id
left join ssd_professionals on ssd_professionals.prof_professional_id = listed.worker_id
left join translation as source_text on source_text.code_list = 'annex_a_text.source' and source_text.said = listed.source
left join translation as no_further_action
    on no_further_action.code_list = 'annex_a_text.yes_no' and no_further_action.said = listed.no_further_action
