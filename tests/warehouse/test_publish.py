"""Publishing commits, so these nights lie far before those of other tests."""

import threading
from datetime import date

import psycopg
import pytest

from councils import at
from statutory.errors import WarehouseError
from statutory.indicators import results
from statutory.night import night_schema, use_night
from statutory.settings import Council
from statutory.warehouse import build
from statutory.warehouse.migrate import migrate
from statutory.warehouse.publish import publish

FIRST, SECOND = date(2020, 1, 1), date(2020, 1, 2)


@pytest.fixture
def nights(server, connection):
    migrate(Council())
    for night, value in ((FIRST, 1), (SECOND, 2)):
        schema = night_schema(night)
        connection.execute(f"drop schema if exists {schema} cascade; create schema {schema}")
        connection.execute(f"create table {schema}.t as select {value} as x")
        connection.execute(f"set local search_path = {schema}")
        connection.execute(results.RESULTS)
    connection.commit()
    return connection


def schemas(connection):
    return {name for (name,) in connection.execute("select nspname from pg_namespace")}


def test_published_shows_the_newest_published_night(nights):
    assert publish(at(nights, FIRST)) == 1 + len(results.RESULT_RELATIONS)
    assert nights.execute("select x from published.t").fetchone() == (1,)
    publish(at(nights, SECOND))
    assert nights.execute("select x from published.t").fetchone() == (2,)
    assert nights.execute("select night from ops.published").fetchall() == [(SECOND,)]
    assert not [name for name in schemas(nights) if "_old" in name]


def test_a_reader_in_a_transaction_is_not_waited_for_and_reads_on(nights, server):
    publish(at(nights, FIRST))
    with psycopg.connect(server.url()) as reader:
        assert reader.execute("select x from published.t").fetchone() == (1,)
        publish(at(nights, SECOND))
        assert [name for name in schemas(nights) if name.startswith("published_old")]
        assert reader.execute("select x from published.t").fetchone() == (2,)
        reader.rollback()
    publish(at(nights, SECOND))
    assert not [name for name in schemas(nights) if name.startswith("published_old")]


def make_again(connection, night, value):
    """Put another build in the place of a night, as building does."""
    schema = night_schema(night)
    build._make_way(at(connection, night))
    connection.execute(f"create schema {schema}; create table {schema}.t as select {value} as x")
    connection.execute(f"set local search_path = {schema}")
    connection.execute(results.RESULTS)
    connection.commit()


@pytest.mark.parametrize("times", [1, 2])
def test_a_publication_that_is_killed_leaves_what_was_published(nights, monkeypatch, times):
    publish(at(nights, FIRST))
    for time in range(times):
        make_again(nights, FIRST, 11 + time)
    for schema in ("published", "published_analyst", "night_2020_01_01_analyst"):
        assert nights.execute(f"select x from {schema}.t").fetchone() == (1,)
    before = set(nights.execute("select relname from pg_class where relnamespace = 'published'::regnamespace"))

    def killed(*_):
        raise KeyboardInterrupt

    for step in ("set_aside", "drop_aside"):
        with monkeypatch.context() as patch:
            patch.setattr("statutory.warehouse.publish." + step, killed)
            with pytest.raises(KeyboardInterrupt):
                publish(at(nights, FIRST))
        nights.rollback()
        assert nights.execute("select x from published.t").fetchone() == (
            (1,) if step == "set_aside" else (10 + times,)
        )
        shown = nights.execute("select relname from pg_class where relnamespace = 'published'::regnamespace")
        assert set(shown) == before
    publish(at(nights, FIRST))
    assert nights.execute("select x from published.t").fetchone() == (10 + times,)
    assert not [name for name in schemas(nights) if "_old" in name]


def test_a_reader_in_a_transaction_holds_up_no_build_and_no_return_of_any_night(nights, server):
    publish(at(nights, SECOND))
    returns = f"{night_schema(FIRST)}_csww_2019"
    nights.execute(f"create schema {returns}; create table {returns}.t as select 1 as x")
    nights.commit()
    with psycopg.connect(server.url()) as reader:
        for schema in ("night_2020_01_01", "night_2020_01_02", returns, "published"):
            assert reader.execute(f"select x from {schema}.t").fetchone()
        nights.execute("set lock_timeout = '5s'")
        nights.commit()
        for night in (FIRST, SECOND, FIRST):
            make_again(nights, night, 3)
        publish(at(nights, SECOND))
        publish(at(nights, FIRST))
        assert [name for name in schemas(nights) if "_old_" in name]
    publish(at(nights, FIRST))
    assert not [name for name in schemas(nights) if "_old" in name]


def test_a_night_that_is_not_built_is_not_published(nights):
    with pytest.raises(WarehouseError, match="2019-12-31 is not built"):
        publish(at(nights, date(2019, 12, 31)))


def test_an_analyst_in_a_transaction_is_not_waited_for_when_the_night_is_made_again(nights, server):
    publish(at(nights, FIRST))
    with psycopg.connect(server.url()) as analyst:
        assert analyst.execute("select x from night_2020_01_01_analyst.t").fetchone() == (1,)
        nights.execute("set lock_timeout = '5s'")
        publish(at(nights, FIRST))
        assert [name for name in schemas(nights) if name.startswith("night_2020_01_01_analyst_old")]
        assert analyst.execute("select x from night_2020_01_01_analyst.t").fetchone() == (1,)
        analyst.rollback()
    publish(at(nights, FIRST))
    assert not [name for name in schemas(nights) if "_old" in name]


def test_eight_readers_during_twenty_publications_never_fail_and_who_pins_a_night_sees_that_one(nights, server):
    publish(at(nights, FIRST))
    stop, seen, failures = threading.Event(), {"published": set(), "pinned": set()}, []

    def read(kind):
        with psycopg.connect(server.url(), autocommit=True) as reader:
            while not stop.is_set():
                try:
                    if kind == "pinned":
                        with reader.transaction():
                            ((night,),) = reader.execute("select night from ops.published")
                            use_night(at(reader, night))
                            found = [reader.execute("select x from t").fetchone() for _ in range(5)]
                        seen[kind].add((night, frozenset(found)))
                    else:
                        seen[kind].add(reader.execute("select x from published.t").fetchone())
                except psycopg.Error as error:
                    failures.append(repr(error))

    readers = [threading.Thread(target=read, args=(kind,)) for kind in seen for _ in range(4)]
    with psycopg.connect(server.url()) as idle:
        idle.execute("select x from published.t")
        for reader in readers:
            reader.start()
        for number in range(20):
            publish(at(nights, SECOND if number % 2 else FIRST))
        stop.set()
        for reader in readers:
            reader.join()
    assert not failures
    assert seen["published"] <= {(1,), (2,)}
    assert seen["pinned"] <= {(FIRST, frozenset({(1,)})), (SECOND, frozenset({(2,)}))}
    assert seen["published"]
    assert seen["pinned"]
