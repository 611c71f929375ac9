"""The census file: the modules of a built return as the department's XML, checked against our own schema first."""

from collections import Counter
from pathlib import Path

from lxml import etree
from psycopg import sql

from statutory.errors import StatutoryError
from statutory.returns import layout
from statutory.returns.build import Collection
from statutory.returns.layout import Field
from statutory.warehouse.connection import Connection

# The first census year of each schema of ours; one holds until the next.
SCHEMAS = (2021, 2024, 2025)


def write(connection: Connection, collection: Collection, path: Path) -> None:
    """Write the file of a return that is built; the transaction's search path is that return's.

    The file holds no time of its making but the end of the night it tells, so the same rows give the same bytes.

    Raises:
        StatutoryError: records break the schema; each element, what is wrong with it and the count, never a value.
            Nothing is written then.
    """
    message = etree.Element("Message")
    for module, fields in layout.modules(collection.return_id).items():
        items = [field for field in fields if field.is_in(collection.year)]
        for record in _records(connection, module, items):
            parent = etree.SubElement(message, layout.element_of(collection.return_id, module, collection.year))
            groups: dict[str, etree._Element] = {"": parent}
            for field, text in zip(items, record, strict=True):
                if text is not None:
                    if field.element_group not in groups:
                        groups[field.element_group] = etree.SubElement(parent, field.element_group)
                    for one in text.split(";") if field.repeats else (text,):
                        etree.SubElement(groups[field.element_group], field.name).text = one
    tree = etree.ElementTree(message)
    if broken := _broken(tree, collection.year):
        raise StatutoryError(
            f"{collection.return_id} {collection.year} is not written, mend these records in HR first: "
            + "; ".join(f"{what}: {count}" for what, count in sorted(broken.items()))
        )
    etree.indent(tree, " ")
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _records(connection: Connection, module: str, fields: list[Field]) -> list[tuple[str | None, ...]]:
    """The rows of a module as they are written, in their order."""
    written = [field.written for field in fields]
    return connection.execute(
        sql.SQL("select {} from {} order by row_id").format(
            sql.SQL(", ").join(map(sql.Identifier, written)), sql.Identifier(module.lower())
        )
    ).fetchall()


def _broken(tree: etree._ElementTree, year: int) -> Counter[str]:
    """What breaks the schema, by element and kind. The library's own texts quote values, so none is used."""
    first = max(first for first in SCHEMAS if first <= year)
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name(f"csww_{first}.xsd")))
    schema.validate(tree)
    found = set()
    for error in iter(schema.error_log):  # type: ignore[call-overload]
        where = [part.partition("[")[0] for part in error.path.split("/") if part][1:]
        if error.type_name == "SCHEMAV_ELEMENT_CONTENT":
            # The message ends with the elements that were wanted there, a mandatory one last.
            wanted = error.message.rpartition("( ")[2].partition(" )")[0].rpartition(", ")[2]
            found.add((error.path, "/".join([*where[:1], wanted]) + " is missing"))
        else:
            found.add((error.path, f"{'/'.join(where)} holds what the census does not take"))
    return Counter(what for _, what in found)
