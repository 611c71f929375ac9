-- title: Re-referrals within 12 months
-- id: D05
-- question: How often do children come back?
-- grain: one row per referral in the period
-- calc: [percent, percent_of_children]
-- better: low
-- figures: {percent_of_children: "100.0 * count(distinct child_id) filter (where numerator > 0) / nullif(count(distinct child_id), 0)"}
-- periods: [year, six_months, three_months]
-- bands: [referrals held for under 12 months before]
-- needs: [ssd_cin_episodes]
-- sources: ["CIN statistics: referral within 12 months of a previous one"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    referral.referral_id as member_key,
    referral.child_id,
    referral.team_id,
    case
        when referral.previous_referral_date > referral.referral_date - interval '12 months' then 1
        -- The publication does not say whether the day exactly 12 months before counts.
        when
            boundary.text_value = 'inside'
            and referral.previous_referral_date = referral.referral_date - interval '12 months' then 1
        else 0
    end as numerator,
    1 as denominator,
    -- The value is shown with the period of records behind it.
    case
        when referral.referral_date < (referrals_held.first_referral_date + interval '12 months')::date
            then 'referrals held for under 12 months before'
    end as band
from period
inner join referral on referral.referral_date between period.period_start and period.as_at
cross join referrals_held
left join parameter as boundary
    on boundary.name = 'rereferral_boundary'
    and boundary.valid_from <= referral.referral_date
    and (boundary.valid_to is null or boundary.valid_to > referral.referral_date)
where not referral.is_inside_open_referral
