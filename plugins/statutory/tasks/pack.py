"""The steps of the inspection pack of a night."""

from statutory import outputs
from statutory.indicators import values
from statutory.packs.dictionary import write_dictionary
from statutory.packs.page import write_page
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs

# What is written as CSV beside the pages. A worklist is for whoever does the work: it names records and children by id.
TABLES = {
    "indicators": """
        select indicator_id, view, period_kind, period_start, period_end, as_at, breakdown, part,
            numerator, denominator, state, figure, value
        from indicator_value
        order by indicator_id, view, period_kind, period_end, breakdown <> 'whole', breakdown, part, figure
    """,
    "worklist": """
        select team_id, worker_id, indicator_id, due_date, working_days_left, member_key, child_id
        from worklist
        order by team_id, worker_id, due_date, indicator_id, member_key
    """,
}


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
        for name, select in TABLES.items():
            with (
                outputs.written(known, f"{name}.csv") as path,
                path.open("wb") as file,
                opened.cursor().copy(f"copy ({select}) to stdout (format csv, header)") as copy,
            ):
                for block in copy:
                    file.write(block)
    return f"{known:%Y-%m-%d}"
