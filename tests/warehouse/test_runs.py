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


@pytest.fixture
def of_airflow(migrated, connection):
    """Open a run as a step of Airflow does, in a process that does not run a night by command."""
    opened = []

    def begin(name):
        opened.append(runs.open_run(name, NIGHT))
        return opened[-1]

    yield begin
    connection.execute("delete from ops.run where run_id = any(%s)", (opened,))
    connection.commit()


def test_a_run_of_airflow_is_refused_beside_a_night_by_command(of_airflow, monkeypatch):
    with runs.alone():
        run = of_airflow("by command")
        with runs.at_work(run):
            pass
        with monkeypatch.context() as elsewhere:
            elsewhere.delenv(runs.HELD)
            with pytest.raises(WarehouseError, match="another night is running"):
                of_airflow("by schedule")
            with pytest.raises(WarehouseError, match="another night is running"), runs.at_work(run):
                raise AssertionError


def test_a_run_of_airflow_keeps_its_place_from_its_first_step_to_its_last(of_airflow, connection):
    run = of_airflow("first")
    for _ in range(2):  # between two steps no process holds anything
        with (
            pytest.raises(WarehouseError, match="the run of 2021-02-01 in Airflow keeps its place until"),
            runs.alone(),
        ):
            raise AssertionError
        with pytest.raises(WarehouseError, match="another night is running"):
            of_airflow("second")
        with runs.at_work(run), runs.at_work(run):  # its own steps work side by side
            pass
    runs.close(connection, run, None)
    connection.commit()
    with runs.at_work(run):
        pass
    with runs.alone():
        pass


def test_a_run_that_was_ended_from_outside_is_in_the_way_for_a_time_only(of_airflow, connection):
    ended = of_airflow("ended")
    with runs.at_work(ended):
        expire(connection, ended)
        with pytest.raises(WarehouseError, match="another night is running"), runs.alone():
            raise AssertionError  # a step that takes long still holds the lock
    expire(connection, ended)
    run = of_airflow("next")
    with runs.at_work(run), pytest.raises(WarehouseError, match="another night is running"), runs.at_work(ended):
        raise AssertionError


def expire(connection, run):
    connection.execute("update ops.run set kept_until = now() - interval '1 second' where run_id = %s", (run,))
    connection.commit()


def test_a_step_of_a_run_that_is_known_no_more_says_so(migrated):
    with pytest.raises(WarehouseError, match="known no more"), runs.at_work(-1):
        raise AssertionError


def test_a_run_of_the_same_id_is_taken_up_again(connection, of_airflow):
    first = of_airflow("taken up")
    runs.close(connection, first, "failed before")
    connection.commit()
    assert runs.open_run("taken up", NIGHT) == first
    found = connection.execute("select state, message from ops.run where run_id = %s", (first,)).fetchone()
    assert found == ("running", None)
