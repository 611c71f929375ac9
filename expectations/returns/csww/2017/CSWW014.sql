-- title: Agency cover in full-time equivalents and in people do not match
-- severity: query
-- fields: {LALevel: [NoAgencyFTE, NoAgencyHeadcount]}
-- fix: Count the same agency workers in both items.
-- sources: ["derived from the meaning of the items"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where
    LALevel.NoAgencyFTE > LALevel.NoAgencyHeadcount or (LALevel.NoAgencyFTE = 0) <> (LALevel.NoAgencyHeadcount = 0)
