"""Extracts and files of the council as they should not be, for the fault table: what is done, said, and to be seen."""

import contextlib
import csv
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import psycopg

Spoil = Callable[[Path], AbstractContextManager[None]]
NO_FORMULA = "=cmd|' /C calc'!A0"
LONG_ID = "".join(random.Random(1).choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=2800))  # no index compresses it


@dataclass(frozen=True)
class Spoiled:
    """One fault: its name, what is done to a home before the night and undone after it, the exit status, what is said.

    `see` looks at the home and the warehouse after the night; an AssertionError says what is wrong with them.
    """

    name: str
    spoil: Spoil
    code: int
    said: str
    see: Callable[[psycopg.Connection, Path], None] = lambda connection, home: None


def of_file(place: str, change: Callable[[Path], None]) -> Spoil:
    """Change a file, or put another thing in its place, and put it back."""

    @contextlib.contextmanager
    def spoil(home: Path) -> Iterator[None]:
        (night,) = (path for path in (home / "sample").iterdir() if path.name == "2025-11-15")
        path = night / place
        whole = path.read_bytes()
        change(path)
        yield
        path.unlink()
        path.write_bytes(whole)

    return spoil


def rewritten(change: Callable[[list[list[str]]], None]) -> Callable[[Path], None]:
    """Change the rows of a file, the header the first of them."""

    def write(path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return write


def odd_id(rows: list[list[str]]) -> None:
    rows.append([LONG_ID, *rows[1][1:]])


def deep_json(rows: list[list[str]]) -> None:
    rows[1][rows[0].index("addr_address_json")] = "[" * 20_000 + "]" * 20_000


def formula(rows: list[list[str]]) -> None:
    rows[1][rows[0].index("dept_team_name")] = NO_FORMULA


def hours_of_a_million_years(rows: list[list[str]]) -> None:
    (row,) = (row for row in rows if row[0] == "return_interview_hours")
    row[rows[0].index("value")] = "99999999999999"


def only_header(rows: list[list[str]]) -> None:
    del rows[1:]


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def very_wide(path: Path) -> None:
    path.write_text(",".join(f"c{n}" for n in range(200_000)) + "\n")


@contextlib.contextmanager
def replaced_while_read(home: Path) -> Iterator[None]:
    """A copy takes the place of a file again and again, so that whoever reads it meets another at its end."""
    path = home / "sample" / "2025-11-15" / "hr" / "hr_absence.csv"
    whole, stop = path.read_bytes(), threading.Event()

    def replace() -> None:
        copy = path.with_name(".copy")
        while not stop.is_set():
            copy.write_bytes(whole)
            copy.replace(path)

    replacing = threading.Thread(target=replace)
    replacing.start()
    try:
        yield
    finally:
        stop.set()
        replacing.join()


@contextlib.contextmanager
def hostile_sql(home: Path) -> Iterator[None]:
    path = home / "local" / "mart" / "own.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "-- title: own\n-- grain: one row\n-- key: [one]\n-- sources: [own]\n"
        "select pg_read_file('/etc/passwd') as one\n"
    )
    yield
    path.unlink()


def counted(query: str, wanted: int) -> Callable[[psycopg.Connection, Path], None]:
    def see(connection: psycopg.Connection, home: Path) -> None:
        ((found,),) = connection.execute(query)
        assert found == wanted, f"{query}: {found}"

    return see


def no_cell_is_run(connection: psycopg.Connection, home: Path) -> None:
    met = 0
    for path in (home / "out" / "2025-11-15").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row if NO_FORMULA in cell]
        assert not [cell for cell in cells if cell.startswith("=")], f"{path.name} has a formula"
        met += len(cells)
    assert met, "no file has the team's name"


SPOILED = (
    Spoiled(
        "an id of 2,800 signs", of_file("case_system/ssd_person.csv", rewritten(odd_id)), 0, "published",
        counted(
            "select rows_quarantined from ops.load where table_name = 'ssd_person' order by batch_id desc limit 1", 1,
        ),
    ),
    Spoiled(
        "JSON nested 20,000 deep", of_file("case_system/ssd_address.csv", rewritten(deep_json)), 0, "published",
        counted(
            "select count(*) from quality.reject where column_name = 'addr_address_json' and source_row = 1"
            " and reason = 'is no jsonb'", 1,
        ),
    ),
    Spoiled(
        "a formula in a cell", of_file("case_system/ssd_department.csv", rewritten(formula)), 0, "published",
        no_cell_is_run,
    ),
    Spoiled(
        "a small table fallen to nothing", of_file("local/homeless_1617.csv", rewritten(only_header)), 0, "published",
        counted(
            "select failures from quality.expectation_result where check_id = 'homeless_1617/emptied'"
            " order by batch_id desc limit 1", 1,
        ),
    ),
    Spoiled(
        "a standard of 99999999999999 hours",
        of_file("reference/local_parameter.csv", rewritten(hours_of_a_million_years)), 1,
        "reference was not loaded: critical checks failed: local_parameter/value/*_hours",
    ),
    Spoiled(
        "a file replaced while it is read", replaced_while_read, 1,
        "hr was not loaded: hr/hr_absence.csv changed while it was read",
    ),
    Spoiled(
        "a pipe instead of a file", of_file("hr/hr_absence.csv", pipe), 1,
        "hr was not loaded: hr/hr_absence.csv is a folder, a pipe or similar",
    ),
    Spoiled(
        "a file of 200,000 columns", of_file("hr/hr_absence.csv", very_wide), 1,
        "hr was not loaded: hr/hr_absence.csv has 200,000 columns",
    ),
    Spoiled("SQL of the council that reads the server", hostile_sql, 1, "own.sql calls pg_read_file"),
)  # fmt: skip
