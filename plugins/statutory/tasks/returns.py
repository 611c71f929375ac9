"""The steps of the returns of a night."""

from datetime import date

from statutory import outputs
from statutory.returns import build, fix_list, layout
from statutory.returns.build import Collection
from statutory.returns.csww import statistics, xml
from statutory.returns.night import check_return
from statutory.settings import settings
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs

AUTHORITY_ITEMS = "csww_la_item"


@at_once
def write_csww(night: str | None) -> int:
    """Build the workforce census of every open year, check it, write its fix list and statistics; the records in them.

    The file is written for the years whose reference date has come; the others are provisional. Without the authority's
    own items there is none, since the department's schema asks for them; the log says so.

    Raises:
        StatutoryError: records break the schema, so a file is not written; everything else is.
    """
    with connection.connect() as opened:
        known = runs.chosen_night(opened, night)
        open_years = build.open_on("csww", known)
        records = 0
        for collection in open_years:
            records += _build_and_check(opened, collection, known)
            with (
                outputs.written(known, f"{collection.label}_statistics.csv") as figures,
                outputs.written(known, f"{collection.label}_characteristics.csv") as breakdowns,
                outputs.written(known, f"{collection.label}_characteristics_public.csv") as published,
            ):
                statistics.write(opened, figures, breakdowns, published)
            opened.commit()
    with connection.connect() as opened:
        for collection in open_years:
            if collection.end <= known and AUTHORITY_ITEMS in settings().unsupplied:
                print(f"{collection.label}.xml is not written: the council does not supply {AUTHORITY_ITEMS}")
            elif collection.end <= known:
                build.point_at(opened, collection, known)
                with outputs.written(known, f"{collection.label}.xml") as path:
                    xml.write(opened, collection, path)
    return records


@at_once
def write_agency_quarterly(night: str | None) -> int:
    """Build the agency collection of every open quarter, check it and write its modules as CSV; the records in them."""
    with connection.connect() as opened:
        known = runs.chosen_night(opened, night)
        records = 0
        for collection in build.open_on("agency_quarterly", known):
            records += _build_and_check(opened, collection, known)
            for module in layout.modules(collection.return_id):
                with outputs.written(known, f"{collection.label}_{module}.csv") as path:
                    layout.write_csv(opened, collection.return_id, module, path)
            opened.commit()
    return records


def _build_and_check(opened: connection.Connection, collection: Collection, night: date) -> int:
    records = sum(build.build_return(opened, collection, night).values())
    check_return(opened, collection, night, records)
    with (
        outputs.written(night, f"{collection.label}_fix_list.csv") as rows,
        outputs.written(night, f"{collection.label}_fix_list.xlsx") as book,
    ):
        fix_list.write(opened, collection, night, rows, book)
    return records
