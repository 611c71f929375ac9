-- title: Social workers responsible for each child
-- grain: one row per child and date range with the same allocated social worker, begun by the inspection date
-- key: [child_id, first_day]
-- years: {first: 2020}
-- sources: ["Annex A: allocated team and worker, now or at closure", "catalogue convention K18"]
select
    allocated_worker.child_id,
    allocated_worker.first_day,
    allocated_worker.last_day,
    lead(allocated_worker.first_day) over (
        partition by allocated_worker.child_id order by allocated_worker.first_day
    ) as next_first_day,
    allocated_worker.team_id,
    allocated_worker.professional_id as worker_id,
    coalesce(ssd_department.dept_team_name, allocated_worker.team_id) as allocated_team,
    coalesce(ssd_professionals.prof_professional_name, allocated_worker.professional_id) as allocated_worker
from allocated_worker
cross join collection
left join ssd_department on ssd_department.dept_team_id = allocated_worker.team_id
left join ssd_professionals on ssd_professionals.prof_professional_id = allocated_worker.professional_id
where allocated_worker.first_day <= collection.collection_end
