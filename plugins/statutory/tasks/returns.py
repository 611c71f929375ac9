"""The steps of the returns of a night."""

from statutory import outputs
from statutory.night import Night
from statutory.returns import build, definition, fix_list, layout, statistics, xml
from statutory.returns.definition import Collection, XmlFile
from statutory.returns.night import check_return
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
    council = connection.open_council()
    return_ = definition.of(return_id, council.local)
    with connection.connect(council) as opened:
        known = runs.chosen_night(council, opened, night)
        records = 0
        for collection in return_.open_on(known.day):
            records += _build_and_check(known, collection)
            if "statistics" in return_.outputs:
                with (
                    outputs.written(known, f"{collection.label}_statistics.csv") as figures,
                    outputs.written(known, f"{collection.label}_characteristics.csv") as breakdowns,
                    outputs.written(known, f"{collection.label}_characteristics_public.csv") as published,
                ):
                    statistics.write(opened, return_id, figures, breakdowns, published)
            if "csv" in return_.outputs:
                for module in layout.modules(return_):
                    with outputs.written(known, f"{collection.label}_{module}.csv") as path:
                        layout.write_csv(opened, return_, module, path)
            opened.commit()
        if return_.xml and "xml" in return_.outputs:
            for collection in return_.open_on(known.day):
                if collection.period.last_day <= known.day:
                    _write_xml(known, return_.xml, collection)
    return records


def _write_xml(night: Night, file: XmlFile, collection: Collection) -> None:
    if file.needs in night.council.unsupplied:
        print(f"{collection.label}.xml is not written: the council does not supply {file.needs}")
        return
    build.point_at(night, collection)
    with outputs.written(night, f"{collection.label}.xml") as path:
        xml.write(night.connection, collection, path)


def _build_and_check(night: Night, collection: Collection) -> int:
    records = sum(build.build_return(night, collection).values())
    check_return(night, collection, records)
    with (
        outputs.written(night, f"{collection.label}_fix_list.csv") as rows,
        outputs.written(night, f"{collection.label}_fix_list.xlsx") as book,
    ):
        fix_list.write(night, collection, rows, book)
    return records
