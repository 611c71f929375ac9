"""Read somebody's XML file of a return as a stream, without entities and network, into the modules of its layout.

Each record goes through one COPY as it is met, so the memory it takes does not grow with the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from psycopg import sql
from psycopg.types.json import Jsonb

from statutory.errors import ReturnFileError
from statutory.returns import layout
from statutory.returns.layout import Field
from statutory.warehouse.connection import Connection

ROOT = "Message"
UNKNOWN = "unknown_element"


@dataclass
class Record:
    """One record of a module: the line it begins on, its items, and the elements that its year does not have."""

    module: str
    line: int
    items: dict[str, str]
    unknown: list[tuple[str, int]]


def read(connection: Connection, return_id: str, year: int, path: Path, *, suffix: str = "") -> dict[str, int]:
    """Make the modules of a return, empty ones too, of a file; `unknown_element` holds what its year does not have.

    Args:
        connection: in a transaction that is rolled back.
        return_id: the return.
        year: the collection's year; elements of other years are read and named as unknown.
        path: the file.
        suffix: `_last` for the return of the year before, whose unknown elements are not told.

    Returns:
        The records of each module.

    Raises:
        ReturnFileError: the file is not there, is no well-formed XML, declares entities, or is another return's.
    """
    connection.execute("create temporary table met (module text, row_id bigint, line bigint, items jsonb)")
    counts = dict.fromkeys((*layout.modules(return_id), UNKNOWN), 0)
    with connection.cursor() as cursor, cursor.copy("copy met from stdin") as copy:
        for record in _records(return_id, year, path):
            if record.module:
                place = counts[record.module]
                counts[record.module] += 1
                copy.write_row((record.module, place, record.line, Jsonb(record.items)))
            else:
                place = -1
            for element, line in record.unknown:
                about = {"module": record.module, "row_id": str(place), "element": element}
                copy.write_row((UNKNOWN, counts[UNKNOWN], line, Jsonb(about)))
                counts[UNKNOWN] += 1
    tables = {module + suffix: fields for module, fields in layout.modules(return_id).items()}
    layout.make(connection, return_id, list(tables), temporary=True)
    for table, fields in tables.items():
        items = "".join(f", items ->> '{field.name}' as \"{field.name.lower()}\"" for field in fields)
        # An offset keeps each item from being looked for wherever it is named.
        layout.fill(
            connection, return_id, table, ("row_id", "line", *(field.name.lower() for field in fields)),
            f"(select row_id, line{items} from met where module = %s offset 0) as given",
            values=(table.removesuffix(suffix),),
        )  # fmt: skip
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(table.lower())))
    if not suffix:
        connection.execute(
            sql.SQL(
                "create temporary table unknown_element as select items ->> 'module' as module,"
                " (items ->> 'row_id')::bigint as row_id, items ->> 'element' as element, line from met"
                " where module = {}"
            ).format(sql.Literal(UNKNOWN))
        )
    connection.execute("drop table met")
    return counts


def _records(return_id: str, year: int, path: Path) -> Iterator[Record]:
    if not path.is_file():
        raise ReturnFileError(f"{path.name} is not there")
    modules = {module: {field.name: field for field in fields} for module, fields in layout.modules(return_id).items()}
    try:
        with path.open("rb") as file:
            depth = 0
            found = etree.iterparse(
                file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                remove_comments=True, remove_pis=True,  # a text goes on behind them
            )  # fmt: skip
            for event, element in found:
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    _is_ours(return_id, path, element)
                elif event == "end" and depth == 1:
                    yield _record(return_id, year, modules, path, element)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        # The parser's own text may show what stands there.
        raise ReturnFileError(
            f"{path.name} is no well-formed XML, from line {error.position[0]} on: see whether it is complete"
        ) from None


def _is_ours(return_id: str, path: Path, root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReturnFileError(f"{path.name} declares a document type; such files are not read, since entities may hide")
    if namespace := etree.QName(root).namespace:
        raise ReturnFileError(
            f"{path.name} puts its elements into the namespace {namespace}, and the department's files have none: write"
            " the file without xmlns"
        )
    if root.tag != ROOT:
        raise ReturnFileError(f"{path.name} is no file of {return_id}: it begins with {_name(root)}, not with {ROOT}")


def _record(
    return_id: str, year: int, modules: dict[str, dict[str, Field]], path: Path, element: etree._Element
) -> Record:
    name = _name(element)
    module = next((named for said, named, *_ in layout.ELEMENTS.get(return_id, ()) if said == name), name)
    line = _line(element)
    if module not in modules:
        return Record("", line, {}, [(name, line)])
    record = Record(module, line, {}, [] if name == layout.element_of(return_id, module, year) else [(name, line)])
    groups = {field.element_group for field in modules[module].values()} - {""}
    _fill(record, year, modules[module], groups, element)
    if module == "Header" and (said := record.items.get("Collection")) and return_id not in said.lower():
        raise ReturnFileError(f"{path.name} is no file of {return_id}: its header names another collection")
    return record


def _fill(record: Record, year: int, fields: dict[str, Field], groups: set[str], parent: etree._Element) -> None:
    for child in parent.iterchildren(tag=etree.Element):
        name, line = _name(child), _line(child)
        if name in groups:
            _fill(record, year, fields, groups, child)
            continue
        field = fields.get(name)
        text = (child.text or "").strip()
        if field is None or not field.is_in(year) or len(child) or (name in record.items and not field.repeats):
            record.unknown.append((name, line))
        if field is None or len(child) or not text:
            continue
        if name not in record.items:
            record.items[name] = text
        elif field.repeats:
            record.items[name] += f";{text}"


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _line(element: Any) -> int:
    return int(element.sourceline or 0)
