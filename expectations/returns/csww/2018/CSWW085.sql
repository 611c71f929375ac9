-- title: The reason for absence is not a valid code
-- severity: error
-- fields: {CSWWWorker: [ReasonAbsence]}
-- fix: "Give MAT, OTH, PUB, SIC, TRN, UNA, UNP or nothing."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    string_to_array(CSWWWorker.ReasonAbsence, ';') <@ array['MAT', 'OTH', 'PUB', 'SIC', 'TRN', 'UNA', 'UNP'] is false
