-- title: Local standards and choices
-- grain: one row per name and first day of validity
-- key: [name, valid_from]
-- sources: ["input contract, local_parameter"]
select
    local_parameter.name,
    local_parameter.valid_from,
    local_parameter.valid_to,
    local_parameter.value as text_value,
    case when local_parameter.value ~ '^-?\d+(\.\d+)?$' then local_parameter.value::numeric end as number_value
from local_parameter
