-- title: Director and practice leader changes
-- id: W41
-- question: How steady is the leadership?
-- grain: one row per new holder of a post of director, assistant director or principal social worker in the period
-- calc: count
-- better: low
-- periods: [three_years]
-- needs: [hr_post, hr_contract]
-- sources: ["catalogue W41: interim holders count, acting up of under 28 days does not"]
-- used_by: [pack]
with holder as (
    select distinct
        hr_contract.contract_id,
        hr_contract.post_id,
        hr_contract.worker_id,
        coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_contract.worker_id) as person_key,
        hr_contract.start_date,
        hr_post.leadership_tag as post
    from hr_contract
    left join hr_worker on hr_worker.worker_id = hr_contract.worker_id
    inner join hr_post
        on hr_post.post_id = hr_contract.post_id
        and hr_post.valid_from <= hr_contract.start_date
        and (hr_post.valid_to is null or hr_post.valid_to > hr_contract.start_date)
    where
        hr_post.leadership_tag in ('dcs', 'assistant_director', 'psw')
        and not coalesce(
            hr_contract.contract_type = 'acting_up' and hr_contract.end_date - hr_contract.start_date + 1 < 28, false
        )
),

followed as (
    select
        holder.contract_id,
        holder.post,
        holder.start_date,
        holder.worker_id,
        holder.person_key,
        lag(holder.person_key) over (
            partition by holder.post_id order by holder.start_date asc, holder.contract_id asc
        ) as person_before
    from holder
)

select
    period.period_kind,
    period.period_end,
    followed.contract_id as member_key,
    followed.worker_id,
    1 as numerator
from period
inner join followed on followed.start_date between period.period_start and period.as_at
where followed.person_before is not null and followed.person_before <> followed.person_key
