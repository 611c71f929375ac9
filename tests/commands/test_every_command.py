"""Every command with right and with wrong arguments, found at run time, and the README's examples.

All of it on one night of a small council, made as the first `make nightly` makes it.
"""

import os
import re
import shlex
import subprocess
import sys
import warnings
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import psycopg
import pytest
import typer

import hostile
from statutory import cli, sample
from statutory.paths import PROJECT

PROGRAM = [sys.executable, "-c", "from statutory.cli import main; main()"]
NIGHT = str(sample.FIRST_NIGHT)
# A right value for each argument by its name; a new command whose argument is of another name needs a line here.
RIGHT = {
    "area": "workforce", "by": "team", "child_id": "", "children": "60", "database": "airflow", "earlier": NIGHT,
    "ids": "W06", "indicator": "T03", "la": "990", "later": NIGHT, "night": NIGHT, "nights": "1", "other": "2024",
    "period": "year", "period_end": "2025-09-30", "inspection_date": "2025-10-31", "reader": "team",
    "reason": "inspection", "return_name": "csww", "role": "head of quality", "section": "assessment", "seed": "2",
    "signed_off_by": "director", "source": "sample", "team": "T01", "text": "as expected", "until": NIGHT,
    "view": "due", "year": "2025",
}  # fmt: skip
READ = {"file": "warehouse.dump", "files": f"out/{NIGHT}/csww_2025.xml", "previous": f"out/{NIGHT}/csww_2025.xml"}
WRONG_PATH = "/proc/nowhere/name"  # nobody, root neither, can make it
WRONG = {
    datetime: ("soon", "2025-02-30", "2001-01-01", "2099-12-31"),
    Path: (WRONG_PATH,),
    int: ("many", "-1"),
    str: ("no such thing", " "),
}
# What may be anything, and so cannot be wrong but by being empty.
FREE = {"reason", "role", "signed_off_by", "text", "reader"}
# A right command that does not end with 0: two say what they found by their exit status.
ENDS = {("validate",): (0, 1), ("restore",): (1,)}
# Run by tests of their own, or takes away what the others need; the README's examples, which come last, have `build`.
ELSEWHERE = {("airflow",), ("nightly",), ("warehouse", "down"), ("build",), ("nights", "withdraw")}


def commands(command, path=()):
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*path, name))
    if not hasattr(command, "commands"):
        yield path, command


ALL = dict(commands(typer.main.get_command(cli.app)))


def parameters(path):
    return [one for one in ALL[path].params if one.name != "help"]


def kind(parameter):
    said = parameter.type_descriptor.annotation
    said = {list[str]: str, list[Path]: Path}.get(said, said)
    return said if isinstance(said, type) else str


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """A home with the first night of a small council, which the commands find by the settings."""
    home = tmp_path_factory.mktemp("commands")
    home.chmod(0o755)
    sample.write(home / "sample", children=100, nights=1, until=sample.FIRST_NIGHT, seed=1)
    own = {"STATUTORY_HOME": str(home), "STATUTORY_LOCAL": str(home / "local"), "STATUTORY_OUT": str(home / "out")}
    made = subprocess.run(
        [*PROGRAM, "nightly"], env=os.environ | own, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, value)
        patch.chdir(home)
        patch.setenv("COLUMNS", "200")
        url = subprocess.run([*PROGRAM, "warehouse", "url"], capture_output=True, text=True, check=True).stdout.strip()
        with psycopg.connect(url) as opened:
            RIGHT["child_id"] = opened.execute("select min(child_id) from published.child").fetchone()[0]
        yield home
        subprocess.run([*PROGRAM, "warehouse", "down"], capture_output=True, check=True)


@pytest.fixture
def say(council, monkeypatch, capsys):
    """Run a command as typed; its exit status, and what it printed on both streams."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["statutory", *words])
        with pytest.raises(SystemExit) as ended, warnings.catch_warnings():
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def right(path, folder):
    """The words of a command with a right value for each argument that it needs."""
    return [word for one in needed(path) for word in words(one, value(one, path, folder))]


def needed(path):
    return [one for one in parameters(path) if one.required or one.name in ("source", "text")]


def words(parameter, value):
    return [value] if not parameter.opts[0].startswith("--") else [parameter.opts[0], value]


def value(parameter, path, folder):
    if kind(parameter) is Path and parameter.name in READ and path != ("backup",):
        return READ[parameter.name]
    if kind(parameter) is Path and parameter.name != "source":
        return str(folder / parameter.name)
    if kind(parameter) is not str and issubclass(kind(parameter), StrEnum) and parameter.name not in RIGHT:
        return next(iter(kind(parameter))).value
    return RIGHT[parameter.name]


def wrong():
    """Each command with each value that one of its arguments cannot have."""
    for path in ALL:
        for one in parameters(path):
            if getattr(one, "is_flag", False):
                continue
            of_kind = str if issubclass(kind(one), StrEnum) else kind(one)
            for bad in WRONG[of_kind]:
                is_free = one.name in FREE and kind(one) is str
                if (is_free and bad.strip()) or (one.name in {"seed"} and bad == "-1"):
                    continue
                yield pytest.param(path, one, bad, id=f"{' '.join(path)} {one.opts[0]} {bad!r}")


def is_one_sentence(code, out, err):
    lines = [line for line in err.splitlines() if line.strip()]
    assert code in (1, 2), (code, out, err)
    assert len(lines) == 1, err
    assert "Traceback" not in out + err
    assert "fault of the program" not in err
    assert "secret" not in err


@pytest.mark.parametrize(("path", "parameter", "bad"), list(wrong()))
def test_what_an_argument_cannot_be_is_refused_in_one_sentence(say, tmp_path, path, parameter, bad):
    given = words(parameter, bad)
    for one in needed(path):
        if one is not parameter:
            given += words(one, value(one, path, tmp_path))
    is_one_sentence(*say(*path, *given))


@pytest.mark.parametrize("path", list(ALL), ids=" ".join)
def test_a_command_tells_of_itself_and_refuses_an_option_it_has_not(say, path):
    code, out, err = say(*path, "--help")
    assert (code, err) == (0, "")
    assert f"Usage: statutory {' '.join(path)}" in out
    is_one_sentence(*say(*path, "--no-such-option"))


def test_a_command_that_does_not_exist_is_refused(say):
    is_one_sentence(*say("indicator"))
    is_one_sentence(*say("returns", "ready"))


def test_our_own_file_of_the_census_has_the_errors_and_queries_that_readiness_tells(say, council, tmp_path):
    found = tmp_path / "failures.csv"
    code, _, err = say("validate", "csww", "--year", "2025", "--files", READ["files"], "--out", str(found))
    assert (code, err) == (1, "")
    severities = re.findall(r",(error|query),", found.read_text())
    _, out, _ = say("returns", "readiness")
    (line,) = (line.split() for line in out.splitlines() if line.startswith("csww 2025"))
    assert [severities.count("error"), severities.count("query")] == [int(line[3]), int(line[4])]


def test_indicators_are_asked_for_by_id_by_area_and_for_a_team(say):
    def ids(*given):
        code, out, err = say("indicators", "--format", "csv", *given)
        assert (code, err) == (0, "")
        rows = [line.split(",") for line in out.splitlines()]
        return {row[1] for row in rows[1:]}, out

    assert ids("W06", "T03")[0] == {"W06", "T03"}
    workforce, _ = ids("--area", "workforce")
    assert "W06" in workforce
    assert {name[0] for name in workforce} == {"W"}
    assert ids("W06", "--area", "workforce")[0] == {"W06"}
    of_team, out = ids("W06", "--team", "T02")
    assert of_team == {"W06"}
    assert {line.split(",")[-6] for line in out.splitlines()[1:]} == {"T02"}


def test_an_indicator_is_not_told_of_a_day_before_its_records_begin(say):
    # Staff is known since 2008, children's records since 2017.
    code, out, err = say("indicators", "W06", "T03", "--period-end", "2014-09-30", "--format", "csv")
    assert code == 0
    assert err == "left out because their records begin later: T03\n"
    assert {line.split(",")[1] for line in out.splitlines()[1:]} == {"W06"}
    code, _, err = say("indicators", "T03", "--period-end", "2014-09-30")
    assert (code, err.startswith("there is no data for 2014-09-30: the records begin on 2017")) == (
        1, True,
    )  # fmt: skip


@pytest.mark.skipif(not hostile.CAN_BE, reason="no program to make a locale with")
def test_a_server_of_other_settings_and_another_order_gives_the_same_files(council, tmp_path_factory):
    home = tmp_path_factory.mktemp("hostile")
    home.chmod(0o755)
    server, environment = hostile.make(home)
    own = {"STATUTORY_HOME": str(home), "STATUTORY_OUT": str(home / "out"), "STATUTORY_LOCAL": str(home / "local")}
    try:
        made = subprocess.run(
            [*PROGRAM, "nightly", "--source", str(council / "sample")],
            env=os.environ | own | environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
    finally:
        server.down()
    for name in (f"out/{NIGHT}/manifest.json", f"out/{NIGHT}/pack/public/manifest.json"):
        assert (home / name).read_text() == (council / name).read_text()


def test_a_folder_with_something_in_it_is_left_as_it_is(say, tmp_path):
    (tmp_path / "kept.txt").write_text("kept")
    code, _, err = say("sample", "--out", str(tmp_path))
    assert (code, err) == (1, f"{tmp_path} is not empty, and nothing in it is overwritten: name a new folder\n")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_right_arguments_give_a_result_and_no_word_of_an_error(say, tmp_path, council):
    for path in ALL.keys() - ELSEWHERE:
        (tmp_path / "-".join(path)).mkdir()
        if path == ("restore",):
            (council / READ["file"]).touch()
        code, out, err = say(*path, *right(path, tmp_path / "-".join(path)))
        assert code in ENDS.get(path, (0,)), (path, out, err)
        assert (err.strip() == "") == (path != ("restore",)), (path, err)


def examples():
    """The commands of the README as they stand there, in its order: short, and with all that may be added."""
    for said in re.findall(r"`(statutory [^`]+)`", (PROJECT / "README.md").read_text()):
        yield re.sub(r" \[[^]]*\]", "", said)
        if "[" in said:
            yield re.sub(r"[][]", "", said)


def test_each_example_of_the_readme_works_as_printed(say, council, tmp_path):
    dump = tmp_path / "warehouse.dump"
    for number, said in enumerate(examples()):
        folder = "sample" if "--source DIR" in said else str(tmp_path / f"folder {number}")
        stands_for = {
            "DIR": folder, "FILE": str(dump), "D": "2025-09-30", "N": NIGHT, "T": "T01", "NAME": "Ofsted",
            "CHILD_ID": RIGHT["child_id"], "ROLE": "director",
        }  # fmt: skip
        typed = [stands_for.get(word, word) for word in shlex.split(said)]
        code, out, err = say(*typed[1:])
        if typed[1] == "restore":
            assert (code, "restore into an empty one" in err) == (1, True)
        elif typed[1] == "validate":
            assert (code, "failing rows are in failures.csv" in out) == (1, True)
        else:
            assert (code, err) == (0, ""), (said, err)
