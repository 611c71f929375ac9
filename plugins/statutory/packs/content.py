"""The content of the pack before layout: sections with figures, charts and their tables, lists and comments.

The web page and the PDF are both made of this, so they cannot differ. The public edition is made of what anybody may
see (`indicators/disclosure.py`), so nothing that is calculated here from its figures reveals more.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from statutory.indicators import definition
from statutory.indicators.disclosure import HIDDEN
from statutory.indicators.rounding import shown
from statutory.packs import charts, figures, waiting
from statutory.packs.figures import Known, Row
from statutory.packs.waiting import Listing

MOST_WAITING = 25  # records listed in a section; all are in worklist.csv
MOST_ANSWERED = 5  # at the head of it
MEASURED = ("mean", "median", "lower_quartile", "upper_quartile", "max")  # figures in the unit of what is measured
NO_FIGURE_BEFORE = "no figure a year before"
CHANCE = Decimal("1.96")  # standard errors within which 95 of 100 figures stay by chance


@dataclass(frozen=True)
class Figure:
    """One line of a section's table. Texts are as shown; `value` is unrounded, null if no figure is shown."""

    indicator: str
    title: str
    what: str
    text: str
    value: Decimal | None
    parts: str
    before: str
    change: str
    england: str
    region: str
    target: str
    key: str


@dataclass(frozen=True)
class Chart:
    """One chart: what it shows as a sentence, the drawing, the table of what is drawn, and what its file is called."""

    indicator: str
    title: str
    svg: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    name: str


@dataclass(frozen=True)
class Answer:
    """An inspector's first question on a section: the answer in sentences, and the longest waits."""

    question: str
    sentences: list[str]
    listing: Listing | None


@dataclass
class Section:
    """One section of the pack."""

    id: str
    title: str
    question: str
    better: list[str] = field(default_factory=list)
    worse: list[str] = field(default_factory=list)
    answer: Answer | None = None
    figures: list[Figure] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)

    def shown_figures(self) -> dict[str, str]:
        """The value of each indicator as it is shown, by its title."""
        return {figure.title: figure.text for figure in reversed(self.figures)}


@functools.cache
def plan() -> list[Row]:
    """The sections as the project lays them out."""
    found: list[Row] = yaml.safe_load((Path(__file__).parent / "sections.yaml").read_text(encoding="utf-8"))
    return found


@functools.cache
def scorecard() -> tuple[str, ...]:
    """The measures of the reports' scorecard as the project lays them out."""
    found = yaml.safe_load((Path(__file__).parent / "reports.yaml").read_text(encoding="utf-8"))
    return tuple(found["scorecard"])


def sections(known: Known) -> list[Section]:
    """Every section of the edition; the search path must be on the night."""
    defined = known.indicators

    @functools.cache
    def shown_row(name: str) -> Row:
        return figures.section(known, defined[name])

    @functools.cache
    def past_target(name: str) -> list[Row]:
        return waiting.past_target(known.night, name)

    made = []
    for planned in plan():
        section = Section(planned["id"], planned["title"], planned["question"])
        if asked := planned.get("asked"):
            section.answer = _answer(known, asked, shown_row, past_target)
        names = [name for name in planned["figures"] if name in defined]
        for name in names:
            lines = figure_lines(shown_row(name), is_brief=planned.get("brief", False))
            section.figures += lines
            if lines and lines[0].change in ("better", "worse"):
                getattr(section, lines[0].change).append(defined[name].title)
        for kind, drawn in (("trends", _trend), ("kinds", _kinds)):
            for name in planned.get(kind, ()):
                if name in defined and (chart := drawn(shown_row(name))):
                    section.charts.append(replace(chart, name=f"{section.id}_{kind}_{name}"))
        if not known.edition.is_public:
            section.listings += [
                waiting.listing(f"{defined[name].title}: overdue now", found, MOST_WAITING)
                for name in planned.get("waiting", ())
                if name in defined and (found := past_target(name))
            ]
        made.append(section)
    return made


def _answer(
    known: Known, asked: Row, shown_row: Callable[[str], Row], past_target: Callable[[str], list[Row]]
) -> Answer:
    """The answer to what is asked first; the public edition has the values alone."""
    said = []
    for name in asked["figures"]:
        for line in figure_lines(shown_row(name), is_brief=True)[:1]:
            stands = f", a year before {line.before} ({line.change})" if line.before and line.change else ""
            target = f"; the target is {line.target}" if line.target else ""
            said.append(f"{line.title}, {line.what}: {line.text}{stands}{target}.")
    listed = None
    if (name := asked.get("waiting")) and not known.edition.is_public:
        found = past_target(name)
        said += waiting.sentences(found)
        if found:
            listed = waiting.listing("Waiting longest", found, MOST_ANSWERED)
    return Answer(asked["question"], said, listed)


def change(now: Row | None, before: Row | None, better: str) -> str:
    """In words how a figure stands to a year before: better, worse, higher, lower, or moved by no more than chance.

    Of shares the two proportions are compared, of counts the two counts, as if people came one by one. Chance is not
    tested for medians and similar figures.
    """
    if not now or not before or now["value"] is None or before["value"] is None:
        return NO_FIGURE_BEFORE if now and now["value"] is not None else ""
    moved = now["value"] - before["value"]
    strength = strength_of_change(now, before)
    # Without a test for chance, a difference too small to be shown counts as none.
    if moved == 0 or (strength is None and shown(now["value"]) == shown(before["value"])):
        return "the same"
    if strength is not None and strength < CHANCE:
        return "no more than chance"
    up = moved > 0
    word = ("higher" if up else "lower") if better == "neither" else ("better" if up == (better == "high") else "worse")
    return word if strength is not None else f"{word}, chance not tested"


def strength_of_change(now: Row, before: Row) -> Decimal | None:
    """The difference of two figures in standard errors; null if their variance is unknown."""
    error = _standard_error(now, before)
    if error is None:
        return None
    moved = abs(Decimal(now["value"] - before["value"]))
    return moved / error if error else Decimal("Infinity")


def _standard_error(now: Row, before: Row) -> Decimal | None:
    """Of the difference of two figures, in their unit; null where it is not known how they vary."""
    if now["figure"] == "percent":
        spread = Decimal(0)
        for row in (now, before):
            if not row["denominator"] or row["numerator"] is None:
                return None
            share = row["numerator"] / row["denominator"]
            spread += share * (1 - share) / row["denominator"]
        return Decimal(100) * abs(spread).sqrt()
    if now["figure"] in ("count", "headcount"):
        return Decimal(now["value"] + before["value"]).sqrt()
    return None


def text(row: Row | None, sign: str) -> str:
    """A value as shown, or the reason why there is none, or empty."""
    if row is None:
        return ""
    if row.get("is_hidden"):
        return HIDDEN
    return row["state"] or "" if row["value"] is None else shown(row["value"]) + sign


def figure_lines(measure: Row, *, is_brief: bool) -> list[Figure]:
    """The lines of an indicator: its first kind of period, the value in each view, and the other figures of the first.

    A percentage shows its count beside it, not as a separate line. Brief sections have only values.
    """
    indicator, main = measure["indicator"], measure["indicator"].main_figures
    first = indicator.periods[0]
    lines = []
    for row in measure["figures"]:
        head = row["figure"] == main[0]
        told_beside = main[0] == "percent" and row["figure"] == "count"
        if row["period_kind"] != first or (not head and (is_brief or told_beside or row["view"] != indicator.views[0])):
            continue
        sign = figures.sign(row["figure"])
        what = [
            f"{definition.PERIOD_KINDS[first]}, {figures.dates(row)}" if first != "snapshot" else figures.dates(row)
        ]
        if len(indicator.views) > 1 and row["view"] in definition.VIEWS:
            what.append(definition.VIEWS[row["view"]])
        if not head or row["figure"] in MEASURED:
            # A clock's median shows its unit, so that it is not read as a percentage.
            unit = f" {indicator.unit}" if row["figure"] in MEASURED and indicator.unit else ""
            what.append(row["figure"].replace("_", " ") + unit)
        before = row["before"]
        whole = row["denominator"] is not None and row["numerator"] is not None
        published = measure["published"] if head and row["view"] == indicator.views[0] else {}
        lines.append(
            Figure(
                indicator=indicator.id,
                title=indicator.title,
                what=", ".join(what),
                text=text(row, sign) or "nothing to count",
                value=row["value"],
                parts=f"{shown(row['numerator'])} of {shown(row['denominator'])}" if whole else "",
                before=_dated(text(before, sign), before),
                change=change(row, before, measure["header"]["better"] if head else "neither"),
                england=_published(published.get("England"), sign),
                region=_published(published.get("region"), sign),
                target=shown(measure["target"]) + sign if head and measure["target"] is not None else "",
                key="|".join(
                    str(row[name]) for name in ("indicator_id", "view", "period_kind", "period_end", "figure")
                ),
            )
        )
    return lines


def _dated(said: str, row: Row | None) -> str:
    return f"{said} ({row['period_end'].day} {row['period_end']:%B %Y})" if row and said else said


def _published(row: Row | None, sign: str) -> str:
    return f"{shown(row['value'])}{sign} ({row['period_end'].year})" if row else ""


def _trend(measure: Row) -> Chart | None:
    """The value over 36 months with the limits of chance; what is hidden is a gap."""
    indicator = measure["indicator"]
    points = measure["points"]
    if len(points) < 2:
        return None
    sign = figures.sign(indicator.main_figures[0])
    percent = sign == "%"
    limits = measure["limits"]
    (first_day, first), (last_day, last) = points[0], points[-1]
    moved = "unchanged at" if first == last else f"{'up' if last > first else 'down'} from {shown(first)}{sign} to"
    title = f"{indicator.title}: {moved} {shown(last)}{sign}, {_month(first_day)} to {_month(last_day)}"
    drawn = charts.trend(
        [("", points)],
        title=title,
        percent=percent,
        limits=(limits["lower_limit"], limits["mean"], limits["upper_limit"])
        if limits and limits["period_kind"] == indicator.periods[0]
        else None,
    )
    listed: list[tuple[str, ...]] = [(str(day), shown(value) + sign) for day, value in points]
    return Chart(indicator.id, title, drawn, ("to", "value"), listed, "")


def _month(day: date) -> str:
    return f"{day:%B %Y}"


def _kinds(measure: Row) -> Chart | None:
    """How many there are of each kind now; what is hidden has no bar."""
    kept = [row for row in measure["bands"] if row["value"] is not None or row["is_hidden"]]
    listed = [row for row in kept if row["value"] != 0 or len(kept) <= 12]
    drawn = [(row["figure"].replace("_", " "), row["value"]) for row in listed if row["value"] is not None]
    if not any(value for _, value in drawn):
        return None
    most, most_value = max(drawn, key=lambda one: one[1])
    title = f"{measure['indicator'].title}: most are {most} ({shown(most_value)})"
    bars = charts.bars([(name, int(value)) for name, value in drawn], title=title)
    rows: list[tuple[str, ...]] = [(row["figure"].replace("_", " "), text(row, "")) for row in listed]
    return Chart(measure["indicator"].id, title, bars, ("kind", "number"), rows, "")
