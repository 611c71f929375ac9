"""Read a return's files into its modules: one XML file, or one CSV file per module.

Records are streamed through one COPY, so memory does not grow with the file. XML is read without entities and
network.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree
from psycopg import sql
from psycopg.types.json import Jsonb

from statutory.errors import ReturnFileError
from statutory.returns import layout
from statutory.returns.definition import Return, XmlFile
from statutory.returns.layout import Field
from statutory.sources.reading import Csv
from statutory.warehouse.connection import Connection

UNKNOWN = "unknown_element"
BLOCK = 1 << 20  # bytes


@dataclass
class Record:
    """One record of a module: the line it begins on, the text of its fields, the number of the record that holds it.

    `unknown` are the elements or columns that its year does not have, with their lines.
    """

    module: str
    line: int
    field_texts: dict[str, str] = field(default_factory=dict)
    unknown: list[tuple[str, int]] = field(default_factory=list)
    parent: int | None = None
    number: int = -1


def read(
    connection: Connection, return_: Return, year: int, files: Sequence[Path], *, suffix: str = ""
) -> dict[str, int]:
    """Make the modules of a return, empty ones too; `unknown_element` holds what its year does not have.

    Args:
        connection: in a transaction that is rolled back.
        return_id: the return.
        year: the collection's year; elements of other years are read and named as unknown.
        files: one XML file, or a CSV file a module, named as the module is.
        suffix: `_last` for the return of the year before, whose unknown elements are not reported.

    Returns:
        The records of each module.

    Raises:
        ReturnFileError: a file is not there, cannot be read, declares entities, or is another return's.
    """
    connection.execute(
        "create temporary table met (module text, row_id bigint, parent_id bigint, line bigint, field_texts jsonb)"
    )
    counts = dict.fromkeys((*layout.modules(return_), UNKNOWN), 0)
    with connection.cursor() as cursor, cursor.copy("copy met from stdin") as copy:
        for record in _records(return_, year, files):
            if record.module:
                record.number = counts[record.module]
                counts[record.module] += 1
                copy.write_row((record.module, record.number, record.parent, record.line, Jsonb(record.field_texts)))
            for element, line in record.unknown:
                about = {"module": record.module, "row_id": str(record.number), "element": element}
                copy.write_row((UNKNOWN, counts[UNKNOWN], None, line, Jsonb(about)))
                counts[UNKNOWN] += 1
    tables = {module + suffix: fields for module, fields in layout.modules(return_).items()}
    layout.make(connection, return_, list(tables), temporary=True)
    for table, fields in tables.items():
        texts = "".join(f", field_texts ->> '{one.name}' as \"{one.name.lower()}\"" for one in fields)
        # An offset keeps each field from being searched wherever it is named.
        layout.fill(
            connection, return_, table, ("row_id", "parent_id", "line", *(one.name.lower() for one in fields)),
            f"(select row_id, parent_id, line{texts} from met where module = %s offset 0) as record",
            values=(table.removesuffix(suffix),),
        )  # fmt: skip
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(table.lower())))
    if not _is_xml(files):
        layout.link(connection, return_, suffix=suffix)
    if not suffix:
        connection.execute(
            sql.SQL(
                "create temporary table unknown_element as select field_texts ->> 'module' as module,"
                " (field_texts ->> 'row_id')::bigint as row_id, field_texts ->> 'element' as element, line from met"
                " where module = {}"
            ).format(sql.Literal(UNKNOWN))
        )
    connection.execute("drop table met")
    return counts


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files of the paths and of folders among them: of the period, and of the one before it (`<name>_last`)."""
    found: list[Path] = []
    for path in paths:
        found += (
            sorted(one for one in path.iterdir() if one.suffix.lower() in {".csv", ".xml"}) if path.is_dir() else [path]
        )
    is_last = [path.stem.lower().endswith(layout.LAST) for path in found]
    return (
        [path for path, last in zip(found, is_last, strict=True) if not last],
        [path for path, last in zip(found, is_last, strict=True) if last],
    )


def _is_xml(files: Sequence[Path]) -> bool:
    return len(files) == 1 and files[0].suffix.lower() != ".csv"


def _records(return_: Return, year: int, files: Sequence[Path]) -> Iterator[Record]:
    for path in files:
        if not path.is_file():
            raise ReturnFileError(f"{path.name} is not there")
    if not _is_xml(files):
        for module, path in _modules_of(return_, files).items():
            yield from _csv_records(return_, year, module, path)
    elif return_.xml is None:
        raise ReturnFileError(f"{return_.id} has no XML file: give a CSV file for each module")
    else:
        yield from _Xml(return_, return_.xml, year, files[0]).records()


class _Xml:
    """One XML file as records, each after the record that holds it."""

    def __init__(self, return_: Return, file: XmlFile, year: int, path: Path) -> None:
        self._return, self._file, self._year, self._path = return_, file, year, path
        self._fields = {name: {one.name: one for one in fields} for name, fields in layout.modules(return_).items()}
        # Below each module (below the root: None) the module that an element path of any year is.
        self._below: dict[str | None, dict[tuple[str, ...], str]] = {}
        for name, module in file.modules.items():
            for element in module.elements.values():
                self._below.setdefault(module.parent, {})[*element.split("/")] = name

    def records(self) -> Iterator[Record]:
        tops = self._below[None]
        around = {path[:n] for path in tops for n in range(len(path))}
        try:
            with self._path.open("rb") as opened:
                place: list[str] = []
                events = etree.iterparse(
                    opened, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
                    huge_tree=False, remove_comments=True, remove_pis=True,  # text may continue after them
                )  # fmt: skip
                for event, element in events:
                    if event == "start":
                        if not place:
                            self._refuse_another(element)
                        place.append(_name(element))
                        continue
                    path = tuple(place[1:])
                    place.pop()
                    if path in around or path[:-1] not in around:
                        continue
                    if path in tops:
                        yield from self._record(tops[path], element, None)
                    else:
                        yield Record("", _line(element), unknown=[(path[-1], _line(element))])
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            # The parser's own text may show what stands there.
            raise ReturnFileError(
                f"{self._path.name} is not well-formed XML from line {error.position[0]} on: check whether it is"
                " complete"
            ) from None

    def _refuse_another(self, root: etree._Element) -> None:
        name = self._path.name
        if root.getroottree().docinfo.internalDTD is not None:
            raise ReturnFileError(f"{name} declares a document type; such files are refused, because entities may hide")
        if namespace := etree.QName(root).namespace:
            raise ReturnFileError(
                f"{name} puts its elements into the namespace {namespace}, and the department's files have none: write"
                " the file without xmlns"
            )
        if root.tag != self._file.root:
            raise ReturnFileError(
                f"{name} is no file of {self._return.id}: it begins with {_name(root)}, not with {self._file.root}"
            )

    def _record(self, module: str, element: etree._Element, parent: Record | None) -> Iterator[Record]:
        """A record and, after it, the records below it."""
        record = Record(module, _line(element), parent=parent.number if parent else None)
        said = self._file.modules[module]
        if parent:
            above = self._file.key_above(module)
            record.field_texts.update({name: parent.field_texts[name] for name in above if name in parent.field_texts})
        if _name(element) != said.element(self._year).split("/")[-1]:
            record.unknown.append((_name(element), record.line))
        groups = {one.element_group for one in self._fields[module].values()} - {""}
        below: list[tuple[str, etree._Element]] = []
        self._fill(record, groups, element, below, ())
        if self._file.marker and module == self._file.marker[0]:
            _, name, holds = self._file.marker
            if (text := record.field_texts.get(name)) and holds not in text.lower():
                raise ReturnFileError(
                    f"{self._path.name} is no file of {self._return.id}: its header names another collection"
                )
        yield record
        for name, part in below:
            yield from self._record(name, part, record)

    def _fill(
        self, record: Record, groups: set[str], parent: etree._Element, below: list[tuple[str, etree._Element]],
        within: tuple[str, ...],
    ) -> None:  # fmt: skip
        """Read the fields of a record, also those in groups, and collect the elements of the modules below it."""
        parts = self._below.get(record.module, {})
        fields = self._fields[record.module]
        for child in parent.iterchildren(tag=etree.Element):
            name, line = _name(child), _line(child)
            path = (*within, name)
            if path in parts:
                below.append((parts[path], child))
                continue
            if name in groups or any(part[: len(path)] == path for part in parts):
                self._fill(record, groups, child, below, path if name not in groups else within)
                continue
            one = fields.get(name)
            text = (child.text or "").strip()
            repeated = name in record.field_texts and one is not None and not one.repeats
            if one is None or not one.is_in(self._year) or len(child) or repeated:
                record.unknown.append((name, line))
            if one is None or len(child) or not text:
                continue
            _add(record, one, text)


def _add(record: Record, one: Field, text: str) -> None:
    if one.name not in record.field_texts:
        record.field_texts[one.name] = text
    elif one.repeats:
        record.field_texts[one.name] += f";{text}"


def _modules_of(return_: Return, files: Sequence[Path]) -> dict[str, Path]:
    """The module that each CSV file is, by its name without case and signs, in the order of the layout.

    Raises:
        ReturnFileError: a file has the name of no module, or two have that of one.
    """
    known = {_plain(name): name for name in layout.modules(return_)}
    found: dict[str, Path] = {}
    for path in files:
        said = _plain(path.stem.lower().removesuffix(layout.LAST))
        module = known.get(said) or known.get(said.removeprefix(_plain(return_.id)))
        if module is None:
            raise ReturnFileError(
                f"{path.name} is not named after a module of {return_.id}; they are {', '.join(known.values())}"
            )
        if module in found:
            raise ReturnFileError(f"{path.name} and {found[module].name} are both {module}: give one file per module")
        found[module] = path
    return {name: found[name] for name in known.values() if name in found}


def _csv_records(return_: Return, year: int, module: str, path: Path) -> Iterator[Record]:
    """The rows of a CSV file of a module, whatever the order of its columns."""
    fields = layout.modules(return_)[module]
    named = {_plain(one.title): one for one in fields} | {_plain(one.name): one for one in fields}
    with path.open("rb") as opened:
        rows = Csv(iter(lambda: opened.read(BLOCK), b""), path.name)
        columns = [named.get(_plain(column)) for column in rows.columns]
        if not any(columns):
            raise ReturnFileError(f"{path.name} has no column of {module}: see its first line")
        taken = [one.name for one in columns if one]
        if twice := sorted({name for name in taken if taken.count(name) > 1}):
            raise ReturnFileError(f"{path.name} has the column {', '.join(twice)} twice")
        others = [
            (column, 1) for column, one in zip(rows.columns, columns, strict=True) if one is None or not one.is_in(year)
        ]
        if others:
            yield Record("", 1, unknown=others)
        for row in rows.rows():
            record = Record(module, rows.line)
            for one, text in zip(columns, row, strict=True):
                if one and text.strip():
                    record.field_texts[one.name] = text.strip()
            yield record


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _line(element: Any) -> int:
    return int(element.sourceline or 0)
