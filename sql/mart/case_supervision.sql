-- title: Supervision of cases
-- grain: one row per child and day on which the child was talked about in supervision
-- key: [child_id, held_date]
-- sources: ["catalogue T53: group supervision counts where the child is named"]
select distinct
    supervision.person_id as child_id,
    supervision.held_date
from supervision
where supervision.kind in ('case', 'group') and supervision.person_id is not null and supervision.held_date is not null
