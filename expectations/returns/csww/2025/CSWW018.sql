-- title: "It is not stated whether an allowance is paid to none, all or some"
-- severity: error
-- fields: {LALevel: [RecruitmentBonus, RetentionBonus, PerformanceAward, CarAllowance, RelocationPackage, RegionalWeighting, CostSWE, CostDBS]}
-- fix: "Give 0 (none), 1 (all) or 2 (some) for each of the eight allowances."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where
    coalesce(LALevel.RecruitmentBonus, '') not in ('0', '1', '2')
    or coalesce(LALevel.RetentionBonus, '') not in ('0', '1', '2')
    or coalesce(LALevel.PerformanceAward, '') not in ('0', '1', '2')
    or coalesce(LALevel.CarAllowance, '') not in ('0', '1', '2')
    or coalesce(LALevel.RelocationPackage, '') not in ('0', '1', '2')
    or coalesce(LALevel.RegionalWeighting, '') not in ('0', '1', '2')
    or coalesce(LALevel.CostSWE, '') not in ('0', '1', '2')
    or coalesce(LALevel.CostDBS, '') not in ('0', '1', '2')
