-- title: The reference date is not 30 September of the year
-- severity: error
-- fields: {Header: [Year, ReferenceDate]}
-- fix: Give 30 September of the census year as the reference date.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'Header' as module,
    Header.row_id
from Header
where
    Header.ReferenceDate is null or to_char(Header.ReferenceDate, 'YYYY-MM-DD') <> Header.Year_text || '-09-30'
