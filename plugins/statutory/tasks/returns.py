"""The steps of the returns of a night."""

from datetime import date

from statutory import outputs
from statutory.returns import build, fix_list
from statutory.returns.build import Collection
from statutory.returns.csww import statistics, xml
from statutory.returns.night import check_return
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs


@at_once
def write_csww(night: str | None) -> int:
    """Build the workforce census of every open year, check it, write its fix list and statistics; the records in them.

    The file is written for the years whose reference date has come; the others are provisional.

    Raises:
        StatutoryError: records break the schema, so a file is not written; everything else is.
    """
    with connection.connect() as opened:
        known = runs.chosen_night(opened, night)
        open_years = build.open_on("csww", known)
        records = sum(_build_and_check(opened, collection, known) for collection in open_years)
    with connection.connect() as opened:
        for collection in open_years:
            if collection.end <= known:
                build.point_at(opened, collection, known)
                with outputs.written(known, f"{collection.label}.xml") as path:
                    xml.write(opened, collection, path)
    return records


def _build_and_check(opened: connection.Connection, collection: Collection, night: date) -> int:
    records = sum(build.build_return(opened, collection, night).values())
    check_return(opened, collection, night, records)
    with (
        outputs.written(night, f"{collection.label}_fix_list.csv") as rows,
        outputs.written(night, f"{collection.label}_fix_list.xlsx") as book,
    ):
        fix_list.write(opened, collection, night, rows, book)
    with (
        outputs.written(night, f"{collection.label}_statistics.csv") as figures,
        outputs.written(night, f"{collection.label}_characteristics.csv") as breakdowns,
    ):
        statistics.write(opened, figures, breakdowns)
    opened.commit()
    return records
