"""Settings that cannot be taken: one sentence that names them, and never a value."""

import os
import tempfile
from pathlib import Path

import pytest

from statutory import settings as ours
from statutory.errors import StatutoryError
from statutory.settings import Council
from statutory.warehouse import connection

NOBODY = 65534


@pytest.fixture
def given(monkeypatch, tmp_path):
    """Put settings into the environment, or into the settings file of a project of its own."""
    monkeypatch.setattr(ours, "PROJECT", tmp_path)
    monkeypatch.setitem(ours.Council.model_config, "toml_file", tmp_path / "statutory.toml")

    def put(text="", **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        if text:
            (tmp_path / "statutory.toml").write_text(text)

    yield put
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"STATUTORY_SMTP_PORT": "secret"}, "smtp_port: Input should be a valid integer"),
        ({"STATUTORY_WAIT_UNTIL": "soon"}, "wait_until: Input should be in a valid time format"),
        ({"STATUTORY_UNSUPPLIED": "advocacy_offer"}, 'error parsing value for field "unsupplied"'),
        ({"STATUTORY_UNSUPPLIED": '["advocacy"]'}, "unsupplied: advocacy: no table of the contract"),
        ({"STATUTORY_REQUIRED_SOURCES": '["payroll"]'}, "required_sources: payroll: no source; there are case_system"),
        ({"STATUTORY_DATABASES": '{"payroll": "secret"}'}, "databases: payroll: no source; there are case_system"),
        ({"STATUTORY_DATABASES": '{"hr": {"secret": 1}}'}, "databases.hr: Input should be a valid string"),
    ],
)
def test_a_setting_that_cannot_be_is_named_without_its_value(given, environment, said):
    given(**environment)
    with pytest.raises(StatutoryError) as told:
        ours.Council.of_environment()
    assert said in str(told.value)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_setting_that_does_not_exist_is_named_with_those_that_do(given):
    given('sources = "extracts"')
    with pytest.raises(StatutoryError, match="there is no setting sources; there are home, out, local, warehouse_url"):
        ours.Council.of_environment()


def test_a_settings_file_that_cannot_be_read_is_told_with_the_place(given):
    given("source = extracts")
    with pytest.raises(StatutoryError, match=r"statutory.toml cannot be read: Invalid value \(at line 1, column 10\)"):
        ours.Council.of_environment()


def test_secrets_that_the_user_may_not_read_are_all_named(monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        secrets = Path(folder)
        secrets.chmod(0o755)
        monkeypatch.setattr(ours, "SECRETS", secrets)
        for name, mode in (("airflow_fernet_key", 0o600), ("statutory_warehouse_url", 0o600), ("open", 0o644)):
            (secrets / name).write_text("secret")
            (secrets / name).chmod(mode)
        if os.geteuid():
            for name in ("airflow_fernet_key", "statutory_warehouse_url"):
                (secrets / name).chmod(0)
        said = _as_nobody()
    assert said == (
        f"user {os.geteuid() or NOBODY} may not read {folder}/airflow_fernet_key, {folder}/statutory_warehouse_url:"
        " give the files to that user, see docs/operations.md"
    )


def _as_nobody():
    """What a process says that has not the rights of root."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            ours.refuse_unreadable()
        except StatutoryError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "nonsense secret",
            "the setting warehouse_url is not an address: postgresql://user:password@host:port/database is wanted",
        ),
        ("postgresql://u:secret@127.0.0.1:1/warehouse", "no answer from the warehouse: .*port 1 failed"),
        (
            "postgresql://u:secret@[127.0.0.1/warehouse",
            "the address of the warehouse cannot be read: postgresql://user",
        ),
    ],
)
def test_an_address_at_which_no_server_answers_is_told_without_the_password(given, address, said):
    given(STATUTORY_WAREHOUSE_URL=address)
    with pytest.raises(StatutoryError, match=said) as told:
        connection.reach(Council())
    assert "secret" not in str(told.value)
