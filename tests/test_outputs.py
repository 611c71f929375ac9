import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from statutory import outputs
from statutory.settings import settings

NIGHT = date(2026, 9, 30)


@pytest.fixture
def out(tmp_path, monkeypatch):
    monkeypatch.setenv("STATUTORY_OUT", str(tmp_path / "out"))
    settings.cache_clear()
    yield tmp_path / "out" / "2026-09-30"
    monkeypatch.undo()
    settings.cache_clear()


def test_a_file_stands_whole_and_in_the_manifest(out):
    with outputs.written(NIGHT, "a.csv") as path:
        path.write_text("one")
    with outputs.written(NIGHT, "b.csv") as path:
        path.write_text("two")
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["files"] == {
        "a.csv": hashlib.sha256(b"one").hexdigest(),
        "b.csv": hashlib.sha256(b"two").hexdigest(),
    }
    before = (out / "manifest.json").read_bytes()
    with outputs.written(NIGHT, "a.csv") as path:
        path.write_text("one")
    assert (out / "manifest.json").read_bytes() == before


def test_a_file_that_failed_half_way_is_not_there(out):
    with outputs.written(NIGHT, "a.csv") as path:
        path.write_text("whole")

    def fail():
        with outputs.written(NIGHT, "a.csv") as path:
            path.write_text("ha")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (out / "a.csv").read_text() == "whole"
    assert sorted(p.name for p in out.iterdir()) == ["a.csv", "manifest.json"]


def test_files_written_side_by_side_all_stand_in_the_manifest(out):
    def write(number):
        with outputs.written(NIGHT, f"{number}.txt") as path:
            path.write_text(str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    found = json.loads((out / outputs.MANIFEST).read_text())["files"]
    assert sorted(found) == sorted(f"{number}.txt" for number in range(40))
