"""Findings of the last inspection: their measures then and now, and the evidence that they are resolved."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from statutory.indicators import definition, values
from statutory.indicators.rounding import shown
from statutory.night import Night
from statutory.packs.figures import Known, Row, rows

LAST_YEAR = 13  # monthly points, both ends in


def covered_off(night: Night, known: Known) -> list[Row]:
    """One row per area for improvement of the last inspection, and of earlier ones still open, and measure tied to it.

    As at the day of the stored values. A finding without a measure has a row that says so; a measure that did not
    change is marked.
    """
    found = rows(
        night.connection,
        """
        with asked as (
            select inspection_finding.*, inspection.end_date, inspection.start_date as inspected_on,
                inspection.start_date = max(inspection.start_date) over () as is_last
            from inspection_finding
            inner join inspection on inspection.inspection_id = inspection_finding.inspection_id
            where inspection_finding.kind = 'area_for_improvement' and inspection.start_date <= %(day)s
        )
        select asked.finding_id, asked.text_own_words, asked.owner, asked.state, asked.inspected_on,
            asked.like_finding_id, finding_measure.indicator_id, finding_measure.timeliness_view,
            finding_measure.direction, finding_measure.target_value,
            coalesce(finding_measure.baseline_date, asked.end_date, asked.inspected_on) as baseline_date,
            (select count(*) from improvement_action as action where action.finding_id = asked.finding_id) as actions,
            (
                select count(*) from improvement_action as action
                where action.finding_id = asked.finding_id and action.done_date <= %(day)s
            ) as actions_done,
            (
                select count(*) from finding cross join unnest(finding.evidence_accepted_days) as accepted (day)
                where finding.finding_id = asked.finding_id and accepted.day <= %(day)s
            ) as accepted
        from asked
        left join finding_measure on finding_measure.finding_id = asked.finding_id
        where asked.is_last or asked.state not in ('evidenced', 'sustained')
        order by asked.inspected_on desc, asked.finding_id, finding_measure.indicator_id
        """,
        {"day": known.night.day},
    )
    return [_told(night, row, known) for row in found]


def sentences(found: list[Row]) -> list[str]:
    """How many of the measures moved which way, and which of them did not meet their target."""
    if not found:
        return ["The last inspection asked for nothing, or none is known."]
    moved: dict[str, list[str]] = defaultdict(list)
    for row in found:
        moved[row["moved"]].append(row["measure"])
    return [
        f"{len(measures)} of {len(found)} measures: {how}"
        + ("." if how.endswith("target met") else f" ({'; '.join(dict.fromkeys(measures))}).")
        for how, measures in sorted(moved.items(), key=lambda one: (-len(one[1]), one[0]))
    ]


def _told(night: Night, row: Row, known: Known) -> Row:
    indicator = known.indicators.get(row["indicator_id"] or "")
    before = now = None
    sign = trend = ""
    if indicator:
        sign = "%" if indicator.main_figures[0] == "percent" else ""
        wanted = definition.LETTERS.get(row["timeliness_view"] or "", "")
        view = wanted if wanted in indicator.views else indicator.views[0]
        before, now = (_value(night, indicator, view, day) for day in (row["baseline_date"], known.night.day))
        asked = view, indicator.periods[0], indicator.main_figures[0]
        series = [
            one for one in known.values[indicator.id] if (one["view"], one["period_kind"], one["figure"]) == asked
        ]
        points = series[-LAST_YEAR::3]
        trend = ", ".join("–" if one["value"] is None else shown(one["value"]) for one in points)
    at_least = row["direction"] == "at_least"
    return {
        "title": f"{row['text_own_words']} ({row['inspected_on'].year}; {row['owner']})"
        + (", asked for before too" if row["like_finding_id"] else ""),
        "measure": f"{indicator.title} {indicator.id}" if indicator else "no measure is tied to it",
        "before": "no figure" if before is None else shown(before) + sign,
        "trend": trend,
        "now": "no figure" if now is None else shown(now) + sign,
        "target": f"{'at least' if at_least else 'at most'} {shown(row['target_value'])}{sign}" if indicator else "",
        "moved": _moved(before, now, row["target_value"], at_least=at_least),
        "actions": f"{row['actions_done']} of {row['actions']} done",
        "evidence": f"{row['state'].replace('_', ' ')}, {row['accepted']} accepted",
    }


def _moved(before: Decimal | None, now: Decimal | None, target: Decimal | None, *, at_least: bool) -> str:
    if now is None or target is None:
        return "cannot be shown"
    reached = "target met" if (now >= target if at_least else now <= target) else "target not met"
    if before is None:
        return f"no figure then, {reached}"
    if before == now:
        return f"did not move, {reached}"
    return f"{'better' if (now > before) == at_least else 'worse'}, {reached}"


def _value(night: Night, indicator: Any, view: str, day: date) -> Decimal | None:
    """The indicator's value for the period that ended on a day, as known on the night."""
    found = values.values(night.connection, [indicator], [values.point(indicator.periods[0], day, night.day)])
    value = next(
        (row["value"] for row in found if row["view"] == view and row["figure"] == indicator.main_figures[0]), None
    )
    return value if value is None or isinstance(value, Decimal) else Decimal(value)
