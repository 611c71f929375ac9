"""The synthetic council's inspections: findings, their measures, and the actions taken."""

from pathlib import Path
from typing import Any

import numpy as np
import yaml

from statutory.sample.fill import Filler
from statutory.sample.timeline import Array

OWN_LA = "990"
DAY = np.timedelta64(1, "D")


def write(filler: Filler) -> None:
    """Make the tables of inspections, findings, measures, actions and their progress."""
    told = yaml.safe_load((Path(__file__).parent / "inspection.yaml").read_text(encoding="utf-8"))
    inspections, findings = told["inspections"], told["findings"]
    published = {one["id"]: one["published"] for one in inspections}
    judged = _texts(inspections, "judgement")
    known = {one["id"]: published[one["inspection"]] for one in findings}
    filler.table(
        "inspection",
        _days(inspections, "published"),
        delay=0,
        la_code=OWN_LA,
        inspection_id=_texts(inspections, "id"),
        kind=_texts(inspections, "kind"),
        start_date=_days(inspections, "start"),
        end_date=_days(inspections, "end"),
        published_date=_days(inspections, "published"),
        judgement_overall=judged,
        judgement_help_protection=judged,
        judgement_care=judged,
        judgement_care_leavers=judged,
        judgement_leaders=judged,
    )
    filler.table(
        "inspection_finding",
        _dates(known[one["id"]] for one in findings),
        delay=0,
        finding_id=_texts(findings, "id"),
        like_finding_id=_texts(findings, "like"),
        inspection_id=_texts(findings, "inspection"),
        kind=_texts(findings, "kind"),
        text_own_words=_texts(findings, "text"),
        state=_texts(findings, "state"),
        state_since=_days(findings, "since"),
        owner=_texts(findings, "owner"),
    )
    measures = [(one["id"], measure) for one in findings for measure in one["measures"]]
    filler.table(
        "finding_measure",
        _dates(known[finding] for finding, _ in measures),
        delay=0,
        finding_id=np.array([finding for finding, _ in measures]),
        indicator_id=_texts([measure for _, measure in measures], "indicator"),
        timeliness_view=_texts([measure for _, measure in measures], "view"),
        direction=_texts([measure for _, measure in measures], "direction"),
        target_value=_texts([measure for _, measure in measures], "target"),
        baseline_date=_dates(known[finding] for finding, _ in measures),
    )
    actions = [(one["id"], action) for one in findings for action in one["actions"]]
    number = np.array([f"IA{place:02d}" for place in range(1, len(actions) + 1)])
    done = _days([action for _, action in actions], "done")
    begun = _dates(known[finding] for finding, _ in actions)
    filler.table(
        "improvement_action",
        begun + 14 * DAY,
        delay=0,
        action_id=number,
        finding_id=np.array([finding for finding, _ in actions]),
        action=_texts([action for _, action in actions], "action"),
        due_date_original=_days([action for _, action in actions], "due"),
        due_date_now=_dates(action.get("now") or action["due"] for _, action in actions),
        done_date=done,
        rag=_texts([action for _, action in actions], "rag"),
        follows={"done_date": "done_date"},
    )
    # Word of each action a quarter after it began, and the evidence when it was done.
    proven = ~np.isnat(done)
    evidence = _texts([action for _, action in actions], "evidence")
    at = np.concatenate([begun + 90 * DAY, done[proven] + 7 * DAY])
    of_action = np.concatenate([number, number[proven]])
    accepted = np.concatenate([np.full(len(number), np.datetime64("NaT")), done[proven] + 21 * DAY])
    filler.table(
        "action_progress",
        at,
        delay=0,
        progress_id=np.array([f"AP{place:03d}" for place in range(1, len(at) + 1)]),
        action_id=of_action,
        updated_at=at.astype("datetime64[m]") + 600,
        evidence_kind=np.concatenate([np.full(len(number), ""), evidence[proven]]),
        evidence_ref=np.where(np.isnat(accepted), "", np.char.add("improvement board, item ", of_action)),
        accepted_by=np.where(np.isnat(accepted), "", "quality assurance manager"),
        accepted_at=accepted.astype("datetime64[m]") + 660,
        follows={"accepted_by": "accepted_at"},
    )


def _texts(rows: list[dict[str, Any]], name: str) -> Array:
    return np.array([str(row.get(name) or "") for row in rows])


def _days(rows: list[dict[str, Any]], name: str) -> Array:
    return _dates(row.get(name) for row in rows)


def _dates(values: Any) -> Array:
    return np.array([np.datetime64(value, "D") if value else np.datetime64("NaT", "D") for value in values])
