"""One settings object, read from the environment (`STATUTORY_…`) or `statutory.toml` in the project's root."""

import functools
from datetime import time
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from statutory.paths import PROJECT

# Where a container finds its secrets: the file `statutory_warehouse_url` is the setting of that name.
SECRETS = Path("/run/secrets")


class Settings(BaseSettings):
    """What a council sets; every field has a default that works on a fresh machine."""

    model_config = SettingsConfigDict(
        env_prefix="STATUTORY_",
        toml_file=PROJECT / "statutory.toml",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
        extra="forbid",
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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over secrets in files, those over the settings file."""
        return init_settings, env_settings, file_secret_settings, TomlConfigSettingsSource(settings_cls)


@functools.cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
