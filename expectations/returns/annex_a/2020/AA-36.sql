-- title: "The steps to adoption are out of order, or a reversal lacks its day or reason"
-- severity: error
-- fields:
--     List_10: [entered_care_date, decision_date, placement_order_date, matched_date, placed_date, order_date, reversal_date, reversal_reason]
-- fix: "Correct the date that is out of order; give both the day and the reason of a reversal."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_10' as module,
    List_10.row_id
from List_10
where
    List_10.decision_date < List_10.entered_care_date
    or List_10.placement_order_date < greatest(List_10.entered_care_date, List_10.decision_date)
    or List_10.matched_date < greatest(List_10.entered_care_date, List_10.decision_date, List_10.placement_order_date)
    or List_10.placed_date < greatest(List_10.entered_care_date, List_10.decision_date, List_10.placement_order_date, List_10.matched_date)
    or List_10.order_date < greatest(List_10.entered_care_date, List_10.decision_date, List_10.placement_order_date, List_10.matched_date, List_10.placed_date)
    or (List_10.reversal_date is null) <> (List_10.reversal_reason is null)
