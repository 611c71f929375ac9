"""Runs: one night at a time, and a run that is taken up again."""

from datetime import date

import pytest

from statutory.errors import WarehouseError
from statutory.settings import Council
from statutory.warehouse import runs

NIGHT = date(2021, 2, 1)


def test_a_second_night_by_command_is_refused_while_one_runs(migrated):
    with runs.alone(Council()), pytest.raises(WarehouseError, match="another night is running"), runs.alone(Council()):
        raise AssertionError
    with runs.alone(Council()):
        pass


@pytest.fixture
def of_airflow(migrated, connection):
    """Open a run as a step of Airflow does, in a process that does not run a night by command."""
    opened = []

    def begin(name, *, by_command=False):
        opened.append(runs.open_run(Council(), name, NIGHT, by_command=by_command))
        return opened[-1]

    yield begin
    connection.execute("delete from ops.run where run_id = any(%s)", (opened,))
    connection.commit()


def test_a_run_of_airflow_is_refused_beside_a_night_by_command(of_airflow):
    with runs.alone(Council()):
        run = of_airflow("by command", by_command=True)
        with runs.at_work(Council(), run):
            pass
        with pytest.raises(WarehouseError, match="another night is running"):
            of_airflow("by schedule")
    with runs.alone(Council()), pytest.raises(WarehouseError, match="another night is running"):
        of_airflow("another by schedule")


def test_a_run_that_says_it_is_by_command_is_refused_where_no_command_works(of_airflow):
    with pytest.raises(WarehouseError, match="for `make nightly` alone"):
        of_airflow("by hand", by_command=True)


def test_a_run_of_airflow_keeps_its_place_from_its_first_step_to_its_last(of_airflow, connection):
    run = of_airflow("first")
    for _ in range(2):  # between two steps no process holds anything
        with (
            pytest.raises(WarehouseError, match="the run of 2021-02-01 in Airflow keeps its place until"),
            runs.alone(Council()),
        ):
            raise AssertionError
        with pytest.raises(WarehouseError, match="another night is running"):
            of_airflow("second")
        with runs.at_work(Council(), run), runs.at_work(Council(), run):  # its own steps work side by side
            pass
    runs.close(connection, run, None)
    connection.commit()
    with runs.at_work(Council(), run):
        pass
    with runs.alone(Council()):
        pass


def test_a_run_that_was_ended_from_outside_is_in_the_way_for_a_time_only(of_airflow, connection):
    ended = of_airflow("ended")
    with runs.at_work(Council(), ended):
        expire(connection, ended)
        with pytest.raises(WarehouseError, match="another night is running"), runs.alone(Council()):
            raise AssertionError  # a step that takes long still holds the lock
    expire(connection, ended)
    run = of_airflow("next")
    with (
        runs.at_work(Council(), run),
        pytest.raises(WarehouseError, match="another night is running"),
        runs.at_work(Council(), ended),
    ):
        raise AssertionError


def expire(connection, run):
    connection.execute("update ops.run set kept_until = now() - interval '1 second' where run_id = %s", (run,))
    connection.commit()


def test_a_step_of_a_run_that_is_known_no_more_says_so(migrated):
    with pytest.raises(WarehouseError, match="this run's night was withdrawn"), runs.at_work(Council(), -1):
        raise AssertionError


def test_a_run_of_the_same_id_is_taken_up_again(connection, of_airflow):
    first = of_airflow("taken up")
    runs.close(connection, first, "failed before")
    connection.commit()
    assert runs.open_run(Council(), "taken up", NIGHT) == first
    found = connection.execute("select state, message from ops.run where run_id = %s", (first,)).fetchone()
    assert found == ("running", None)
