-- title: The authority of this warehouse
-- grain: one row per validity of the authority's number
-- key: [la_code, valid_from]
-- sources: ["local_parameter own_la; without it, the only known authority"]
-- columns:
--   la_code: The authority's three digits
--   valid_from: First day on which the number is valid
--   valid_to: First day on which it is no longer valid; null if it is
--   la_name: Name of the authority
--   ons_code: Code of the Office for National Statistics (E...)
--   region: Region of England
--   agency_region: Region for the rules on agency workers, or else region
select
    authority.la_code,
    authority.valid_from,
    authority.valid_to,
    authority.la_name,
    authority.ons_code,
    authority.region,
    coalesce(authority.agency_region, authority.region) as agency_region
from authority
where
    exists (
        select 1
        from parameter
        where parameter.name = 'own_la' and parameter.text_value = authority.la_code
    )
    or (
        not exists (
            select 1
            from parameter
            where parameter.name = 'own_la'
        )
        and (select count(distinct known.la_code) from authority as known) = 1
    )
