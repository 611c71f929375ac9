-- title: The authority in which each placement lies
-- grain: one row per placement with a postcode in a known authority
-- key: [placement_id]
-- sources: ["input contract, postcode_la", "catalogue P13 and P14"]
-- columns:
--   placement_id: Placement, as in placement
--   la_code: Three digits of the authority in which the postcode lies
--   is_inside: True if it lies in this authority
with looked_up as (
    select distinct on (upper(regexp_replace(postcode_la.postcode, '\s', '', 'g')))
        upper(regexp_replace(postcode_la.postcode, '\s', '', 'g')) as postcode,
        postcode_la.la_code
    from postcode_la
    where postcode_la.la_code is not null
    order by upper(regexp_replace(postcode_la.postcode, '\s', '', 'g')), postcode_la.la_code
),

own as (
    select distinct own_authority.la_code
    from own_authority
),

own_known as (
    select count(*) > 0 as is_known
    from own
)

select
    placement.placement_id,
    looked_up.la_code,
    own.la_code is not null as is_inside
from placement
inner join looked_up on looked_up.postcode = upper(regexp_replace(placement.postcode, '\s', '', 'g'))
cross join own_known
left join own on own.la_code = looked_up.la_code
-- Without a known authority, no placement is inside or outside.
where own_known.is_known
