"""What an indicator's header says, read and checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from statutory import sqlfile
from statutory.errors import SqlFileError
from statutory.sources import contract
from statutory.sqlfile import SqlFile

REQUIRED = ("title", "id", "question", "grain", "calc", "periods", "needs", "sources", "used_by")
OPTIONAL = ("clock", "views", "by", "bands")

# The figures of each way to calculate, as expressions over member rows, the first being the indicator's value; null
# where nothing can be divided.
CALCS = {
    "count": {"count": "coalesce(sum(numerator), 0)"},
    "sum": {"sum": "coalesce(sum(numerator), 0)"},
    "sum_and_headcount": {"sum": "coalesce(sum(numerator), 0)", "headcount": "count(member_key)"},
    "max": {"max": "max(measure)"},
    "headcount_and_sum": {"headcount": "count(member_key)", "sum": "coalesce(sum(numerator), 0)"},
    "headcount_and_median": {
        "headcount": "count(member_key)",
        "median": "(percentile_cont(0.5) within group (order by measure))::numeric",
    },
    "percent": {"percent": "100 * sum(numerator) / nullif(sum(denominator), 0)"},
    "percent_and_sum": {
        "percent": "100 * sum(numerator) / nullif(sum(denominator), 0)",
        "sum": "coalesce(sum(numerator), 0)",
    },
    "median_and_count": {
        "median": "(percentile_cont(0.5) within group (order by measure))::numeric",
        "count": "coalesce(sum(numerator), 0)",
    },
    "median_and_percent": {
        "median": "(percentile_cont(0.5) within group (order by measure))::numeric",
        "percent": "100 * sum(numerator) / nullif(sum(denominator), 0)",
    },
    "median_each": {"median": "(percentile_cont(0.5) within group (order by measure))::numeric"},
    "median": {"median": "(percentile_cont(0.5) within group (order by measure))::numeric"},
    "ratio": {"ratio": "sum(numerator) / nullif(sum(denominator), 0)"},
    "mean_and_median": {
        "mean": "avg(measure)",
        "median": "(percentile_cont(0.5) within group (order by measure))::numeric",
    },
}
# The figure of a band where it is not the number of its members; of fewer than five no median is told.
BAND_FIGURES = {
    "sum": "coalesce(sum(numerator) {filter}, 0)",
    "median_each": "case when count(measure) {filter} >= 5"
    " then (percentile_cont(0.5) within group (order by measure) {filter})::numeric end",
}
# What each kind of period, and each view, is called where people read it.
PERIOD_KINDS = {
    "snapshot": "on the day",
    "month": "month",
    "quarter": "three months",
    "six_months": "six months",
    "year": "12 months",
    "three_years": "36 months",
}
# Convention K06: A is finished in the period, B due in the period; a row of the catalogue may name another cohort.
VIEWS = {
    "finished": "finished in the period",
    "due": "due in the period, finished or not",
    "started": "began in the period",
}
UNITS = ("working days", "days", "hours")
MEMBERS = "members"  # the one view of an indicator without a clock


@dataclass(frozen=True)
class Indicator:
    """One indicator: its file and what its header says. `views` is ("members",) without a clock.

    `bands` are the parts that its members fall into by their column `band`: each is a figure of its own, the number of
    members but where BAND_FIGURES says another.
    """

    file: SqlFile
    id: str
    title: str
    calc: str
    unit: str | None
    views: tuple[str, ...]
    periods: tuple[str, ...]
    by: tuple[str, ...]
    bands: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The columns that its select returns."""
        return frozenset(self.file.columns)

    @property
    def main_figures(self) -> tuple[str, ...]:
        """The names of the figures that its way to calculate gives, the value first."""
        return tuple(CALCS[self.calc])

    @property
    def figures(self) -> dict[str, str]:
        """Each of its figures, the value first and the bands last, with its expression over member rows."""
        of_band = BAND_FIGURES.get(self.calc, "count(member_key) {filter}")
        found = {band: of_band.replace("{filter}", f"filter (where band = '{band}')") for band in self.bands}
        return CALCS[self.calc] | found


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

    if header["id"] != file.name:
        raise SqlFileError(f"{file.label}: the id {header['id']} is not the name of the file")
    clock = header.get("clock")
    if (clock is None) != (header.get("views") is None):
        raise SqlFileError(f"{file.label}: a clock and its views go together")
    if clock is not None and not (isinstance(clock, dict) and clock.keys() == {"from", "to", "unit", "standard"}):
        raise SqlFileError(f"{file.label}: a clock says from, to, unit and standard")
    if ("bands" in header) != ("band" in file.columns):
        raise SqlFileError(f"{file.label}: bands in the header and the column band go together")
    if clock is None and "period" not in file.reads:
        raise SqlFileError(f"{file.label}: an indicator without a clock joins period")
    return Indicator(
        file=file,
        id=header["id"],
        title=header["title"],
        calc=known("calc", header["calc"], CALCS)[0],
        unit=known("unit", clock["unit"], UNITS)[0] if clock else None,
        views=known("views", header["views"], VIEWS) if clock else (MEMBERS,),
        periods=known("periods", header["periods"], PERIOD_KINDS),
        by=known("by", header.get("by", []), ("team",)),
        bands=tuple(header.get("bands", ())),
        needs=known("needs", header["needs"], contract.tables()),
    )


def named(row: dict[str, Any]) -> str:
    """What a row of figures is called: which figure where there are several, its period, and its view."""
    several = row["figure"] if len(indicators()[row["indicator"]].figures) > 1 else None
    return ", ".join(part for part in (several, PERIOD_KINDS[row["period_kind"]], VIEWS.get(row["view"])) if part)


def indicators() -> dict[str, Indicator]:
    """Every indicator by id, the council's own among them."""
    return {file.name: define(file) for file in sqlfile.folder("indicators", REQUIRED, OPTIONAL)}
