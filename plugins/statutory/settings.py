"""A council's settings, from the environment (`STATUTORY_…`) or `statutory.toml` in the project's root."""

import os
import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from statutory.errors import StatutoryError
from statutory.paths import PROJECT

# Where a container finds its secrets: the file `statutory_warehouse_url` is the setting of that name.
SECRETS = Path("/run/secrets")


class Council(BaseSettings):
    """A council's settings, folders and warehouse; every field has a default that works on a fresh machine.

    A command or task creates it with `of_environment` and passes it on.
    """

    model_config = SettingsConfigDict(
        env_prefix="STATUTORY_",
        toml_file=PROJECT / "statutory.toml",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(PROJECT / ".statutory", description="Working files: the embedded server, logs, the sample.")
    out: Path = Field(PROJECT / "out", description="Where each night's files are written.")
    local: Path = Field(PROJECT / "local", description="The council's own SQL files, read beside the project's.")
    warehouse_url: SecretStr | None = Field(
        None, description="A PostgreSQL (16 or newer) used instead of the embedded server; postgresql://user@host/db."
    )
    source: Path | None = Field(None, description="Folder of extracts: <night>/<source>/<table>.csv.")
    databases: dict[str, SecretStr] = Field(
        {}, description="By source, the SQLAlchemy address of a database that it is read from instead of files."
    )
    wait_until: time = Field(
        time(5), description="Until when, London time, a scheduled night waits for its folder of extracts."
    )
    unsupplied: frozenset[str] = Field(frozenset(), description="Tables of the contract the council does not supply.")
    required_sources: frozenset[str] = Field(
        frozenset({"case_system"}), description="Sources without which a night is not published."
    )
    accepted_checks: frozenset[str] = Field(
        frozenset(), description="Critical checks that only warn for now, such as hr_worker/half."
    )
    notice_webhook: SecretStr | None = Field(None, description="Where notices of failures are posted, as JSON.")
    notice_email_to: str = Field("", description="Who gets notices of failures; several with commas between.")
    notice_email_from: str = Field("statutory@localhost", description="Whom notices come from.")
    smtp_host: str = Field("localhost", description="The mail server that takes notices.")
    smtp_port: int = Field(25, description="Its port.")

    @field_validator("unsupplied", "required_sources", "databases")
    @classmethod
    def _is_of_the_contract(cls, names: Any, told: ValidationInfo) -> Any:
        from statutory.sources import contract

        is_table = told.field_name == "unsupplied"
        known = contract.tables() if is_table else contract.SOURCES
        if unknown := sorted(set(names) - set(known)):
            said = "no table of the contract" if is_table else f"no source; there are {', '.join(known)}"
            raise ValueError(f"{', '.join(map(_name, unknown))}: {said}")
        return names

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment takes precedence over secret files, and these over the settings file."""
        return init_settings, env_settings, file_secret_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def of_environment(cls) -> Self:
        """The council of the environment and the settings file now; its warehouse may be Airflow's connection.

        Raises:
            StatutoryError: a setting cannot be what it is, is not known, or its file cannot be read; names, no values.
        """
        refuse_unreadable()
        try:
            council, given = cls(), os.environ.get("AIRFLOW_CONN_STATUTORY_WAREHOUSE")
            return council.model_copy(update={"warehouse_url": council.warehouse_url or (given and SecretStr(given))})
        except ValidationError as error:
            said = "; ".join(map(_told, error.errors(include_url=False, include_input=False)))
            raise StatutoryError(f"a setting is not valid: {said}") from None
        except SettingsError as error:  # its text names the setting
            raise StatutoryError(f"a setting cannot be taken: {error}; several values are written as JSON") from None
        except tomllib.TOMLDecodeError as error:
            raise StatutoryError(f"statutory.toml cannot be read: {error}") from None
        except UnicodeDecodeError:
            raise StatutoryError("statutory.toml, or a file of a secret, is not in UTF-8: save it as UTF-8") from None


def _told(error: ErrorDetails) -> str:
    name, *within = (_name(str(part)) for part in error["loc"])
    name = name.removeprefix("STATUTORY_").lower()
    if error["type"] == "extra_forbidden":
        return f"there is no setting {name}; there are {', '.join(Council.model_fields)}"
    return f"{'.'.join([name, *within])}: {error['msg'].removeprefix('Value error, ')}"


def _name(said: str) -> str:
    """The value if it can be a name; otherwise hidden, because it may be an address with a password."""
    return said if re.fullmatch(r"\w{1,63}", said) else "(no name)"


def refuse_unreadable() -> None:
    """Name every secret and settings file that this process's user may not read, also those of Airflow alone."""
    folders = [SECRETS] if SECRETS.is_dir() else []
    files = [
        *folders,
        *(file for folder in folders if os.access(folder, os.R_OK | os.X_OK) for file in folder.iterdir()),
    ]
    files += [PROJECT / "statutory.toml"] if (PROJECT / "statutory.toml").exists() else []
    if refused := [str(file) for file in files if not os.access(file, os.R_OK)]:
        names = ", ".join(sorted(refused))
        raise StatutoryError(
            f"user {os.geteuid()} may not read {names}: give the files to that user, see docs/operations.md"
        )
