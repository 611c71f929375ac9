"""The numbered validation rules of a return: one file a rule, run as the year has them on what a search path shows.

A rule is a select of `module` and `row_id`, the rows that fail, and of `field` where not all fields of its header are
meant; a finding about the whole file is `'', -1`.
What a rule reads and does not find makes it not run, never passed.
"""

import time
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from psycopg import errors, sql

from statutory import sqlfile
from statutory.errors import SqlFileError
from statutory.returns import layout
from statutory.sqlfile import SqlFile
from statutory.warehouse import builder
from statutory.warehouse.connection import Connection

HEADER = ("rule", "return", "title", "severity", "years", "fields", "fix")
OPTIONAL = ("sources", "may_lack")
SEVERITIES = ("error", "query")
_KEPT = "pg_temp.rule_finding"
_FINDING = f"""
create temporary table rule_finding (
    rule text, module text, row_id bigint, field text, primary key (rule, module, row_id, field)
);
grant insert on rule_finding to {builder.ROLE}
"""


@dataclass(frozen=True)
class Rule:
    """One rule as some years have it.

    `fields` are the department's columns by module that it is about; `may_lack` the modules that count as empty where
    they are not there, since the rule has something to say without them.
    """

    id: str
    return_id: str
    title: str
    severity: str
    first_year: int
    last_year: int | None
    fields: dict[str, list[str]]
    fix: str
    may_lack: tuple[str, ...]
    file: SqlFile


@dataclass(frozen=True)
class Outcome:
    """What became of one rule: its failing rows, or why it was not run; seconds it took."""

    rule: Rule
    failures: int
    not_run: str | None
    seconds: float

    @property
    def state(self) -> str:
        """passed, failed or not run."""
        return "not run" if self.not_run else "failed" if self.failures else "passed"


def rules_of(return_id: str, year: int) -> dict[str, Rule]:
    """The rules of a return that hold in a year, by their id, the council's own among them.

    Raises:
        SqlFileError: a header that is not as it has to be, or two files that give one rule for one year.
    """
    found: dict[str, Rule] = {}
    for file in sqlfile.folder(f"expectations/returns/{return_id}", HEADER, OPTIONAL):
        rule = _rule(file, return_id)
        if rule.first_year <= year <= (rule.last_year or year):
            if rule.id in found:
                raise SqlFileError(f"{file.label} and {found[rule.id].file.label} both give rule {rule.id} for {year}")
            found[rule.id] = rule
    return found


def _rule(file: SqlFile, return_id: str) -> Rule:
    header: dict[str, Any] = file.header
    first, last = sqlfile.years(file)
    if header["severity"] not in SEVERITIES:
        raise SqlFileError(f"{file.label}: severity is {' or '.join(SEVERITIES)}")
    if header["return"] != return_id:
        raise SqlFileError(f"{file.label} stands in the folder of {return_id}, its header says {header['return']}")
    return Rule(
        id=str(header["rule"]),
        return_id=return_id,
        title=header["title"],
        severity=header["severity"],
        first_year=first,
        last_year=last,
        fields=header["fields"],
        fix=header["fix"],
        may_lack=tuple(header.get("may_lack", ())),
        file=file,
    )


def run(connection: Connection, chosen: Iterable[Rule], there: AbstractSet[str] | None = None) -> Iterator[Outcome]:
    """Run rules on what the search path shows, one as each outcome is asked for.

    The failing rows go into the temporary table `rule_finding`, in the place of those of the last run. A rule that
    PostgreSQL refuses is not run and says so; the others go on.

    Args:
        connection: its search path shows the modules.
        chosen: the rules.
        there: the tables that mean something, in lower case, where not all that the search path shows do.
    """
    chosen = list(chosen)
    wanted = {name for rule in chosen for name in rule.file.reads}
    found = {
        name
        for (name,) in connection.execute(
            "select name from unnest(%s::text[]) as wanted (name) where to_regclass(lower(name)) is not null",
            ([_KEPT, *wanted],),
        )
    }
    connection.execute("delete from rule_finding" if _KEPT in found else _FINDING)
    shown = found if there is None else {name for name in found if name.lower() in there}
    empty = sorted({name for rule in chosen for name in rule.may_lack if name in wanted - found})
    if empty:
        layout.make(connection, chosen[0].return_id, empty, temporary=True)
    volatile = builder.volatile(connection, {call for rule in chosen for call in rule.file.calls})
    builder.lend(connection)
    for rule in chosen:
        yield _run(connection, rule, rule.file.reads - shown - set(rule.may_lack), volatile)
    for name in empty:
        connection.execute(sql.SQL("drop table pg_temp.{}").format(sql.Identifier(name.lower())))


def _run(connection: Connection, rule: Rule, absent: AbstractSet[str], volatile: AbstractSet[str]) -> Outcome:
    started = time.monotonic()
    failures, refused = 0, None
    # A select is put in as it stands: its braces are its own.
    statement = (
        sql.SQL("insert into rule_finding select distinct {}, failing.module, failing.row_id, {} from ").format(
            sql.Literal(rule.id), sql.SQL("failing.field" if "field" in rule.file.columns else "''")
        )
        + builder.made_of(rule.file)
        + sql.SQL(" as failing")
    )
    try:
        if absent:
            refused = f"{', '.join(sorted(absent))} {'is' if len(absent) == 1 else 'are'} not there"
        else:
            builder.refuse(rule.file, volatile)
            failures = builder.attempt(connection, statement)
    except errors.Error as error:
        refused = f"PostgreSQL refused it with {error.sqlstate}"
    except SqlFileError as error:
        refused = str(error)
    return Outcome(rule, failures, refused, time.monotonic() - started)
