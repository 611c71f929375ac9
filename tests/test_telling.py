"""What a person who waits is told: on a terminal a line that moves, in a file plain lines."""

import io
import os
import pty
import re
import subprocess
import sys

from statutory import telling

# A step that is quick, one that is longer than the silence allowed, and one that fails.
PROGRAM = """
import contextlib, time
from statutory import telling
telling.SILENCE = 0.2
told = telling.Telling()
with told.moving():
    with told.step("first"):
        pass
    with told.step("second"):
        time.sleep(1.5)
    with contextlib.suppress(OSError), told.step("third"):
        raise OSError
    told.end("fourth", "skipped", 0.0)
"""


def test_a_file_gets_plain_lines_of_each_step_also_while_it_goes_on():
    environment = os.environ | {"FORCE_COLOR": "1", "TERM": "xterm-256color"}  # as CI sets it
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    lines = result.stdout.splitlines()
    assert lines[:3] == ["  first ...", "  first done 0.0 s", "  second ..."]
    assert any(line.startswith("  second still running, ") for line in lines)
    assert [re.sub(r"[\d.]+ s$", "", line) for line in lines[-4:]] == [
        "  second done ", "  third ...", "  third failed ", "  fourth skipped ",
    ]  # fmt: skip
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", result.stdout)


def test_a_terminal_gets_a_line_that_moves_and_a_line_for_each_step_that_ended():
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color"}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stdout=theirs) as running:
        os.close(theirs)
        said = b""
        while True:
            try:
                read = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not read:
                break
            said += read
    os.close(ours)
    assert running.returncode == 0
    text = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", said.decode())
    assert len(set(re.findall(r"(\S) second \d s", text))) > 1  # the mark before it turns
    assert re.search(r"second done [\d.]+ s", text)
    assert "still running" not in text


def test_a_step_is_told_to_begin_once(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    told = telling.Telling()
    told.begin("load hr")
    told.begin("load hr")
    told.end("load hr", "failed", 2.0)
    assert sys.stdout.getvalue() == "  load hr ...\n  load hr failed 2.0 s\n"


def test_what_stands_in_brackets_is_told_as_it_is(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    told = telling.Telling()
    told.say("the folder of [/red] holds no night")
    told.end("load [hr]", "failed", 2.0)
    assert sys.stdout.getvalue() == "the folder of [/red] holds no night\n  load [hr] failed 2.0 s\n"
