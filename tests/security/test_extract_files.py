"""What lies in the place of an extract: nothing outside the night is read, nothing keeps the night waiting."""

import io
import os
import re
import socket
from datetime import date

import pytest
from rich.console import Console

from councils import at
from statutory import telling
from statutory.errors import SourceError, StatutoryError
from statutory.paths import PROJECT
from statutory.sources import contract
from statutory.sources.delivery import delivery
from statutory.sources.mapping import Part
from statutory.sources.reading import Csv

NIGHT = date(2026, 9, 30)
TABLE = contract.table("hr_worker")
LINES = ",".join(TABLE.column_names) + "\n"


@pytest.fixture
def folder(tmp_path):
    """The folder of a night's HR, with a file outside the night beside it."""
    (tmp_path / "local" / "mappings").mkdir(parents=True)
    (tmp_path / "outside.csv").write_text(LINES)
    hr = tmp_path / "extracts" / str(NIGHT) / "hr"
    hr.mkdir(parents=True)
    return hr


def read(folder):
    """Read the table as a night does: its columns and rows."""
    with delivery(at(None, NIGHT, local=folder.parents[2] / "local"), "hr", folder.parents[1]) as handed:
        ((_, given),) = handed.of(TABLE)
        return given.columns, list(given.rows())


def refused(folder):
    with pytest.raises(SourceError) as caught:
        read(folder)
    return str(caught.value)


def map_to(tmp_path, file):
    path = tmp_path / "local" / "mappings" / "hr.toml"
    path.write_text(f"[[hr_worker]]\nfile = '{file}'\n")


def test_a_mapping_names_no_file_outside_the_night(folder, tmp_path):
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    for file in ("../../../outside.csv", str(tmp_path / "outside.csv"), "link.csv"):
        map_to(tmp_path, file)
        assert "is outside the night's folder" in refused(folder)
    (folder / "own.csv").write_text(LINES)
    (folder / "within.csv").symlink_to(folder / "own.csv")
    for file in ("own.csv", "within.csv", "../hr/own.csv"):
        map_to(tmp_path, file)
        assert read(folder) == (list(TABLE.column_names), [])


def test_a_table_s_own_file_is_no_link_out_of_the_night(folder, tmp_path):
    (folder / "hr_worker.csv").symlink_to(tmp_path / "outside.csv")
    assert refused(folder).startswith("hr/hr_worker.csv is outside the night's folder")


def test_a_pipe_a_folder_and_a_socket_are_refused_and_nothing_waits(folder):
    path = folder / "hr_worker.csv"
    os.mkfifo(path)
    assert "hr/hr_worker.csv is a folder, a pipe or similar" in refused(folder)
    path.unlink()
    path.mkdir()
    assert "hr/hr_worker.csv is a folder, a pipe or similar" in refused(folder)
    path.rmdir()
    with socket.socket(socket.AF_UNIX) as taken:
        os.chdir(folder)  # the name of a socket is short
        taken.bind("hr_worker.csv")
        assert "hr/hr_worker.csv is a folder, a pipe or similar" in refused(folder)
    os.chdir(PROJECT)


@pytest.mark.parametrize("how", ["replaced", "written to", "cut", "gone"])
def test_a_file_that_changes_while_it_is_read_is_refused(folder, tmp_path, how):
    path = folder / "hr_worker.csv"
    row = ",".join(["1"] * len(TABLE.column_names)) + "\n"
    path.write_text(LINES + row * 200_000)
    with delivery(at(None, NIGHT, local=folder.parents[2] / "local"), "hr", folder.parents[1]) as handed:
        ((_, given),) = handed.of(TABLE)
        rows = given.rows()
        next(rows)
        if how == "replaced":
            (tmp_path / "other.csv").write_text(path.read_text())
            os.utime(tmp_path / "other.csv", ns=(path.stat().st_mtime_ns,) * 2)
            (tmp_path / "other.csv").replace(path)
        elif how == "written to":
            with path.open("a") as file:
                file.write(row)
        elif how == "cut":
            os.truncate(path, len(LINES))
        else:
            path.unlink()
        with pytest.raises(SourceError, match=r"hr/hr_worker\.csv changed while it was read"):
            list(rows)


NAMES = ["[/red]", "[bold]a[/bold]", "a\nb", "a\x1b[2Jb", "a\x07"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_from_a_file_is_printed_in_a_line_as_it_is(name, capsys):
    said = str(StatutoryError(f"hr/{name}.csv lacks the column x"))
    telling.console.print(said)
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", printed)
    if name.isprintable():
        assert name in printed


def test_every_console_of_the_commands_takes_no_text_for_markup():
    makes = {
        path.name: found
        for path in (PROJECT / "plugins" / "statutory").rglob("*.py")
        if (found := re.findall(r"Console\((.*)\)", path.read_text()))
    }
    assert makes.pop("telling.py")[0] == "markup=False, highlight=False"
    assert makes == {"commands.py": ["file=sys.stderr"]}  # of the bar while rules run, which names none
    assert isinstance(telling.console, Console)


def test_a_mapping_s_file_name_with_a_line_end_is_one_line_in_what_is_said():
    assert Part(file="a\nb.csv").label == "a\nb.csv"
    with pytest.raises(SourceError) as caught:
        Csv(io.BytesIO(b"").__iter__(), "hr/a\nb.csv")
    assert str(caught.value) == "hr/a b.csv has no header row"
