-- title: "An assessment found a need for support, but the child is not among the children in need"
-- severity: query
-- fields: {List_4: [support_required]}
-- fix: "Check whether the child's case was closed before the support began, or the outcome is wrong."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_4' as module,
    List_4.row_id
from List_4
left join List_6 on List_6.child_unique_id = List_4.child_unique_id
where List_4.support_required = 'a) Yes' and List_4.authorisation_date is not null and List_6.child_unique_id is null
