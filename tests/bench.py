"""`make bench`: seconds and rows a second of each step of a night, against a bare COPY, and how they grow.

Two synthetic councils, 10,000 and 100,000 children, each through the real DAGs and then through the next night; then
the workforce census: a file of England's size, and the return of one authority of 2,000 workers.
Prints a Markdown table. Memory is the sum of the proportional set sizes of all processes, including the server.
"""

import csv
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from councils import SHIPPED, at, return_of
from statutory.returns import build, checking, rules
from statutory.settings import Council
from statutory.sources import contract
from statutory.warehouse import connection
from statutory.warehouse.server import Server

NIGHT = date(2025, 11, 14)
PROGRAM = (sys.executable, "-c", "from statutory.cli import main; main()")
SIZES = tuple(int(size) for size in sys.argv[1:]) or (10_000, 100_000)
STEPS = (
    "extract",
    "check",
    "load",
    "build",
    "derive",
    "publish",
    "csww",
    "indicator_page",
    "pack",
    "scheduled_reports",
)

# What each part of the first night may take as times a bare COPY of the same files, and the memory.
TARGETS = {
    10_000: {"first night": 60, "next night": 52, "check": 5, "derive": 9, "memory of all processes, GB": 1.0},
    100_000: {"first night": 60, "next night": 55, "check": 6, "derive": 22, "memory of all processes, GB": 1.8},
}  # fmt: skip
Taken = tuple[
    float, dict[str, float], float
]  # of a night: seconds in all and of each kind of step, and the most memory


def statutory(home: Path, *arguments: str) -> tuple[float, str]:
    """Run one command on a home of its own; its seconds and what it printed."""
    environment = os.environ | {
        "STATUTORY_HOME": str(home), "STATUTORY_OUT": str(home / "out"), "STATUTORY_LOCAL": str(home / "local"),
        "COLUMNS": "200",
    }  # fmt: skip
    started = time.monotonic()
    result = subprocess.run([*PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(result.stdout[-2000:] + result.stderr[-2000:])
    return time.monotonic() - started, result.stdout


def night(home: Path, day: date) -> Taken:
    """Run one night: seconds in all, seconds of each kind of step, the most memory in MB."""
    most, stop = [0.0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.5):
            most[0] = max(most[0], _memory(Server(home / "postgres").data))

    watcher = threading.Thread(target=watch)
    watcher.start()
    seconds, text = statutory(home, "nightly", "--source", str(home / "extracts"), "--night", str(day))
    stop.set()
    watcher.join()
    steps: dict[str, float] = defaultdict(float)
    for name, taken in re.findall(r"^  \w+ (\w+)(?: \w+)? done ([\d.]+) s", text, re.MULTILINE):
        steps[name] += float(taken)
    return seconds, steps, most[0]


def _memory(data: Path) -> float:
    found = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            ours = b"statutory" in command or os.readlink(process / "cwd") == str(data.resolve())
            if ours:
                rollup = (process / "smaps_rollup").read_text()
                found += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / 1024  # type: ignore[index]
        except OSError:
            continue
    return found


def copy(home: Path, day: date) -> tuple[float, int]:
    """Bare COPY of the same files into tables of text: seconds and rows."""
    rows = 0
    with psycopg.connect(Server(home / "postgres").up().replace("/warehouse", "/scratch")) as connection:
        connection.execute("create schema bare; set local search_path = bare")
        started = time.monotonic()
        for path in sorted((home / "extracts" / str(day)).rglob("*.csv")):
            with path.open(encoding="utf-8") as file:
                header = next(csv.reader(file))
            name = sql.Identifier(path.stem)
            columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in header)
            connection.execute(sql.SQL("create unlogged table {} ({})").format(name, columns))
            with connection.cursor() as cursor:
                with cursor.copy(sql.SQL("copy {} from stdin (format csv, header)").format(name)) as out:
                    out.write(path.read_bytes())
                rows += cursor.rowcount
        connection.commit()
        seconds = time.monotonic() - started
        connection.execute("drop schema bare cascade")
    return seconds, rows


QUESTIONS = {
    "one table, grouped": "select cine_close_reason, count(*) from {cin} group by cine_close_reason",
    "two tables, joined": "select count(*) from {cin} as cin inner join {person} as person"
    " on person.pers_person_id = cin.cine_person_id where person.pers_dob > '2015-01-01'",
}


def tonight(home: Path, day: date) -> str:
    """How many times as long as on plain copies of the same rows a query takes on a night's views, middle of five."""
    views = {"cin": f"night_{day:%Y_%m_%d}.ssd_cin_episodes", "person": f"night_{day:%Y_%m_%d}.ssd_person"}
    told = []
    with psycopg.connect(Server(home / "postgres").up()) as connection:
        for name, view in views.items():
            connection.execute(f"create temp table {name} as select * from {view}; analyze {name}")
        connection.execute("alter table person add primary key (pers_person_id)")
        for title, question in QUESTIONS.items():
            taken = []
            for relations in (views, {name: name for name in views}):
                runs = []
                for _ in range(5):
                    started = time.monotonic()
                    connection.execute(question.format(**relations)).fetchall()
                    runs.append(time.monotonic() - started)
                taken.append(statistics.median(runs))
            told.append(f"{title} {taken[0] / taken[1]:.1f}")
        connection.rollback()
    return ", ".join(told)


WORKERS = 60_000  # England has some 45,000


def census(home: Path) -> None:
    """Check a file of England's size against the rules of its year; seconds, memory, and the slowest rules."""
    items = (
        "<AgencyWorker>0</AgencyWorker><SWENo>SW{0}</SWENo><FTE>1</FTE><PersonBirthDate>1980-02-{1:02}</PersonBirthDate>"
        "<Sex>F</Sex><Ethnicity>WBRI</Ethnicity><QualLevel>2</QualLevel><StepUpGrad>0</StepUpGrad><OrgRole>5</OrgRole>"
        "<RoleStartDate>2015-01-{1:02}</RoleStartDate><StartOrigin>1</StartOrigin><FTE30>1</FTE30><Cases30>15</Cases30>"
        "<WorkingDaysLost>6</WorkingDaysLost><FrontlineGrad>0</FrontlineGrad><BaseSalary>{2}</BaseSalary>"
    )
    for year in (2024, 2025):
        with (home / f"{year}.xml").open("w", encoding="utf-8") as file:
            file.write("<Message>")
            for number in range(WORKERS):
                line = items.format(100_000 + number, 1 + number % 28, 38_000 + number % 9_000)
                file.write(f"<CSWWWorker>{line}</CSWWWorker>\n")
            file.write("</Message>")
    council, chosen = connection.open_council("scratch"), return_of("csww").collection(2025)
    with checking.check_file(council, chosen, [home / "2025.xml"], home / "2024.xml", "312") as checked:
        outcomes = list(checked.outcomes)
    slowest = sorted(outcomes, key=lambda outcome: -outcome.seconds)[:5]
    environment = os.environ | {"STATUTORY_HOME": str(home)}
    started = time.monotonic()
    running = subprocess.Popen(
        [*PROGRAM, "validate", "csww", "--year", "2025", "--files", str(home / "2025.xml"), "--previous",
         str(home / "2024.xml"), "--out", str(home / "failures.csv")],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    memory = os.wait4(running.pid, 0)[2].ru_maxrss / 1024
    seconds = time.monotonic() - started
    print(f"\n**A census of {WORKERS:,} workers** and that of the year before: checked in {seconds:.0f} s,", end=" ")
    print(f"{len(outcomes)} rules in {sum(outcome.seconds for outcome in outcomes):.1f} s; the slowest", end=" ")
    print(", ".join(f"{outcome.rule.id} {outcome.seconds:.2f} s" for outcome in slowest), end="; ")
    print(f"the command took {memory:,.0f} MB")


# The records of a workforce and the columns that tell one from another.
WORKFORCE = {
    "hr_post": ("post_id",),
    "hr_worker": ("worker_id", "swe_number", "staff_id"),
    "hr_contract": ("contract_id", "worker_id", "post_id"),
    "hr_absence": ("absence_id", "worker_id"),
    "hr_payment": ("worker_id",),
    "agency_worker": ("agency_worker_id", "swe_number"),
    "agency_assignment": ("assignment_id", "agency_worker_id"),
    "ssd_professionals": ("prof_professional_id", "prof_staff_id", "prof_social_worker_registration_no"),
    "ssd_involvements": ("invo_involvements_id", "invo_professional_id"),
}
COUNCILS = 10  # of some two hundred workers each


def authority(home: Path) -> None:
    """One authority of 2,000 workers since 2014: its census built, checked and counted; seconds, the slowest rules."""
    # Late, since what this process holds counts as memory of the command that the census starts.
    from statutory import sample
    from statutory.returns import balance
    from statutory.returns import statistics as figured
    from statutory.sources.extract import extract_source, make_landing
    from statutory.warehouse.build import build_night
    from statutory.warehouse.load import load_source
    from statutory.warehouse.migrate import migrate

    chosen = return_of("csww").collection(2025)
    sample.write(home / "extracts", children=2000, nights=1, until=NIGHT, seed=1, defects=False)
    migrate(Council())
    with connection.connect(Council()) as opened:
        ((run,),) = opened.execute(
            "insert into ops.run (dag_run_id, night) values ('b', %s) returning run_id", (NIGHT,)
        )
        make_landing(at(opened, NIGHT))
        for source in contract.SOURCES:
            load_source(at(opened, NIGHT), source, extract_source(at(opened, NIGHT), source, home / "extracts", run))
        for table, ids in WORKFORCE.items():
            columns = [*contract.table(table).column_names, "seen_from"]
            copied = ", ".join(f"{c} || lpad(n::text, 2, '0')" if c in ids else c for c in columns)
            opened.execute(
                f"insert into history.{table} ({', '.join(columns)}) select {copied} from history.{table}"
                f" cross join generate_series(1, {COUNCILS - 1}) as n; analyze history.{table}"
            )
        taken = {"marts": _timed(lambda: build_night(at(opened, NIGHT)))[0]}
        taken["return"], _ = _timed(lambda: build.build_return(at(opened, NIGHT), chosen))
        taken["return of the year before"], _ = _timed(lambda: balance.point_at_both(at(opened, NIGHT), chosen))
        taken["rules"], outcomes = _timed(
            lambda: list(rules.run(opened, rules.rules_of(return_of("csww"), 2025, SHIPPED).values()))
        )
        taken["statistics"], told = _timed(
            lambda: (
                figured.authority(opened, "csww"), figured.characteristics(opened, "csww"),
                balance.balance(opened, "csww").lines
            )
        )  # fmt: skip
        ((records,),) = opened.execute("select count(*) from CSWWWorker where RoleEndDate_text is null").fetchall()
        ((contracts, first),) = opened.execute("select count(*), min(start_date) from hr_contract").fetchall()
        opened.rollback()
    marts = taken.pop("marts")
    parts = ", ".join(f"{part} {seconds:.1f}" for part, seconds in taken.items())
    print(f"\n**An authority of {records:,} workers**, {contracts:,} contracts since {first}: return, rules", end=" ")
    print(f"and statistics in {sum(taken.values()):.1f} s ({parts}), after {marts:.1f} s of marts;", end=" ")
    print(f"{sum(map(len, told))} figures. The ten slowest of {len(outcomes)} rules:\n")
    print("| rule | s |\n|---|---|")
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.seconds)[:10]:
        print(f"| {outcome.rule.id} {outcome.rule.title} | {outcome.seconds:.3f} |")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.monotonic()
    made = work()
    return time.monotonic() - started, made


def targets(measured: dict[int, tuple[float, Taken, float, int, Taken]]) -> None:
    """Print what was measured as times COPY, and the memory, beside what is aimed at."""
    columns = [size for size in TARGETS if size in measured]
    print("\n| times COPY, and the target | " + " | ".join(f"{size:,} children" for size in columns) + " |")
    print("|---|" + "---|" * len(columns))
    found = {}
    for size in columns:
        _, (first, steps, memory), bare, _, (second, *_) = measured[size]
        found[size] = {
            "first night": first / bare, "next night": second / bare, "check": steps["check"] / bare,
            "derive": steps["derive"] / bare, "memory of all processes, GB": memory / 1000,
        }  # fmt: skip
    for part in found[columns[0]] if columns else ():
        cells = (f"{found[size][part]:.1f} ({TARGETS[size][part]})" for size in columns)
        print(f"| {part} | {' | '.join(cells)} |")


def main() -> None:
    """Measure and print."""
    measured = {}
    with tempfile.TemporaryDirectory(prefix="statutory-bench-") as root:
        for size in SIZES:
            home = Path(root) / str(size)
            home.mkdir()
            Path(root).chmod(0o755)
            made, _ = statutory(
                home, "sample", "--out", str(home / "extracts"), "--children", str(size), "--nights", "2", "--until",
                str(NIGHT + timedelta(days=1)),
            )  # fmt: skip
            first = night(home, NIGHT)
            bare, rows = copy(home, NIGHT)
            second = night(home, NIGHT + timedelta(days=1))
            measured[size] = (made, first, bare, rows, second)
            against_plain = tonight(home, NIGHT + timedelta(days=1))
            Server(home / "postgres").down()
    print(f"{os.cpu_count()} cores, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 2**30} GiB;", end=" ")
    print(f"{len(contract.tables())} tables")
    small, large = SIZES[0], SIZES[-1]
    for size, (made, first, bare, rows, second) in measured.items():
        print(
            f"\n**{size:,} children, {rows:,} rows**: sample of both nights {made:.0f} s, bare COPY {bare:.1f} s, ",
            end="",
        )
        print(f"first night {first[0]:.0f} s ({first[0] / bare:.1f} times COPY, {first[2]:,.0f} MB),", end=" ")
        print(f"next night {second[0]:.0f} s ({second[2]:,.0f} MB)\n")
        print("| step | first night, s | rows/s | times COPY | next night, s | grows with |")
        print("|---|---|---|---|---|---|")
        for step in STEPS:
            taken = first[1][step]
            growth = ""
            if size == large != small and measured[small][1][1][step] > 0.2:
                factor = math.log(taken / measured[small][1][1][step])
                growth = f"n^{factor / math.log(rows / measured[small][3]):.2f}"
            print(f"| {step} | {taken:.1f} | {rows / max(taken, 0.1):,.0f} | {taken / bare:.1f} |", end="")
            print(f" {second[1][step]:.1f} | {growth} |")
    targets(measured)
    print(f"\nTime of a query on a night's views, as a multiple of plain tables: {against_plain}.")
    with tempfile.TemporaryDirectory(prefix="statutory-bench-") as root:
        Path(root).chmod(0o755)
        os.environ["STATUTORY_HOME"] = root
        census(Path(root))
        authority(Path(root))
        Server(Path(root) / "postgres").down()


if __name__ == "__main__":
    main()
