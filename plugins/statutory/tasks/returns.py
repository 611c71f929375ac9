"""The steps of the returns of a night."""

from statutory import outputs
from statutory.returns import build
from statutory.returns.csww import xml
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs


@at_once
def write_csww(night: str | None) -> int:
    """Build the workforce census of the newest census year from a night and write its XML; the records in it."""
    with connection.connect() as opened:
        known = runs.chosen_night(opened, night)
        collection = build.newest("csww", known)
        rows = build.build_return(opened, collection, known)
        with outputs.written(known, f"csww_{collection.year}.xml") as path:
            xml.write(opened, collection, path)
        return sum(rows.values())
