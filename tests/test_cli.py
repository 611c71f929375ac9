"""What the command line says when something is not as it needs it."""

import sys

import pytest

from statutory import cli
from statutory.settings import Council
from statutory.warehouse.connection import connect, make_database
from statutory.warehouse.migrate import migrate


def test_a_night_of_an_earlier_version_is_one_sentence(server, say_loaded, monkeypatch, capsys):
    make_database(Council(), "earlier")
    monkeypatch.setenv("STATUTORY_WAREHOUSE_URL", server.url("earlier"))
    migrate(Council())
    with connect(Council()) as connection:
        say_loaded(connection, "2025-11-14")
        connection.execute("create schema night_2025_11_14")  # without a relation that is read now
    night = ["--night", "2025-11-14", "--period-end", "2025-09-30"]
    monkeypatch.setattr(sys, "argv", ["statutory", "indicators", *night])
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
    finally:
        monkeypatch.undo()
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "the warehouse, or the night asked for, was made by an earlier version:"
        " run `statutory warehouse prepare`, and `statutory build --night ...` if you asked for a night\n"
    )
