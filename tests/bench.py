"""`make bench`: seconds and rows a second of each step of a night, against a bare COPY, and how they grow.

Two made-up councils, 10,000 and 100,000 children, each through the real DAGs and then through the next night.
Prints a Markdown table. Memory is the sum of the proportional set sizes of all processes, the server's among them.
"""

import csv
import math
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from statutory.sources import contract
from statutory.warehouse.server import Server

NIGHT = date(2025, 11, 14)
PROGRAM = (sys.executable, "-c", "from statutory.cli import main; main()")
SIZES = tuple(int(size) for size in sys.argv[1:]) or (10_000, 100_000)
STEPS = ("extract", "check", "load", "build", "derive", "publish", "csww", "indicator_page")


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


def night(home: Path, day: date) -> tuple[float, dict[str, float], float]:
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


def main() -> None:
    """Measure and print."""
    measured = {}
    with tempfile.TemporaryDirectory(prefix="statutory-bench-") as root:
        for size in SIZES:
            home = Path(root) / str(size)
            home.mkdir()
            Path(root).chmod(0o755)
            made, _ = statutory(
                home, "sample", "--out", str(home / "extracts"), "--children", str(size), "--until", str(NIGHT)
            )
            first = night(home, NIGHT)
            bare, rows = copy(home, NIGHT)
            statutory(
                home, "sample", "--out", str(home / "extracts"), "--children", str(size), "--until",
                str(NIGHT + timedelta(days=1)),
            )  # fmt: skip
            second = night(home, NIGHT + timedelta(days=1))
            measured[size] = (made, first, bare, rows, second)
            Server(home / "postgres").down()
    print(f"{os.cpu_count()} cores, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 2**30} GiB;", end=" ")
    print(f"{len(contract.tables())} tables")
    small, large = SIZES[0], SIZES[-1]
    for size, (made, first, bare, rows, second) in measured.items():
        print(f"\n**{size:,} children, {rows:,} rows**: sample {made:.0f} s, bare COPY {bare:.1f} s, ", end="")
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


if __name__ == "__main__":
    main()
