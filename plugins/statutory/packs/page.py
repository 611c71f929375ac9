"""The pages of indicators: an index and one page an area, each figure with its evidence line.

A page needs no other file. It has no time and no run number, so the same night gives the same bytes. It shows no child
and no worker.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import jinja2

from statutory.indicators import definition
from statutory.indicators.rounding import shown
from statutory.night import Night
from statutory.packs import charts
from statutory.packs.figures import Known, Row, dates, rows, section, sign
from statutory.packs.story import story
from statutory.revision import revision
from statutory.warehouse.connection import Connection

# The areas in the order of the pages and what each is called; a council's own follow by name.
AREAS = {
    "workforce": "Workforce",
    "continuity": "Continuity of worker",
    "demand": "Demand and thresholds",
    "timeliness": "Timeliness",
    "permanence": "Permanence and care",
    "care_leavers": "Care leavers",
    "scrutiny": "Scrutiny and voice",
    "data_quality": "Data quality",
}

# Every sign but those of blocks that typst's own fonts have whole: European scripts, punctuation, currencies, arrows.
_NOT_IN_FONTS = re.compile(
    r"[^\x20-\x7e\xa0-\u0377\u038e-\u03a1\u03a3-\u0484\u0487-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040"
    r"\u20a0-\u20bf\u2190-\u23ff]"
)

# How a source is called where its name is not a word.
SOURCES = {"case_system": "case system", "hr": "HR"}


def environment() -> jinja2.Environment:
    """How templates are rendered: a page escaped as HTML, and a name that is not there is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=jinja2.select_autoescape(("html.j2",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"quoted": _quoted, "typst": lambda text: f"#{_quoted(text)}"}
    made.filters |= {
        "spark": charts.spark,
        "sign": sign,
        "shown": shown,
        "day": _day,
        "dates": dates,
        "source": lambda name: SOURCES.get(name, name),
    }
    made.globals |= {"views": definition.VIEWS, "periods": definition.PERIOD_NAMES, "revision": revision()}
    return made


def pages(night: Night) -> Iterator[tuple[str, str]]:
    """The name and text of each page of a night; the transaction's search path is on that night."""
    sources = source_rows(night.connection)
    known = Known(night)
    areas: dict[str, list[Row]] = defaultdict(list)
    for indicator in known.indicators.values():
        areas[indicator.area].append(section(known, indicator))
    order = [area for area in AREAS if area in areas] + sorted(areas.keys() - AREAS.keys())
    names = {area: AREAS.get(area, area.replace("_", " ").capitalize()) for area in order}
    common = {
        "night": night.day,
        "council": council_name(night.connection),
        "names": names,
        "stale": [s for s in sources if s["accepted_night"] and s["accepted_night"] < night.day],
        "absent": [s["source"] for s in sources if not s["accepted_night"]],
    }
    made = environment()
    yield (
        "indicators.html",
        made.get_template("index.html.j2").render(
            **common,
            areas=[(area, areas[area]) for area in order],
            sources=sources,
            tables=_tables(night.connection),
            story=story(night),
        ),
    )
    for area in order:
        yield f"{area}.html", made.get_template("area.html.j2").render(**common, area=area, sections=areas[area])


def _quoted(text: object) -> str:
    """A text as a string of typst, in which nothing is markup; a sign that no font has stands as a replacement sign.

    A PDF/UA with a sign that cannot be shown is refused by typst, and with it the whole pack.
    """
    shown = _NOT_IN_FONTS.sub("\ufffd", unicodedata.normalize("NFC", " ".join(str(text).splitlines())))
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def council_name(connection: Connection) -> str | None:
    """The name of the authority, where its own code is given."""
    found = connection.execute(
        """
        select authority.la_name from parameter
        inner join authority on authority.la_code = parameter.text_value
        where parameter.name = 'own_la' order by parameter.valid_from desc, authority.valid_from desc limit 1
        """
    ).fetchone()
    return found[0] if found else None


def source_rows(connection: Connection) -> list[Row]:
    """One row per source: the night of its rows, and how many were kept, quarantined and rejected."""
    return rows(
        connection,
        """
        select source_table.source, max(accepted_night) as accepted_night, count(*) as tables,
            count(*) filter (where not is_supplied) as absent,
            coalesce(sum(rows_read), 0) as rows_read, coalesce(sum(rows_kept), 0) as rows_kept,
            coalesce(sum(rows_quarantined), 0) as rows_quarantined,
            coalesce(sum(values_rejected), 0) as values_rejected,
            coalesce(sum(checks_failed), 0) as checks_failed, coalesce(sum(lost.rows), 0) as lost_references
        from source_table
        left join (
            select table_name, count(*) as rows from lost_reference group by table_name
        ) as lost using (table_name)
        group by source_table.source order by source_table.source
        """,
    )


def _tables(connection: Connection) -> list[Row]:
    """The tables in which something was set aside, or that are not supplied."""
    return rows(
        connection,
        """
        select source_table.*, coalesce(lost.rows, 0) as lost_references
        from source_table
        left join (
            select table_name, count(*) as rows from lost_reference group by table_name
        ) as lost using (table_name)
        where not is_supplied or rows_quarantined > 0 or values_rejected > 0 or checks_failed > 0 or lost.rows > 0
        order by source_table.source, source_table.table_name
        """,
    )
