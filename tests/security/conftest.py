"""Nights of the synthetic council, built and worked out in a transaction that is rolled back."""

import contextlib

import psycopg
import pytest

from councils import SHIPPED, at
from statutory import sample
from statutory.indicators import breakdown, results
from statutory.indicators.definition import indicators
from statutory.night import use_night
from statutory.quality.night import build as build_night
from statutory.sources import contract
from statutory.sources.extract import extract_source
from statutory.warehouse.load import load_source


@pytest.fixture(scope="module")
def council(server, migrated, tmp_path_factory):
    """Load, build and work out nights of the synthetic council: a context that gives each with its connection.

    Parts are worked out where they are asked for; they take half of the time.
    """

    @contextlib.contextmanager
    def opened(nights, *, children, with_parts):
        folder = tmp_path_factory.mktemp("extracts")
        with psycopg.connect(server.url()) as connection:
            connection.execute("set time zone 'Europe/London'")

            def each():
                for night in nights:
                    sample.write(folder, children=children, nights=1, until=night, seed=5)
                    ((run,),) = connection.execute(
                        "insert into ops.run (dag_run_id, night) values (%s, %s) returning run_id",
                        (f"security {night}", night),
                    )
                    for source in contract.SOURCES:
                        load_source(
                            at(connection, night), source, extract_source(at(connection, night), source, folder, run)
                        )
                    build_night(at(connection, night))
                    use_night(at(connection, night))
                    with pytest.MonkeyPatch.context() as patch:
                        if not with_parts:
                            patch.setattr(breakdown, "of", lambda indicator: ())
                        results.keep(at(connection, night), indicators(SHIPPED).values())
                    yield connection, night, folder

            yield each()
            connection.rollback()

    return opened
