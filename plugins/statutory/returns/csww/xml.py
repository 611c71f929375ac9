"""The census file: the modules of a built return as the department's XML, checked against our own schema first."""

from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree
from psycopg import sql

from statutory.errors import StatutoryError
from statutory.returns import build
from statutory.returns.build import Collection
from statutory.warehouse.connection import Connection

# Which header items stand in which group; the other modules are flat.
HEADER_GROUPS = {
    "CollectionDetails": ("Collection", "Year", "ReferenceDate"),
    "Source": ("SourceLevel", "LEA", "SoftwareCode"),
}


def write(connection: Connection, collection: Collection, path: Path) -> None:
    """Write the file of a return that is built; the transaction's search path is that return's.

    The file holds no time of its making, so the same rows give the same bytes.

    Raises:
        StatutoryError: records break the schema; each element, what is wrong with it and the count, never a value.
            Nothing is written then.
    """
    message = etree.Element("Message")
    by_name = {build.module_name(module): module for module in build.modules(collection)}
    (header,) = _records(connection, "Header", build.columns(by_name["Header"]))
    group = etree.SubElement(message, "Header")
    for name, items in HEADER_GROUPS.items():
        _fill(etree.SubElement(group, name), {item: header[item] for item in items})
    for name in ("LALevel", "CSWWWorker"):
        for record in _records(connection, name, build.columns(by_name[name])):
            _fill(etree.SubElement(message, name), record)
    tree = etree.ElementTree(message)
    if broken := _broken(tree):
        raise StatutoryError(
            f"{collection.return_id} {collection.year} is not written, mend these records in HR first: "
            + "; ".join(f"{what}: {count}" for what, count in sorted(broken.items()))
        )
    etree.indent(tree, " ")
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _records(connection: Connection, module: str, columns: list[str]) -> list[dict[str, Any]]:
    statement = sql.SQL("select {} from {} order by row_id").format(
        sql.SQL(", ").join(sql.Identifier(column.lower()) for column in columns), sql.Identifier(module.lower())
    )
    return [dict(zip(columns, row, strict=True)) for row in connection.execute(statement)]


def _fill(parent: etree._Element, items: dict[str, Any]) -> None:
    """One element for each item that has a value."""
    for name, value in items.items():
        if value is not None:
            etree.SubElement(parent, name).text = str(value)


def _broken(tree: etree._ElementTree) -> Counter[str]:
    """What breaks the schema, by element and kind. The library's own texts quote values, so none is used."""
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("csww_2025.xsd")))
    schema.validate(tree)
    found = set()
    for error in iter(schema.error_log):  # type: ignore[call-overload]
        where = [part.partition("[")[0] for part in error.path.split("/") if part][1:]
        if error.type_name == "SCHEMAV_ELEMENT_CONTENT":
            # The message ends with the elements that were wanted there, a mandatory one last.
            wanted = error.message.rpartition("( ")[2].partition(" )")[0].rpartition(", ")[2]
            found.add((error.path, f"{where[0]}/{wanted} is missing"))
        else:
            found.add((error.path, f"{'/'.join(where)} holds what the census does not take"))
    return Counter(what for _, what in found)
