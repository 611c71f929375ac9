"""A server whose settings are not those we count on: its own, its database's, its role's, the environment's."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg

from statutory.warehouse.server import Server

SERVER = {
    "DateStyle": "German", "TimeZone": "Pacific/Auckland", "IntervalStyle": "sql_standard", "extra_float_digits": "0",
    "bytea_output": "escape", "standard_conforming_strings": "off", "search_path": "nowhere",
    "transform_null_equals": "on", "jit": "on",
}  # fmt: skip
DATABASE = {
    "DateStyle": "SQL, DMY", "TimeZone": "America/Lima", "default_transaction_isolation": "serializable",
    "default_transaction_read_only": "on", "lock_timeout": "1ms", "xmloption": "document", "array_nulls": "off",
}  # fmt: skip
ROLE = {"IntervalStyle": "iso_8601", "statement_timeout": "20ms", "idle_in_transaction_session_timeout": "20ms"}
ENVIRONMENT = {
    "PGDATESTYLE": "German",
    "PGTZ": "Asia/Tokyo",
    "PGOPTIONS": "-csearch_path=nowhere",
    "PGCLIENTENCODING": "LATIN1",
}


def make(home: Path) -> tuple[Server, dict[str, str]]:
    """Start such a server below a folder; the environment for commands that use a database of it as the warehouse."""
    server = Server(home / "postgres")
    environment = {"LOCPATH": str(locale(home / "locales"))}
    before = dict(os.environ)
    os.environ.update(environment)  # the server takes it along
    try:
        server.up()
    finally:
        os.environ.clear()
        os.environ.update(before)
    with psycopg.connect(server.url("postgres"), autocommit=True) as opened:
        opened.execute(
            "create database hostile template template0 encoding 'UTF8' locale_provider libc"
            " lc_collate 'mixed' lc_ctype 'C.UTF-8'"
        )
        for name, value in SERVER.items():
            opened.execute(f"alter system set {name} = '{value}'")
        for name, value in DATABASE.items():
            opened.execute(f"alter database hostile set {name} = '{value}'")
        for name, value in ROLE.items():
            opened.execute(f"alter role statutory in database hostile set {name} = '{value}'")
        opened.execute("select pg_reload_conf()")
    return server, environment | ENVIRONMENT | {"STATUTORY_WAREHOUSE_URL": server.url("hostile")}


def locale(folder: Path) -> Path:
    """Make a locale that sorts as a language does, both cases of a letter side by side; the folder it is in."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    named = {c: f"<U{ord(c):04X}>" for c in letters + letters.upper() + "0123456789"}
    ordered = [named[c] for letter in letters for c in (letter, letter.upper())] + [named[c] for c in "0123456789"]
    kinds = [
        f"{kind} {';'.join(named[c] for c in of)}" for kind, of in (("upper", letters.upper()), ("lower", letters))
    ]
    source = ["LC_CTYPE", *kinds, "END LC_CTYPE", "LC_COLLATE", "order_start forward", *ordered, "UNDEFINED",
              "order_end", "END LC_COLLATE"]  # fmt: skip
    folder.mkdir(mode=0o755)
    (folder / "source").write_text("\n".join(["comment_char %", "escape_char /", *source, ""]))
    # It warns of the categories that are not there.
    subprocess.run(["localedef", "-c", "-i", folder / "source", folder / "mixed"], capture_output=True, check=False)
    return folder


CAN_BE = shutil.which("localedef") is not None
