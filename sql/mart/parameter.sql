-- title: Local standards and choices
-- grain: one row per name and first day of validity
-- key: [name, valid_from]
-- sources: ["input contract, local_parameter"]
with known as (
    select
        local_parameter.name,
        local_parameter.valid_from,
        local_parameter.valid_to,
        local_parameter.value
    from local_parameter
    union all
    -- A name that the council leaves out altogether has what the product ships, so that no clock loses its standard.
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
            where local_parameter.name = shipped_parameter.name
        )
)

select
    known.name,
    known.valid_from,
    -- A row that was never closed ends where the next one begins, so that no day has two.
    least(known.valid_to, lead(known.valid_from) over (partition by known.name order by known.valid_from)) as valid_to,
    known.value as text_value,
    case when known.value ~ '^-?\d+(\.\d+)?$' then known.value::numeric end as number_value
from known
