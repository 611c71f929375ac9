"""The steps of the returns of a night."""

from datetime import date

from statutory import outputs
from statutory.returns import build, definition, fix_list, layout, statistics, xml
from statutory.returns.definition import Collection, XmlFile
from statutory.returns.night import check_return
from statutory.settings import settings
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs


@at_once
def write(return_id: str, night: str | None) -> int:
    """Build the open collections of a return, check them, write their files; the records in them.

    The XML file is written once the period is over; until then a collection is provisional. Without the table that the
    file needs none is written, and the log says so.

    Raises:
        StatutoryError: records break the schema, so the XML file is not written; everything else is.
    """
    return_ = definition.of(return_id)
    with connection.connect() as opened:
        known = runs.chosen_night(opened, night)
        records = 0
        for collection in return_.open_on(known):
            records += _build_and_check(opened, collection, known)
            if "statistics" in return_.outputs:
                with (
                    outputs.written(known, f"{collection.label}_statistics.csv") as figures,
                    outputs.written(known, f"{collection.label}_characteristics.csv") as breakdowns,
                    outputs.written(known, f"{collection.label}_characteristics_public.csv") as published,
                ):
                    statistics.write(opened, return_id, figures, breakdowns, published)
            if "csv" in return_.outputs:
                for module in layout.modules(return_id):
                    with outputs.written(known, f"{collection.label}_{module}.csv") as path:
                        layout.write_csv(opened, return_id, module, path)
            opened.commit()
    if return_.xml and "xml" in return_.outputs:
        with connection.connect() as opened:
            for collection in return_.open_on(known):
                if collection.period.last_day <= known:
                    _write_xml(opened, return_.xml, collection, known)
    return records


def _write_xml(opened: connection.Connection, file: XmlFile, collection: Collection, night: date) -> None:
    if file.needs in settings().unsupplied:
        print(f"{collection.label}.xml is not written: the council does not supply {file.needs}")
        return
    build.point_at(opened, collection, night)
    with outputs.written(night, f"{collection.label}.xml") as path:
        xml.write(opened, collection, path)


def _build_and_check(opened: connection.Connection, collection: Collection, night: date) -> int:
    records = sum(build.build_return(opened, collection, night).values())
    check_return(opened, collection, night, records)
    with (
        outputs.written(night, f"{collection.label}_fix_list.csv") as rows,
        outputs.written(night, f"{collection.label}_fix_list.xlsx") as book,
    ):
        fix_list.write(opened, collection, night, rows, book)
    return records
