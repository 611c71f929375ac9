-- title: Local standards and choices
-- grain: one row per name and first day of validity
-- key: [name, valid_from]
-- sources: ["input contract, local_parameter"]
-- columns:
--   name: Name of the parameter
--   valid_from: First day on which the value applies
--   valid_to: First day on which it no longer applies; null if it does
--   text_value: The value as text
--   number_value: The value as a number; null if it is not one
with known as (
    select
        local_parameter.name,
        local_parameter.valid_from,
        local_parameter.valid_to,
        local_parameter.value
    from local_parameter
    union all
    -- The shipped value applies before the council's first row of a name, or if there is none.
    select
        shipped_parameter.name,
        shipped_parameter.valid_from,
        shipped_parameter.valid_to,
        shipped_parameter.value
    from shipped_parameter
    where
        not exists (
            select 1
            from local_parameter
            where local_parameter.name = shipped_parameter.name and local_parameter.valid_from <= shipped_parameter.valid_from
        )
)

select
    known.name,
    known.valid_from,
    -- An open row ends when the next one begins, so that no day has two.
    least(known.valid_to, lead(known.valid_from) over (partition by known.name order by known.valid_from)) as valid_to,
    known.value as text_value,
    case when known.value ~ '^-?\d+(\.\d+)?$' then known.value::numeric end as number_value
from known
