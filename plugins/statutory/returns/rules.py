"""The numbered validation rules of a return: one file per rule; a year's set runs on the tables of a search path.

`expectations/returns/<return>/<first year>/<code>.sql` holds a rule from its first year on.
A rule is a select of `module` and `row_id`, the rows that fail, and of `field` where not all fields of its header are
meant; a finding about the whole file is `'', -1`.
A rule that lacks a module or column is "not run", never "passed".
"""

import time
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import errors, sql

from statutory import sqlfile
from statutory.errors import SqlFileError
from statutory.paths import EXPECTATIONS
from statutory.returns import layout
from statutory.returns.definition import Return
from statutory.sqlfile import SqlFile
from statutory.warehouse import builder
from statutory.warehouse.connection import Connection

HEADER = ("title", "severity", "fields", "fix")
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
    """One rule as it stands since `first_year`.

    `fields` are the department's columns by module that it is about; `may_lack` the modules that count as empty if
    missing, because the rule also works without them.
    """

    id: str
    return_: Return
    title: str
    severity: str
    first_year: int
    fields: dict[str, list[str]]
    fix: str
    may_lack: tuple[str, ...]
    file: SqlFile


@dataclass(frozen=True)
class Outcome:
    """The result of one rule: its failing rows or why it was not run, and its seconds."""

    rule: Rule
    failures: int
    not_run: str | None
    seconds: float

    @property
    def state(self) -> str:
        """passed, failed or not run."""
        return "not run" if self.not_run else "failed" if self.failures else "passed"


def rules_of(return_: Return, year: int, local: Path) -> dict[str, Rule]:
    """The rules of a return that hold in a year, by their id, those of the council's own folder among them.

    A year has the rules of the years before it, but for those in its `retired.txt` and those its own folder replaces.

    Raises:
        SqlFileError: a header that is not as it has to be, a rule that two files give for one year, or one retired that
            the year before has not.
    """
    found: dict[str, Rule] = {}
    for first_year, folders in sorted(_folders(return_.id, local).items()):
        if first_year > year:
            break
        for folder in folders:
            for code in _retired(folder):
                if found.pop(code, None) is None:
                    raise SqlFileError(f"{return_.id}/{folder.name}/retired.txt: the year before has no rule {code}")
        for folder in folders:
            for path in sorted(folder.glob("*.sql")):
                rule = _rule(sqlfile.read(path, HEADER, OPTIONAL), return_, first_year)
                before = found.get(rule.id)
                if before and before.first_year == first_year:
                    raise SqlFileError(f"{rule.file.label} and {before.file.label} are one rule of one year")
                found[rule.id] = rule
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Difference:
    """The rules of a year against those of another: ids with titles."""

    added: list[Rule]
    changed: list[Rule]
    retired: list[Rule]


def difference(return_: Return, year: int, other: int, local: Path) -> Difference:
    """The rules that another year adds, changes and retires."""
    before, after = rules_of(return_, year, local), rules_of(return_, other, local)
    return Difference(
        added=[rule for code, rule in after.items() if code not in before],
        changed=[rule for code, rule in after.items() if code in before and before[code].file != rule.file],
        retired=[rule for code, rule in before.items() if code not in after],
    )


def _folders(return_id: str, local: Path) -> dict[int, list[Path]]:
    """The folders of each first year, ours and the council's own.

    Raises:
        SqlFileError: rules stand beside the folders of years.
    """
    found: dict[int, list[Path]] = {}
    for root in (EXPECTATIONS, local / "expectations"):
        above = root / "returns" / return_id
        if beside := sorted(above.glob("*.sql")):
            raise SqlFileError(
                f"{return_id}/{beside[0].name} is not in a year folder: move it to the folder of its first year"
            )
        for folder in above.glob("[0-9][0-9][0-9][0-9]"):
            found.setdefault(int(folder.name), []).append(folder)
    return found


def _retired(folder: Path) -> list[str]:
    path = folder / "retired.txt"
    return path.read_text(encoding="utf-8").split() if path.is_file() else []


def _rule(file: SqlFile, return_: Return, first_year: int) -> Rule:
    header: dict[str, Any] = file.header
    if header["severity"] not in SEVERITIES:
        raise SqlFileError(f"{file.label}: severity is {' or '.join(SEVERITIES)}")
    return Rule(
        file.name, return_, header["title"], header["severity"], first_year, header["fields"], header["fix"],
        tuple(header.get("may_lack", ())), file,
    )  # fmt: skip


def run(connection: Connection, chosen: Iterable[Rule], there: AbstractSet[str] | None = None) -> Iterator[Outcome]:
    """Run rules on what the search path shows, one as each outcome is asked for.

    The failing rows replace those of the last run in the temporary table `rule_finding`. A rule that PostgreSQL refuses
    is marked "not run"; the others continue.

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
        layout.make(connection, chosen[0].return_, empty, temporary=True)
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
