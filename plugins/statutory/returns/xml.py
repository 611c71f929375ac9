"""The XML file of a built return: written record by record, then checked against our own schema."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from psycopg import sql

from statutory.errors import StatutoryError
from statutory.returns import layout
from statutory.returns.definition import Collection, XmlFile
from statutory.returns.layout import Field
from statutory.warehouse.connection import Connection

AT_ONCE = 1000  # rows of a module held in memory


def write(connection: Connection, collection: Collection, path: Path) -> None:
    """Write the file of a return that is built; the transaction's search path is that return's.

    A record holds its fields, then the records of the modules below it. One is held at a time, so memory does not grow
    with the file. The same rows give the same bytes.

    Raises:
        StatutoryError: records break the schema, or belong to no record; each element, what is wrong with it and the
            count, never a value. No file is left then.
    """
    file = collection.return_.xml
    if file is None:
        raise StatutoryError(f"{collection.return_id} has no XML file")
    lost = {name: _lost(connection, name) for name, module in file.modules.items() if module.parent}
    if any(lost.values()):
        told = ", ".join(f"{name}: {count}" for name, count in sorted(lost.items()) if count)
        raise StatutoryError(f"{collection.label} is not written because these records have no parent record: {told}")
    with contextlib.ExitStack() as opened:
        modules = {name: _Module(connection, collection, file, name, opened) for name in file.modules}
        out = opened.enter_context(path.open("wb"))
        out.write(b"<?xml version='1.0' encoding='UTF-8'?>\n")
        with etree.xmlfile(out, encoding="UTF-8") as written, written.element(file.root):
            for name, module in modules.items():
                if file.modules[name].parent is None:
                    _write_all(written, module, modules)
            written.write("\n")
    if schema := file.schema(collection.period.year):
        _refuse_broken(collection, path, collection.return_.folder / schema)


class _Module:
    """The rows of a module in the order of the file: below the records that hold them, then by their own number."""

    def __init__(
        self, connection: Connection, collection: Collection, file: XmlFile, name: str, opened: contextlib.ExitStack
    ) -> None:
        said = file.modules[name]
        *self.within, self.element = said.element(collection.period.year).split("/")
        self.parts = [part for part, of in file.modules.items() if of.parent == name]
        inherited = file.key_above(name)
        self.fields: list[Field] = [
            field
            for field in layout.modules(collection.return_)[name]
            if field.is_in(collection.period.year) and field.name not in inherited
        ]
        self._parent = said.parent
        above = _above(file, name)
        joined = sql.SQL("").join(
            sql.SQL(" inner join {} as {} on {}.row_id = {}.parent_id").format(
                *map(sql.Identifier, (up.lower(), f"above_{n + 1}", f"above_{n + 1}", f"above_{n}"))
            )
            for n, up in enumerate(above)
        )
        order = sql.SQL(", ").join(
            sql.SQL("{}.row_id").format(sql.Identifier(f"above_{n}")) for n in range(len(above), -1, -1)
        )
        columns = [sql.SQL("above_0.{}").format(sql.Identifier(field.written)) for field in self.fields]
        self._rows = opened.enter_context(connection.cursor(name=f"rows_of_{name.lower()}"))
        self._rows.itersize = AT_ONCE
        self._rows.execute(
            sql.SQL("select {} from {} as above_0{} order by {}").format(
                sql.SQL(", ").join([sql.SQL("above_0.row_id, above_0.parent_id"), *columns]),
                sql.Identifier(name.lower()),
                joined,
                order,
            )
        )
        self._ahead: tuple[Any, ...] | None = self._rows.fetchone()

    def below(self, parent: int | None) -> Iterator[tuple[Any, ...]]:
        """The next rows that belong to a record; all of them where the module belongs to none."""
        while self._ahead is not None and (self._parent is None or self._ahead[1] == parent):
            row, self._ahead = self._ahead, self._rows.fetchone()
            yield row


def _lost(connection: Connection, module: str) -> int:
    """How many rows of a module belong to no record above them."""
    found = connection.execute(
        sql.SQL("select count(*) from {} where parent_id is null").format(sql.Identifier(module.lower()))
    ).fetchall()
    return int(found[0][0])


def _above(file: XmlFile, name: str) -> list[str]:
    """The modules that hold a module, the nearest first."""
    found = []
    parent = file.modules[name].parent
    while parent:
        found.append(parent)
        parent = file.modules[parent].parent
    return found


def _write_all(written: Any, module: _Module, modules: dict[str, _Module]) -> None:
    """Write the records of a module right below the root, within the element around them where there is one."""
    level = len(module.within) + 1
    with contextlib.ExitStack() as around:
        for number, row in enumerate(module.below(None)):
            if number == 0 and module.within:
                (element,) = module.within
                written.write("\n ")
                around.enter_context(written.element(element))
                around.callback(written.write, "\n ")
            record = _record(module, modules, row)
            etree.indent(record, " ", level=level)
            written.write("\n" + " " * level)
            written.write(record)


def _record(module: _Module, modules: dict[str, _Module], row: tuple[Any, ...]) -> etree._Element:
    record = etree.Element(module.element)
    groups: dict[str, etree._Element] = {"": record}
    for field, text in zip(module.fields, row[2:], strict=True):
        if text is not None:
            if field.element_group not in groups:
                groups[field.element_group] = etree.SubElement(record, field.element_group)
            for one in text.split(";") if field.repeats else (text,):
                etree.SubElement(groups[field.element_group], field.name).text = one
    for name in module.parts:
        part = modules[name]
        around = record
        for below in part.below(row[0]):
            if around is record:
                for element in part.within:
                    around = etree.SubElement(around, element)
            around.append(_record(part, modules, below))
    return record


def _refuse_broken(collection: Collection, path: Path, schema_file: Path) -> None:
    schema = etree.XMLSchema(etree.parse(schema_file))
    try:
        for _, element in etree.iterparse(path, schema=schema):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        broken = _broken(path, schema)
        path.unlink()
        raise StatutoryError(
            f"{collection.return_id} {collection.period.label} is not written; correct these records in the source"
            " first: " + "; ".join(f"{what}: {count}" for what, count in sorted(broken.items()))
        ) from None


def _broken(path: Path, schema: etree.XMLSchema) -> Counter[str]:
    """What breaks the schema, by element and kind. The library's messages contain values, so they are not used."""
    schema.validate(etree.parse(path))
    found = set()
    for error in iter(schema.error_log):  # type: ignore[call-overload]
        where = [part.partition("[")[0] for part in error.path.split("/") if part][1:]
        if error.type_name == "SCHEMAV_ELEMENT_CONTENT":
            # The message ends with the elements that were wanted there, a mandatory one last.
            wanted = error.message.rpartition("( ")[2].partition(" )")[0].rpartition(", ")[2]
            found.add((error.path, "/".join([*where[:1], wanted]) + " is missing"))
        else:
            found.add((error.path, f"{'/'.join(where)} has content that the return does not allow"))
    return Counter(what for _, what in found)
