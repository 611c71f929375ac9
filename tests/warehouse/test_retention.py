"""What is kept of nights and of landing; dropping commits, so this runs on a server of its own."""

from datetime import date, timedelta

import psycopg
import pytest

from statutory.settings import Council
from statutory.warehouse import retention
from statutory.warehouse.server import Server


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_sixty_days_each_months_last_night_and_the_published_one_are_kept():
    there = days(date(2025, 9, 1), date(2026, 2, 28))
    there.remove(date(2025, 10, 31))  # the last night of that month is then the one before
    kept = retention.kept(there, {date(2025, 9, 15), date(2020, 1, 1)}, date(2026, 3, 1))
    assert kept == {date(2025, 9, 15), date(2025, 9, 30), date(2025, 10, 30), date(2025, 11, 30)} | set(
        days(date(2025, 12, 31), date(2026, 2, 28))
    )


def test_the_sixtieth_day_is_kept_and_the_day_before_it_not():
    newest = date(2026, 3, 31)
    first = newest - timedelta(days=59)
    kept = retention.kept([first - timedelta(days=1), first, newest], set(), newest)
    # Both early nights are in January, whose last one is kept anyhow.
    assert kept == {first, newest}


def test_nothing_is_kept_of_nothing():
    assert retention.kept([], set(), date(2026, 3, 1)) == set()


def test_a_night_of_the_future_makes_no_recent_night_old():
    recent = days(date(2026, 2, 10), date(2026, 3, 20))
    assert retention.kept([*recent, date(2062, 3, 20)], set(), recent[-1]) == {*recent, date(2062, 3, 20)}
    assert retention.kept([date(2062, 3, 20)], set(), recent[-1]) == {date(2062, 3, 20)}


@pytest.fixture
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("retention")
    home.chmod(0o755)
    server = Server(home / "postgres")
    server.up()
    yield server
    server.down()


def test_a_night_goes_with_its_returns_views_and_files_and_what_is_held_is_dropped_later(server):
    council = Council(out=server.home.parent / "out")
    old, held, new = date(2025, 1, 14), date(2025, 1, 15), date(2026, 1, 31)
    with psycopg.connect(server.url()) as connection:
        connection.execute("create schema ops; create table ops.published (night date)")
        connection.execute("create table ops.submission (night date); create table ops.frozen_pack (night date)")
        for name in (
            "night_2025_01_14", "night_2025_01_14_csww_2025", "night_2025_01_14_analyst", "night_2025_01_15",
            "night_2025_01_31", "night_2026_01_31", "landing_2026_01_24", "landing_2026_01_25", "landing_2026_01_31",
            "landing_2062_01_31",  # of a mistyped year, which makes no recent one old
        ):  # fmt: skip
            connection.execute(f"create schema {name}; create table {name}.t ()")
        kept = {
            "night_2025_01_31", "night_2026_01_31", "landing_2026_01_25", "landing_2026_01_31", "landing_2062_01_31",
        }  # fmt: skip
        connection.commit()
        for night in (old, held, new):
            (council.out / str(night)).mkdir(parents=True)
        with psycopg.connect(server.url()) as reader:
            reader.execute("select * from night_2025_01_15.t")
            assert retention.sweep(council, connection, new) == [old, held]
            assert [name.partition("_old_")[0] for name in schemas(connection) - kept] == ["night_2025_01_15"]
            reader.rollback()
        assert [(council.out / str(night)).exists() for night in (old, held, new)] == [False, False, True]
        assert retention.sweep(council, connection, new) == []
        assert schemas(connection) == kept


def schemas(connection):
    return {n for (n,) in connection.execute("select nspname from pg_namespace where nspname ~ '^(night|landing)'")}
