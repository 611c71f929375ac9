"""No command says a secret, whatever shape the setting that holds it has."""

import sys

import pytest

from statutory import cli
from statutory import settings as ours
from statutory.errors import SourceError
from statutory.sources import database
from statutory.warehouse.server import Server

SECRET = "s3cret-word"
ADDRESSES = [
    f"postgresql://u:{SECRET}%zz@127.0.0.1:1/w",  # no escape
    f"postgresql://u:{SECRET}%@127.0.0.1:1/w",
    f"postgresql://u:{SECRET}%25@127.0.0.1:1/w",
    f"postgresql://u:a@{SECRET}@127.0.0.1:1/w",
    f"postgresql://u:a@{SECRET}@127.0.0.1/w",
    f"postgresql://u:a/{SECRET}@127.0.0.1:1/w",
    f"postgresql://u:a#{SECRET}@127.0.0.1:1/w",
    f"postgresql://u:a:{SECRET}@127.0.0.1:1/w",
    f"postgresql://u:{SECRET}@127.0.0.1:port/w",
    f"postgresql://u:{SECRET}@[127.0.0.1/w",
    f"postgresql://u@127.0.0.1:1/w?password={SECRET}&nonsense=1",
    f"host=127.0.0.1 port=1 password={SECRET}",
    f"mysql://u:{SECRET}@127.0.0.1/w",
    SECRET,
]
# Shapes of `databases` that are no table of addresses by source.
SHAPES = [
    f'{{"hr": "postgresql://u:{SECRET}',
    f'"postgresql://u:{SECRET}@h/d"',
    f'["postgresql://u:{SECRET}@h/d"]',
    f'{{"hr": ["postgresql://u:{SECRET}@h/d"]}}',
    f'{{"hr": {{"password": "{SECRET}"}}}}',
    f'{{"postgresql://u:{SECRET}@h/d": "hr"}}',
    f'{{"postgresql://u:{SECRET}@h/d": 1}}',
    f"postgresql://u:{SECRET}@h/d",
]
COMMANDS = [
    "settings", "nights", "nights withdraw 2025-11-14 --reason mistake", "indicators W06", "trace W06",
    "explain T03 --from 2025-08-31 --to 2025-09-30", "build --night 2025-11-14", "warehouse prepare",
    "nightly --source extracts --night 2025-11-14", "archive --source extracts", "sources check --source extracts",
    "backup file", "restore old", "pack --out pack", "annex-a --out annex", "report councillors --out report",
    "journey C1", "comment assessment --role head --text words", "freeze --role head --reason inspection",
    "returns readiness", "returns gaps csww", "returns submit csww --year 2025 --signed-off-by head",
]  # fmt: skip


@pytest.fixture
def told(tmp_path, monkeypatch, capfd):
    """Run commands under a setting; all that they print and write beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ours, "PROJECT", tmp_path)
    monkeypatch.setitem(ours.Council.model_config, "toml_file", tmp_path / "statutory.toml")
    monkeypatch.setenv("STATUTORY_HOME", str(tmp_path / "home"))
    (tmp_path / "extracts" / "2025-11-14").mkdir(parents=True)
    (tmp_path / "old").write_text("no archive")

    def run(commands, **settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        for command in commands:
            monkeypatch.setattr(sys, "argv", ["statutory", *command.split()])
            with pytest.raises(SystemExit):
                cli.main()
        printed = capfd.readouterr()
        return [printed.out, printed.err, *(p.read_text() for p in tmp_path.glob("home/**/*.log"))]

    yield run
    Server(tmp_path / "home" / "postgres").down()  # which commands of nights start, for what Airflow keeps
    monkeypatch.undo()


def never(texts):
    everything = "\n".join(texts)
    assert "s3cret" not in everything
    assert "Traceback" not in everything
    assert "fault of the program" not in everything


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_command_says_the_password_of_the_warehouse(told, address):
    never(told(COMMANDS, STATUTORY_WAREHOUSE_URL=address))


@pytest.mark.parametrize("shape", SHAPES)
def test_no_command_says_a_password_of_a_badly_shaped_setting(told, shape, tmp_path):
    never(told(COMMANDS, STATUTORY_DATABASES=shape))
    (tmp_path / "statutory.toml").write_text(f"databases = {shape}\n")
    never(told(["settings", "nights"]))


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_of_a_source_that_cannot_be_is_one_sentence_without_its_password(address):
    with pytest.raises(SourceError) as refused, database.connect(ours.Council(databases={"hr": address}), "hr"):
        raise AssertionError
    assert "s3cret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_settings_file_that_is_not_in_utf_8_is_one_sentence(told, tmp_path):
    (tmp_path / "statutory.toml").write_bytes(f'notice_email_from = "caf\xe9 {SECRET}"\n'.encode("latin-1"))
    said = told(["settings"])
    never(said)
    assert "is not in UTF-8" in said[1]
