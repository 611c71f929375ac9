"""The inspection pack: two editions of one content as web page and PDF, every table as CSV, and the evidence behind.

`DIR/inspectors/` is complete, `DIR/public/` hides small counts. The same night and date give the same bytes. A copy for
a reader says so on every page that names a child.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst

from statutory import spreadsheet
from statutory.errors import StatutoryError
from statutory.indicators import definition, results, trace
from statutory.indicators.disclosure import TOLD
from statutory.night import Night, use_night
from statutory.packs import commentary, content, figures, findings
from statutory.packs.content import Section
from statutory.packs.figures import INSPECTORS, PUBLIC, Edition
from statutory.packs.page import council_name, environment, source_rows
from statutory.postgres import use
from statutory.returns import workbook
from statutory.returns.definition import Return
from statutory.revision import revision
from statutory.warehouse.build import marts
from statutory.warehouse.connection import Connection

MOST_MEMBERS = 1000  # rows of a page of evidence; all are in the CSV beside it
FIGURE_COLUMNS = (
    "indicator", "title", "of", "value", "that is", "a year before", "change", "target", "region", "England",
)  # fmt: skip
MEMBER_COLUMNS = (
    "member_key", "child_id", "worker_id", "team_id", "numerator", "denominator", "measure", "due_date", "bands",
)  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """A copy of the inspectors' edition: its reader, and when it was taken, in London time."""

    reader: str
    taken: datetime

    def __str__(self) -> str:
        return f"Copy for {self.reader}, taken on {self.taken.day} {self.taken:%B %Y at %H:%M}"


def record(night: Night, inspection_date: date, copy: Copy) -> None:
    """Keep who took a copy of which pack, and when.

    Raises:
        StatutoryError: nobody is named.
    """
    if not copy.reader.strip():
        raise StatutoryError("name the reader of the copy with --reader")
    night.connection.execute(
        "insert into ops.pack_copy (night, inspection_date, reader, taken_at) values (%s, %s, %s, %s)",
        (night.day, inspection_date, copy.reader, copy.taken),
    )


def use_night_as_at(night: Night, inspection_date: date) -> None:
    """Let table names mean a night, and the indicators' results those for a date up to it.

    The results of a night are for the night itself; for an earlier date they are worked out beside it and go with the
    transaction.

    Raises:
        StatutoryError: the date lies after the night.
        WarehouseError: the night is not built.
    """
    if inspection_date > night.day:
        raise StatutoryError(f"{inspection_date} is after the night {night.day}: give an earlier date")
    use_night(night)
    if inspection_date < night.day:
        use(night.connection, "pg_temp", night.schema)
        asked = definition.indicators(night.council.local).values()
        results.keep(replace(night, day=inspection_date), asked, known_on=night.day)


def write(night: Night, inspection_date: date, out: Path, copy: Copy | None = None) -> list[Path]:
    """Write both editions below `out`, the inspectors' as a copy for a reader where one is given; the files.

    Raises:
        StatutoryError: the date lies after the night.
        WarehouseError: the night is not built.
    """
    (out / INSPECTORS.name).mkdir(parents=True, exist_ok=True)
    lists = workbook.write_workbooks(night, inspection_date, out / INSPECTORS.name, footer=str(copy or ""))
    use_night_as_at(night, inspection_date)
    written = list(lists)
    whole: dict[str, dict[str, str]] = {}  # a commentary is about the figures of the inspectors' edition, in both
    for edition in (INSPECTORS, PUBLIC):
        known = figures.Known(replace(night, day=inspection_date), edition)
        folder = out / edition.name
        folder.mkdir(parents=True, exist_ok=True)
        made = content.sections(known)
        whole = whole or {section.id: section.shown_figures() for section in made}
        for section in made:
            section.comments = commentary.newest(night, section.id, whole[section.id], is_public=edition.is_public)
            if section.id == "since" and not edition.is_public:
                section.findings = findings.covered_off(night, known)
                if section.answer:
                    section.answer.sentences.extend(findings.sentences(section.findings))
        mark = str(copy) if copy and not edition.is_public else ""
        context = _context(night, edition, inspection_date, made) | {"mark": mark}
        written += _tables(folder, made, edition, night.connection)
        written.append(put(folder / "pack.html", environment().get_template("pack.html.j2").render(**context)))
        charts = {f"{chart.name}.svg": chart.svg for section in made for chart in section.charts}
        written.append(write_pdf(folder / "pack.pdf", "pack.typ.j2", context, charts))
        if not edition.is_public:
            named = dict.fromkeys(figure.indicator for section in made for figure in section.figures)
            written += list(_evidence(night, folder, list(named), inspection_date, mark=mark))
        written.append(put(folder / "README.txt", _readme(context, edition, lists)))
        written.append(_manifest(folder, night.day, inspection_date, mark))
    return written


def _context(night: Night, edition: Edition, inspection_date: date, made: list[Section]) -> dict[str, Any]:
    council = council_name(night.connection) or "Children's services"
    sources = source_rows(night.connection)
    late = [s["source"] for s in sources if s["accepted_night"] and s["accepted_night"] < night.day]
    title = f"{council}: children's services, {inspection_date.day} {inspection_date:%B %Y}"
    restricted = (
        "For inspectors and senior staff only: children and workers are named by their ids; the lists of Annex A hold"
        " birth dates of children and names of social workers too."
    )
    rule = TOLD if edition.is_public else restricted
    return {
        "title": title,
        "lead": f"As at {inspection_date.day} {inspection_date:%B %Y}, as known on {night.day.day} {night.day:%B %Y}. "
        + rule,
        "rule": rule,
        "footer": f"{title} · known on {night.day}",
        "edition": edition,
        "night": night.day,
        "inspection_date": inspection_date,
        "notices": [f"The rows of {source} are older than the night." for source in late],
        "sections": made,
        "sources": sources,
        "method": [
            "Every figure comes from the records held on the night named above, by rules in SQL that are shown beside"
            " it; no figure was entered by hand. If a figure has two views, one counts what was finished in the"
            " period, the other what was due in it, including what was never finished.",
            "Better and worse compare with a year before, if the difference is more than chance (95% level). Not"
            " recorded is a separate line and never counts as no. Figures are rounded last, halves up.",
        ],
    }


def _tables(folder: Path, made: list[Section], edition: Edition, connection: Connection) -> list[Path]:
    """Every section's figures and every chart's points as CSV."""
    tables = folder / "csv"
    tables.mkdir(exist_ok=True)
    written = []
    for section in made:
        lines = [
            (f.indicator, f.title, f.what, f.text, f.parts, f.before, f.change, f.target, f.region, f.england)
            for f in section.figures
        ]
        written.append(write_csv(tables / f"{section.id}.csv", FIGURE_COLUMNS, lines))
        written += [write_csv(tables / f"{chart.name}.csv", chart.columns, chart.rows) for chart in section.charts]
    if not edition.is_public:
        found = connection.execute(
            "select team_id, worker_id, indicator_id, due_date, working_days_left, member_key, child_id from worklist"
            " order by team_id, worker_id, due_date, indicator_id, member_key"
        )
        head = tuple(column.name for column in found.description or ())
        written.append(write_csv(tables / "worklist.csv", head, found.fetchall()))
    return written


def write_csv(path: Path, head: Sequence[str], lines: Iterable[Sequence[Any]]) -> Path:
    """Write rows under a line of names; the path."""
    spreadsheet.write_csv(path, head, lines)
    return path


def write_pdf(path: Path, template: str, context: dict[str, Any], drawings: Mapping[str, str]) -> Path:
    """A template with its drawings as a tagged PDF (PDF/UA-1), its date that of the night; the path."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, drawing in drawings.items():
            (root / name).write_text(drawing, encoding="utf-8")
        (root / "main.typ").write_text(environment().get_template(template).render(**context), encoding="utf-8")
        # Fonts of the machine would give other bytes elsewhere.
        fonts = typst.Fonts(include_system_fonts=False)
        path.write_bytes(typst.compile(root / "main.typ", root=root, font_paths=fonts, pdf_standards=["ua-1"]))
    return path


def _evidence(night: Night, folder: Path, names: list[str], inspection_date: date, *, mark: str) -> Iterator[Path]:
    """A page and a CSV file with the members of each indicator of the pack."""
    pages = folder / "evidence"
    pages.mkdir(exist_ok=True)
    template = environment().get_template("evidence.html.j2")
    columns = ", ".join(name if name != "bands" else "array_to_string(bands, '; ') as bands" for name in MEMBER_COLUMNS)
    known, made = definition.indicators(night.council.local), marts(night.council.local)
    for name in names:
        indicator = known[name]
        found = night.connection.execute(
            f"select {columns} from indicator_member"
            " where indicator_id = %s and view = %s and period_kind = %s order by member_key",
            (name, indicator.views[0], indicator.periods[0]),
        ).fetchall()
        kept = figures.rows(
            night.connection,
            "select * from indicator_value where indicator_id = %s and period_end = %s and breakdown = 'whole'"
            " order by view, period_kind, figure",
            (name, inspection_date),
        )
        files, batches = trace.rests_on(night, indicator, made)
        yield write_csv(pages / f"{name}.csv", MEMBER_COLUMNS, found)
        yield put(
            pages / f"{name}.html",
            template.render(
                indicator=indicator, header=indicator.file.header, night=night.day, inspection_date=inspection_date,
                figures=[row for row in kept if row["figure"] in indicator.main_figures], total=len(found),
                members=found[:MOST_MEMBERS], columns=MEMBER_COLUMNS, files=files, batches=batches, mark=mark,
            ),
        )  # fmt: skip


def put(path: Path, text: str) -> Path:
    """Write a text; the path."""
    path.write_text(text, encoding="utf-8")
    return path


def _readme(context: dict[str, Any], edition: Edition, lists: dict[Path, Return]) -> str:
    lines = [
        context["title"],
        context["lead"],
        *([f"{context['mark']}. Not to be passed on."] if context["mark"] else []),
        "",
        "pack.html    the pack; it needs nothing beside it, its links lead to the files below",
        "pack.pdf     the same for printing",
        "csv/         every table and the points of every chart",
    ]
    if not edition.is_public:
        lines += [
            "evidence/    behind each figure: the records counted, how it is made, what it rests on",
            *(f"{path.name} {one.title}: identifies people by birth dates and names" for path, one in lists.items()),
        ]
    return "\n".join([*lines, "manifest.json  the sha256 of every file", ""])


def _manifest(folder: Path, night: date, inspection_date: date, mark: str) -> Path:
    path = folder / "manifest.json"
    files = {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != path
    }
    said = {"night": str(night), "inspection_date": str(inspection_date), "revision": revision(), "files": files}
    if mark:
        said["copy"] = mark
    return put(path, json.dumps(said, indent=1) + "\n")
