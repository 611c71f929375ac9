"""The rooms of the package stand on one another: none imports from a room above it."""

import ast
from pathlib import Path

import statutory

ROOT = Path(statutory.__file__).parent
# From the ground up. A name with a dot is one module; the others are folders, or all modules beside them.
FLOORS = (
    ("errors", "paths", "postgres", "revision"),
    ("sources.contract",),
    ("settings",),
    ("night",),
    ("outputs", "spreadsheet", "sqlfile", "telling"),
    ("sources",),
    ("linkage",),
    ("warehouse",),
    ("quality",),
    ("indicators",),
    ("returns",),
    ("packs",),
    ("sample",),
    ("tasks",),
    ("survey", "asking"),
    ("commands", "cli"),
)


def floor(module):
    """How high a module stands, `sources.contract` or `returns`; the commands of every room stand under the program."""
    parts = module.split(".")
    if parts[-1] == "commands":
        parts = ["commands"]
    for name in (".".join(parts[:2]), parts[0]):
        for height, names in enumerate(FLOORS):
            if name in names:
                return height
    raise AssertionError(f"{module} stands on no floor")


def imported(path):
    """The modules of the package that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "statutory":
            for name in node.names:
                full = [*node.module.split(".")[1:], name.name]
                there = ROOT.joinpath(*full)
                yield ".".join(full if there.with_suffix(".py").exists() or there.is_dir() else full[:-1])


def test_no_import_runs_upwards():
    upwards = []
    for path in sorted(ROOT.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if module != "__init__":
            upwards += [f"{module} imports {name}" for name in imported(path) if name and floor(name) > floor(module)]
    assert upwards == []


def test_an_import_that_runs_upwards_is_found(tmp_path):
    (tmp_path / "low.py").write_text("def f():\n    from statutory.packs import pack\n")
    assert [floor(name) > floor("sources.extract") for name in imported(tmp_path / "low.py")] == [True]
