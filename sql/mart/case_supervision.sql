-- title: Supervision of cases
-- grain: one row per child and day on which supervision discussed the child
-- key: [child_id, held_date]
-- sources: ["catalogue T53: group supervision counts if the child is named"]
-- columns:
--   child_id: The child, as in child
--   held_date: Day of the supervision
select distinct
    supervision.person_id as child_id,
    supervision.held_date
from supervision
where supervision.kind in ('case', 'group') and supervision.person_id is not null and supervision.held_date is not null
