-- title: "Something ends before it begins"
-- severity: error
-- fields:
--     List_2: [start_date, completion_date]
--     List_4: [start_date, authorisation_date]
--     List_5: [start_date, icpc_date]
--     List_6: [start_date, closure_date]
--     List_7: [start_date, end_date]
--     List_8: [start_date, ceased_date]
--     List_11: [stage_1_start_date, stage_1_end_date, stage_2_start_date, stage_2_end_date]
-- fix: "Correct whichever of the two dates is wrong."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_2' as module,
    List_2.row_id,
    'completion_date' as field
from List_2
where List_2.completion_date < List_2.start_date
union all
select
    'List_4' as module,
    List_4.row_id,
    'authorisation_date' as field
from List_4
where List_4.authorisation_date < List_4.start_date
union all
select
    'List_5' as module,
    List_5.row_id,
    'icpc_date' as field
from List_5
where List_5.icpc_date < List_5.start_date
union all
select
    'List_6' as module,
    List_6.row_id,
    'closure_date' as field
from List_6
where List_6.closure_date < List_6.start_date
union all
select
    'List_7' as module,
    List_7.row_id,
    'end_date' as field
from List_7
where List_7.end_date < List_7.start_date
union all
select
    'List_8' as module,
    List_8.row_id,
    'ceased_date' as field
from List_8
where List_8.ceased_date < List_8.start_date
union all
select
    'List_11' as module,
    List_11.row_id,
    'stage_1_end_date' as field
from List_11
where List_11.stage_1_end_date < List_11.stage_1_start_date
union all
select
    'List_11' as module,
    List_11.row_id,
    'stage_2_end_date' as field
from List_11
where List_11.stage_2_end_date < List_11.stage_2_start_date
