"""The steps of the inspection pack of a night."""

from statutory import outputs
from statutory.indicators import values
from statutory.packs.dictionary import write_dictionary
from statutory.packs.page import write_page
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs

COLUMNS = (
    "indicator_id", "view", "period_kind", "period_start", "period_end", "as_at", "breakdown", "part",
    "numerator", "denominator", "state", "figure", "value",
)  # fmt: skip


@at_once
def write_pages(night: str | None) -> str:
    """Write the page of indicators, their values as CSV and the dictionary of a night; the night."""
    with connection.connect() as opened:
        known = runs.chosen_night(opened, night)
        values.pin(opened, known)
        with outputs.written(known, "indicators.html") as path:
            write_page(opened, known, path)
        with outputs.written(known, "dictionary.html") as path:
            write_dictionary(known, path)
        with outputs.written(known, "indicators.csv") as path, path.open("wb") as file:
            columns = ", ".join(COLUMNS)
            order = "indicator_id, view, period_kind, period_end, breakdown <> 'whole', breakdown, part, figure"
            statement = f"copy (select {columns} from indicator_value order by {order}) to stdout (format csv, header)"
            with opened.cursor().copy(statement) as copy:
                for block in copy:
                    file.write(block)
    return f"{known:%Y-%m-%d}"
