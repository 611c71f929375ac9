"""Runs: one night at a time, and a run that is taken up again."""

from datetime import date

import pytest

from statutory.errors import WarehouseError
from statutory.warehouse import runs

NIGHT = date(2021, 2, 1)


def test_a_second_night_by_command_is_refused_while_one_runs(migrated):
    with runs.alone(), pytest.raises(WarehouseError, match="another night is running"), runs.alone():
        raise AssertionError
    with runs.alone():
        pass


def test_a_run_of_airflow_is_refused_beside_a_night_by_command(connection, migrated, monkeypatch):
    with runs.alone():
        runs.refuse_beside_another(connection)  # the night by command opens its own run
        monkeypatch.delenv(runs.HELD)
        with pytest.raises(WarehouseError, match="another night is running"):
            runs.refuse_beside_another(connection)
        monkeypatch.setenv(runs.HELD, "yes")


def test_a_run_of_the_same_id_is_taken_up_again(connection, migrated):
    first = runs.open_run("taken up", NIGHT)
    runs.close(connection, first, "failed before")
    connection.commit()
    assert runs.open_run("taken up", NIGHT) == first
    found = connection.execute("select state, message from ops.run where run_id = %s", (first,)).fetchone()
    assert found == ("running", None)
