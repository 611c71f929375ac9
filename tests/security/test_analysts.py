"""What an analyst can read names nobody: no id, no name, no day of birth, no order in which ids can be counted off."""

import csv
import io
import itertools
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from psycopg import sql
from psycopg.types.string import TextLoader

from councils import at
from statutory.sources import contract
from statutory.warehouse import roles

NIGHT = date(2025, 11, 14)
CAN_BE_COUNTED = 40  # ids, of which an order can be told


@pytest.fixture(scope="module")
def seen(council):
    """By relation the columns and rows that an analyst reads of a night; the extracts; by pseudonym the child's id."""
    found = {}
    with council([NIGHT], children=300, with_parts=True) as each:
        for connection, night, folder in each:
            roles.open_night(at(connection, night))
            real = dict(
                connection.execute(
                    sql.SQL("select {}, pers_person_id from ssd_person").format(
                        roles.pseudonym(sql.Identifier("pers_person_id"))
                    )
                )
            )
            for kind in ("date", "timestamptz", "timestamp"):
                connection.adapters.register_loader(kind, TextLoader)  # infinity is no date of Python
            connection.execute("set local role statutory_analyst")
            names = connection.execute(
                "select relname from pg_class where relnamespace = to_regnamespace(%s) order by 1",
                (roles.analyst_schema(night),),
            ).fetchall()
            for (name,) in names:
                rows = connection.execute(sql.SQL("table {}").format(sql.Identifier(roles.analyst_schema(night), name)))
                found[name] = (
                    [column.name for column in rows.description],
                    [tuple(None if value is None else str(value) for value in row) for row in rows],
                )
            connection.execute("reset role")
            extracts = {
                table.name: list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
                for table in contract.tables().values()
                if (path := folder / str(night) / table.source / f"{table.name}.csv").exists()
            }
    return found, extracts, real


def test_no_id_and_no_personal_value_of_a_child_is_in_anything_an_analyst_reads(seen):
    found, extracts, real = seen
    ids = set(real.values())
    assert len(ids) > 200
    counted = Counter(
        row[column.name].strip()
        for name, rows in extracts.items()
        for column in contract.table(name).columns
        if column.personal and column.type == "text"
        for row in rows
    )
    told = {text for text, times in counted.items() if len(text) > 5 and times <= 3}  # others are words of many
    assert len(told) > 500
    leaks = set()
    for name, (_, rows) in found.items():
        if name in contract.tables() and contract.table(name).source == "reference":
            continue  # every postcode of the country, say
        together = {value for row in rows for value in row if isinstance(value, str)}
        words = {word for text in together for word in re.split(r"[^A-Za-z0-9-]+", text)}
        leaks |= {(name, "id") for one in ids if one in words}
        leaks |= {(name, "inside") for text in together if len(text) < 200 for one in ids if one in text}
        leaks |= {(name, "personal") for _ in together & told}
    assert leaks == set()


def test_no_day_is_a_birthday_or_next_to_one(seen):
    found, extracts, real = seen
    born = {row["pers_person_id"]: date.fromisoformat(row["pers_dob"][:10]) for row in extracts["ssd_person"]
            if re.fullmatch(r"\d{4}-\d\d-\d\d.*", row["pers_dob"])}  # fmt: skip
    around = {
        child: {f"{birth + timedelta(days=by):%m-%d}" for by in (-1, 0, 1)} - {"02-29"} for child, birth in born.items()
    }
    leaks, looked_at = {}, 0
    for name, (columns, rows) in found.items():
        who = [n for n in range(len(columns)) if any(row[n] in real for row in rows)]
        for n, column in enumerate(columns):
            for row in rows:
                if row[n] and re.match(r"\d{4}-\d\d-\d\d", row[n]):
                    days = {day for child in who for day in around.get(real.get(row[child]), ())}
                    looked_at += bool(days)
                    # The first of a month stands for the month, and may be the birthday too.
                    if row[n][5:10] in days and row[n][8:10] != "01":
                        leaks[f"{name}.{column}"] = leaks.get(f"{name}.{column}", 0) + 1
    assert looked_at > 10_000
    assert leaks == {}


def test_no_relation_comes_in_the_order_of_the_ids(seen):
    found, _, real = seen
    ordered = {}
    for name, (columns, rows) in found.items():
        for n, column in enumerate(columns):
            ids = list(dict.fromkeys(real[row[n]] for row in rows if row[n] in real))
            if len(ids) >= CAN_BE_COUNTED:
                # Of any order half of the steps go up, more or less: 0.3 is five standard errors at 40.
                up = sum(one < other for one, other in itertools.pairwise(ids)) / (len(ids) - 1)
                ordered[f"{name}.{column}"] = abs(up - 0.5) > 0.3
    assert len(ordered) > 30
    assert {name for name, is_ordered in ordered.items() if is_ordered} == set()
