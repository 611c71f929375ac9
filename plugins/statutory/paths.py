"""Where the project's own files are; a council's working folders are in the settings."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SQL = PROJECT / "sql"
EXPECTATIONS = PROJECT / "expectations"
DAGS = PROJECT / "dags"
