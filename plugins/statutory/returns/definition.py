"""What each return is: `return.yaml` and `field.csv` in its folder `sql/returns/<return>/`.

To add a return, add a folder, here or in `returns/` of the council's own. `docs/adding.md` says what each key means.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta

from statutory.errors import ReturnDefinitionError, StatutoryError
from statutory.night import night_schema
from statutory.paths import SQL

KEYS = {"title", "period", "months", "collections", "wanted", "xml", "outputs", "notes"}
XML_KEYS = {"root", "collection", "modules", "schemas", "needs"}
MODULE_KEYS = {"element", "parent", "key"}
OUTPUTS = ("csv", "statistics", "workbook", "xml")
# The step from a period to the previous one; none for a return as at a day.
STEPS = {"year": relativedelta(years=1), "quarter": relativedelta(months=3), "day": None}


@dataclass(frozen=True)
class Period:
    """What a collection is about: a collection year, a quarter, or the months that end on a day.

    `year` is the year whose layout and rules hold. `label` names the period in files, schemas and commands: 2025, 20253
    (the third quarter of 2025), 20260930 (as at that day).
    """

    kind: str
    label: str
    year: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Collection:
    """One collection of the return in a folder: its period, and the day it is due; none where it is asked for."""

    folder: Path
    period: Period
    due: date | None

    @property
    def return_(self) -> "Return":
        """The return that it is of."""
        return read(self.folder)

    @property
    def return_id(self) -> str:
        """The id of its return."""
        return self.folder.name

    @property
    def label(self) -> str:
        """Its name in files and in `ops`."""
        return f"{self.return_id}_{self.period.label}"

    def schema(self, night: date) -> str:
        """The schema of this return as built from a night."""
        return f"{night_schema(night)}_{self.label}"


@dataclass(frozen=True)
class XmlModule:
    """How a module stands in the XML file: its element by first year, and the module whose records hold it.

    `key` are the fields by which a record's parts name it: modules below it have them too, and the file does not repeat
    them there.
    """

    elements: Mapping[int, str]
    parent: str | None
    key: tuple[str, ...]

    def element(self, year: int) -> str:
        """The element in the file of a year."""
        return self.elements[max(first for first in self.elements if first <= year)]


@dataclass(frozen=True)
class XmlFile:
    """The XML file of a return.

    `marker` names the module and field of the header that say which collection a file is of, and the text they hold.
    `schemas` are the XSD files by first year. `needs` is a source table without which no file is written.
    """

    root: str
    marker: tuple[str, str, str] | None
    modules: Mapping[str, XmlModule]
    schemas: Mapping[int, str]
    needs: str | None

    def key_above(self, module: str) -> tuple[str, ...]:
        """The fields that name the record above a module's records: the keys of all modules above it."""
        parent = self.modules[module].parent
        return (*self.key_above(parent), *self.modules[parent].key) if parent else ()

    def schema(self, year: int) -> str | None:
        """The XSD file of a year; none where there is none."""
        known = [first for first in self.schemas if first <= year]
        return self.schemas[max(known)] if known else None


@dataclass(frozen=True, eq=False)
class Return:
    """One return as its folder says.

    `months` is how far back a return as at a day looks. `wanted` gives each word of `required_of` in `field.csv` as a
    condition on the module. `outputs` are the kinds of files that a night writes; `notes` are lines of the workbook's
    sheet on method.
    """

    id: str
    folder: Path
    title: str
    period_kind: str
    months: int
    collections: tuple[Collection, ...]
    wanted: Mapping[str, str]
    xml: XmlFile | None
    outputs: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]

    def collection(self, label: int | str) -> Collection:
        """The collection of a period, or as at a day; StatutoryError when it is not known."""
        if self.period_kind == "day":
            try:
                return self.as_at(date.fromisoformat(str(label)))
            except ValueError:
                raise StatutoryError(f"{self.id} needs a day such as 20260930, not {label}") from None
        for one in self.collections:
            if one.period.label == str(label):
                return one
        raise StatutoryError(f"no collection of {self.id} {label} is known: {self._where} lists them")

    def as_at(self, day: date) -> Collection:
        """The collection as at a day; both ends of its months are in it."""
        first = day - relativedelta(months=self.months)
        return Collection(self.folder, Period("day", f"{day:%Y%m%d}", day.year, first, day), None)

    def before(self, collection: Collection) -> Collection | None:
        """The collection of the period before; none where none is known."""
        step = STEPS[self.period_kind]
        if step is None:
            return None
        first = collection.period.first_day - step
        return next((one for one in self.collections if one.period.first_day == first), None)

    def open_on(self, night: date) -> list[Collection]:
        """The collections that a night reports on: the newest that ended, and the current one."""
        ended = [one for one in self.collections if one.period.last_day <= night]
        return ended[-1:] + [one for one in self.collections if one.period.first_day <= night < one.period.last_day]

    def newest(self, night: date) -> Collection:
        """The collection that ended last by a night; StatutoryError when none is known to have ended by then."""
        if self.period_kind == "day":
            return self.as_at(night)
        ended = [one for one in self.collections if one.period.last_day <= night]
        if not ended:
            raise StatutoryError(f"no collection of {self.id} ended by {night}: {self._where} lists them")
        return ended[-1]

    @property
    def _where(self) -> str:
        return f"{self.id}/return.yaml"


def returns(local: Path) -> dict[str, Return]:
    """Every return, by its id, those of the council's own folder among them.

    Raises:
        ReturnDefinitionError: a file is not as it has to be; the file and the key are named.
    """
    found = [path for folder in _folders(local) for path in sorted(folder.glob("*/return.yaml"))]
    return {path.parent.name: read(path.parent) for path in found}


def of_every_night(local: Path) -> list[str]:
    """The returns that have collections: the open ones are built every night."""
    return [one.id for one in returns(local).values() if one.collections]


def of(return_id: str, local: Path) -> Return:
    """One return; StatutoryError when there is none of that id."""
    if return_id.isidentifier():
        for folder in _folders(local):
            if (folder / return_id / "return.yaml").is_file():
                return read(folder / return_id)
    raise StatutoryError(f"there is no return {return_id}; there are {', '.join(returns(local))}")


def _folders(local: Path) -> tuple[Path, Path]:
    return SQL / "returns", local / "returns"


def read(folder: Path) -> Return:
    """The return that a folder describes, the same one until its file changes; errors as for `returns`."""
    path = folder / "return.yaml"
    return _read(path, path.stat().st_mtime_ns)


@functools.cache
def _read(path: Path, _changed: int) -> Return:
    name = path.parent.name
    try:
        said: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        _refuse_others(said, KEYS, {"title", "period", "outputs"})
        kind = said["period"]
        if kind not in STEPS:
            raise ReturnDefinitionError(f"period is {', '.join(STEPS)}, not {kind}")
        if unknown := set(said["outputs"]) - set(OUTPUTS):
            raise ReturnDefinitionError(f"outputs are {', '.join(OUTPUTS)}, not {', '.join(sorted(unknown))}")
        return Return(
            id=name, folder=path.parent, title=said["title"], period_kind=kind, months=said.get("months", 0),
            collections=tuple(_collection(path.parent, kind, row) for row in said.get("collections", ())),
            wanted={"every record": "true", "": "true", **said.get("wanted", {})},
            xml=_xml(said["xml"]) if "xml" in said else None, outputs=tuple(said["outputs"]),
            notes=tuple((what, how) for what, how in said.get("notes", ())),
        )  # fmt: skip
    except ReturnDefinitionError as error:
        raise ReturnDefinitionError(f"{name}/return.yaml: {error}") from None
    except yaml.YAMLError as error:
        line = getattr(error, "problem_mark", None)
        where = f" line {line.line + 1}" if line else ""
        raise ReturnDefinitionError(f"{name}/return.yaml{where} is not YAML") from None


def _collection(folder: Path, kind: str, row: dict[str, Any]) -> Collection:
    _refuse_others(row, {"label", "first_day", "last_day", "due"}, {"label", "first_day", "last_day", "due"})
    period = Period(kind, str(row["label"]), row["last_day"].year, row["first_day"], row["last_day"])
    return Collection(folder, period, row["due"])


def _xml(said: dict[str, Any]) -> XmlFile:
    _refuse_others(said, XML_KEYS, {"root", "modules"})
    modules: dict[str, XmlModule] = {}
    for name, given in said["modules"].items():
        module = given or {}
        _refuse_others(module, MODULE_KEYS, set())
        parent = module.get("parent")
        if parent is not None and parent not in modules:
            raise ReturnDefinitionError(f"the parent {parent} of the module {name} has to be listed before it")
        element = module.get("element", name)
        elements = element if isinstance(element, dict) else {0: element}
        modules[name] = XmlModule(elements, parent, tuple(module.get("key", ())))
    marker = said.get("collection")
    return XmlFile(
        root=said["root"],
        marker=(marker["module"], marker["field"], marker["holds"]) if marker else None,
        modules=modules,
        schemas=said.get("schemas", {}),
        needs=said.get("needs"),
    )


def _refuse_others(said: Any, known: set[str], required: set[str]) -> None:
    if not isinstance(said, dict):
        raise ReturnDefinitionError(f"a table of {', '.join(sorted(known))} is wanted")
    if unknown := sorted(said.keys() - known):
        raise ReturnDefinitionError(
            f"there is no key {', '.join(map(str, unknown))}; there are {', '.join(sorted(known))}"
        )
    if missing := sorted(required - said.keys()):
        raise ReturnDefinitionError(f"{', '.join(missing)} is missing")
