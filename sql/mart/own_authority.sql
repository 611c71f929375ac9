-- title: The authority whose warehouse this is
-- grain: one row per validity of the authority's own number
-- key: [la_code, valid_from]
-- sources: ["local_parameter own_la; where nothing is said, the only authority that is known"]
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
