"""What an indicator's header says, read and checked."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp

from statutory import sqlfile
from statutory.errors import SqlFileError
from statutory.sources import contract
from statutory.sqlfile import SqlFile

REQUIRED = ("title", "id", "question", "grain", "calc", "better", "periods", "needs", "sources", "used_by")
OPTIONAL = ("clock", "views", "figures", "bands", "band_figure", "least_base", "target")

MEDIAN = "(percentile_cont(0.5) within group (order by measure))::numeric"
# The figures that any indicator may use, as expressions over member rows; null if the denominator is 0. A rate
# is per 10,000 of the population aged 0 to 17, annualised for part of a year (convention K13).
FIGURES = {
    "count": "coalesce(sum(numerator), 0)",
    "sum": "coalesce(sum(numerator), 0)",
    "headcount": "count(member_key)",
    "percent": "100 * sum(numerator) / nullif(sum(denominator), 0)",
    "ratio": "sum(numerator) / nullif(sum(denominator), 0)",
    "rate": "10000 * coalesce(sum(numerator), 0) * max(year_share) / nullif(max(population), 0)",
    "mean": "avg(measure)",
    "median": MEDIAN,
    "lower_quartile": "(percentile_cont(0.25) within group (order by measure))::numeric",
    "upper_quartile": "(percentile_cont(0.75) within group (order by measure))::numeric",
    "max": "max(measure)",
}
# The figure of a band, over its members; a median needs at least five.
BAND_FIGURES = {
    "count": "count(member_key) {filter}",
    "sum": "coalesce(sum(numerator) {filter}, 0)",
    "percent": "100 * sum(numerator) {filter} / nullif(sum(denominator) {filter}, 0)",
    "median": "case when count(measure) {filter} >= 5"
    " then (percentile_cont(0.5) within group (order by measure) {filter})::numeric end",
}
BETTER = ("high", "low", "neither")
# What each kind of period, and each view, is called where people read it.
PERIOD_KINDS = {
    "snapshot": "on the day",
    "month": "month",
    "three_months": "three months",
    "ninety_days": "90 days",
    "term": "school term",
    "six_months": "six months",
    "year": "12 months",
    "three_years": "36 months",
}
# Periods of whole months are not complete until their last month ends. Until then they are of the kind "so far",
# which is never compared with a complete period.
OF_WHOLE_MONTHS = ("month", "three_months", "term")
SO_FAR = "_so_far"
PERIOD_NAMES = PERIOD_KINDS | {kind + SO_FAR: f"{PERIOD_KINDS[kind]} so far" for kind in OF_WHOLE_MONTHS}
# Convention K06: A is finished in the period, B due in the period; a row of the catalogue may name another cohort.
VIEWS = {
    "finished": "finished in the period",
    "due": "due in the period, finished or not",
    "started": "began in the period",
}
LETTERS = {"A": "finished", "B": "due"}
UNITS = ("working days", "days", "weeks", "months", "hours")
MEMBERS = "members"  # the one view of an indicator without a clock


# Tables that the runner reads for a clock, in addition to those in its select.
CLOCK_READS = frozenset({"child", "calendar_day", "parameter"})


@dataclass(frozen=True)
class Indicator:
    """One indicator: its file and its header. `views` is ("members",) without a clock.

    `main_figures` are those that `calc` names, the value first. `bands` are the parts that members fall into, by the
    column `band`, or `bands` where one may be in several: each is a figure of its own, made as `band_figure` says of
    the rows that are in it.
    """

    file: SqlFile
    id: str
    title: str
    main_figures: tuple[str, ...]
    unit: str | None
    views: tuple[str, ...]
    periods: tuple[str, ...]
    bands: tuple[str, ...]
    band_figure: str
    needs: tuple[str, ...]
    figures: dict[str, str]

    @property
    def area(self) -> str:
        """The folder it lies in, such as timeliness."""
        return self.file.path.parent.name

    @property
    def columns(self) -> frozenset[str]:
        """The columns that its select returns."""
        return frozenset(self.file.columns)

    @property
    def reads(self) -> frozenset[str]:
        """The relations that its select names, and those in which the runner looks up what a clock needs."""
        return self.file.reads | (CLOCK_READS if self.unit else frozenset())


# These become part of SQL unchanged and run with the rights of the login that builds the night.
_WORD = re.compile(r"[A-Za-z0-9_]+")
_NO_FIGURE = (exp.Dot, exp.Rand, exp.DDL, exp.DML, exp.Command, exp.AnonymousAggFunc)
# Beside these a figure calls what sqlglot knows as a function of SQL, and reads members alone.
_CALLED, _READ = frozenset({"cardinality"}), frozenset({"known_on"})


def define(file: SqlFile) -> Indicator:
    """Check one header.

    Raises:
        SqlFileError: the id is not the file's name, or a value is not one the runner knows.
    """
    header = file.header

    def known(key: str, values: object, allowed: Iterable[str]) -> tuple[str, ...]:
        given = tuple(values) if isinstance(values, list) else (values,)
        if wrong := [str(value) for value in given if value not in allowed]:
            raise SqlFileError(f"{file.label}: {key} {', '.join(wrong)} is not one of {', '.join(allowed)}")
        return given

    if header["id"] != file.name or not _WORD.fullmatch(file.name):
        raise SqlFileError(f"{file.label}: the id {header['id']} is not the file's name, or not a plain word")
    clock = header.get("clock")
    if (clock is None) != (header.get("views") is None):
        raise SqlFileError(f"{file.label}: a clock and its views go together")
    if clock is not None and not (isinstance(clock, dict) and clock.keys() == {"from", "to", "unit", "standard"}):
        raise SqlFileError(f"{file.label}: clock needs from, to, unit and standard")
    if ("bands" in header) != bool({"band", "bands"} & set(file.columns)):
        raise SqlFileError(f"{file.label}: bands in the header and the column band or bands go together")
    if clock is None and "period" not in file.reads:
        raise SqlFileError(f"{file.label}: an indicator without a clock joins period")
    known("better", header["better"], BETTER)
    own = header.get("figures", {})
    for name, expression in own.items():
        if not _is_figure(str(expression)):
            raise SqlFileError(
                f"{file.label}: the figure {name} must be an expression of plain functions over member rows"
            )
    main = known("calc", header["calc"], FIGURES | own)
    bands = _bands(file)
    band_figure = BAND_FIGURES[known("band_figure", header.get("band_figure", "count"), BAND_FIGURES)[0]]
    return Indicator(
        file=file, id=header["id"], title=header["title"], main_figures=main, bands=bands,
        unit=known("unit", clock["unit"], UNITS)[0] if clock else None,
        views=known("views", header["views"], VIEWS) if clock else (MEMBERS,),
        periods=known("periods", header["periods"], PERIOD_KINDS), band_figure=band_figure.replace("{filter}", ""),
        needs=known("needs", header["needs"], contract.tables()),
        figures=_figures(header, main, own) | _banded(bands, band_figure),
    )  # fmt: skip


@functools.cache
def _is_figure(expression: str) -> bool:
    """Whether an expression reads and calls nothing but what may be read and called."""
    try:
        found = sqlglot.parse_one(expression, read="postgres")
    except sqlglot.errors.SqlglotError:
        return False
    return (
        not found.find(*_NO_FIGURE)
        and {call.name.lower() for call in found.find_all(exp.Anonymous)} <= _CALLED
        and all(not table.db and table.name in _READ for table in found.find_all(exp.Table))
        and "--" not in expression
    )


@functools.cache
def parts(figure: str) -> tuple[str | None, str | None]:
    """What a figure is made of, as expressions over the same rows: its own numerator and denominator, or none.

    A share (`n / nullif(d, 0)`, times a factor) has both, a sum or a count itself alone; a mean, a median and a
    quartile are of so many rows.
    """
    found = sqlglot.parse_one(figure, read="postgres")
    if isinstance(found, exp.Case) and len(found.args["ifs"]) == 1:  # null for a small base
        found = found.args["ifs"][0].args["true"]
    found = found.unnest()
    if isinstance(found, exp.Cast):
        found = found.this.unnest()
    if isinstance(found, exp.Div) and isinstance(found.expression, exp.Nullif):
        factors = [factor for factor in found.this.flatten() if not _is_factor(factor)]
        if isinstance(found.this, exp.Mul) and len(factors) == 1:
            return factors[0].sql("postgres"), found.expression.this.sql("postgres")
        return found.this.sql("postgres"), found.expression.this.sql("postgres")
    if found.find(exp.PercentileCont, exp.Avg):
        return None, "count(measure)"
    return (figure, None) if found.find(exp.Sum, exp.Count) else (None, None)


def _is_factor(expression: exp.Expression) -> bool:
    return isinstance(expression, exp.Literal) or expression.sql("postgres") == "MAX(year_share)"


def _bands(file: SqlFile) -> tuple[str, ...]:
    """The bands as the header lists them; `{codes: LIST}` is the codes of a list, what is in none, and nothing."""
    said = file.header.get("bands", [])
    if isinstance(said, dict):
        if said.keys() != {"codes"} or said["codes"] not in contract.code_lists():
            raise SqlFileError(f"{file.label}: bands are a list, or the codes of a code list of the contract")
        codes = dict.fromkeys(code.code for code in contract.code_lists()[said["codes"]])
        return (*codes, "unknown code", "not recorded")
    return tuple(said)


def _figures(header: dict[str, Any], main: tuple[str, ...], own: dict[str, str]) -> dict[str, str]:
    figures = {name: own.get(name) or FIGURES[name] for name in main}
    if base := header.get("least_base"):
        figures = {
            name: f"case when coalesce(sum(denominator), 0) >= {int(base)} then {expression} end"
            if name == "percent"
            else expression
            for name, expression in figures.items()
        }
    return figures


def _banded(bands: tuple[str, ...], figure: str) -> dict[str, str]:
    def condition(band: str) -> str:
        quoted = band.replace("'", "''")
        return f"filter (where bands @> array['{quoted}'])"

    return {band: figure.replace("{filter}", condition(band)) for band in bands}


def named(row: dict[str, Any], indicator: Indicator) -> str:
    """The label of a figure: its name if there are several, its period and its view."""
    several = row["figure"] if len(indicator.figures) > 1 else None
    return ", ".join(part for part in (several, PERIOD_NAMES[row["period_kind"]], VIEWS.get(row["view"])) if part)


def indicators(local: Path) -> dict[str, Indicator]:
    """Every indicator by id, including the council's own."""
    return {file.name: define(file) for file in sqlfile.folder("indicators", local, REQUIRED, OPTIONAL)}
