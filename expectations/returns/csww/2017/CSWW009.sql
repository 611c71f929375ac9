-- title: The file holds an element that its year does not have
-- severity: error
-- fields: {}
-- fix: "Remove the element, or send it under the name in the year's schema."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    unknown_element.module,
    unknown_element.row_id,
    unknown_element.element as field
from unknown_element
