import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from councils import at
from statutory import outputs


@pytest.fixture
def night(tmp_path):
    return at(None, date(2026, 9, 30), out=tmp_path / "out")


def test_a_file_stands_whole_and_in_the_manifest(night):
    with outputs.written(night, "a.csv") as path:
        path.write_text("one")
    with outputs.written(night, "b.csv") as path:
        path.write_text("two")
    manifest = json.loads((night.folder / "manifest.json").read_text())
    assert manifest["files"] == {
        "a.csv": hashlib.sha256(b"one").hexdigest(),
        "b.csv": hashlib.sha256(b"two").hexdigest(),
    }
    before = (night.folder / "manifest.json").read_bytes()
    with outputs.written(night, "a.csv") as path:
        path.write_text("one")
    assert (night.folder / "manifest.json").read_bytes() == before


def test_a_file_that_failed_half_way_is_not_there(night):
    with outputs.written(night, "a.csv") as path:
        path.write_text("whole")

    def fail():
        with outputs.written(night, "a.csv") as path:
            path.write_text("ha")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (night.folder / "a.csv").read_text() == "whole"
    assert sorted(p.name for p in night.folder.iterdir()) == ["a.csv", "manifest.json"]


def test_files_written_side_by_side_all_stand_in_the_manifest(night):
    def write(number):
        with outputs.written(night, f"{number}.txt") as path:
            path.write_text(str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    found = json.loads((night.folder / outputs.MANIFEST).read_text())["files"]
    assert sorted(found) == sorted(f"{number}.txt" for number in range(40))
