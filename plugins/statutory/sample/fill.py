"""Rows of any table of the contract: what a caller does not give is filled so that the contract is kept.

Codes go round the code list, those that hold in the year of the row; references lead to rows that are already recorded;
dates follow each other in the order of the columns.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from statutory.sample.timeline import NEVER, Array, Timeline
from statutory.sources import contract
from statutory.sources.contract import Column, Table

DAY = np.timedelta64(1, "D")
EVER = np.datetime64("1900-01-01", "D")
PLANNED_WORDS = (
    "due",
    "planned",
    "target",
    "expiry",
    "expected",
    "review_date",
    "by",
    "probation",
    "valid_to",
    "valid_from",
)
SYSTEMS = {"case_system": "LCS", "hr": "PeopleFirst", "agency": "StaffBank", "local": "Trackers"}


@dataclass
class World:
    """Tables as far as they are made, by name; each a list of blocks of rows."""

    blocks: dict[str, list[Timeline]] = field(default_factory=dict)

    def add(self, timeline: Timeline) -> Timeline:
        """Keep one block of rows."""
        self.blocks.setdefault(timeline.table.name, []).append(timeline)
        return timeline


@dataclass
class Filler:
    """Fills tables of one block of years, so that a later year's rows leave an earlier year's as they are."""

    world: World
    rng: np.random.Generator
    label: str
    turn: int
    here: dict[str, Timeline] = field(default_factory=dict)
    made: dict[str, list[Timeline]] = field(default_factory=dict)

    def table(
        self,
        name: str,
        base: Array,
        /,
        *,
        delay: int = 2,
        keep: bool = True,
        leaf: bool = False,
        planned: tuple[str, ...] = (),
        follows: dict[str, str] | None = None,
        corrected: tuple[str, tuple[str, ...]] | None = None,
        **filled: Any,
    ) -> Timeline:
        """Make the rows of one table.

        Args:
            name: the table.
            base: the day on which each row comes about.
            delay: days at most until it is entered.
            keep: add it to the world.
            leaf: nothing refers to it, so that a few rows may be deleted later.
            planned: dates that may lie after the night, beside those whose name says so.
            follows: columns that become known with another one.
            corrected: a column that changes now and then, and its wordings.
            filled: columns by name: arrays, or one value for all rows.
        """
        table = contract.table(name)
        base = base.astype("datetime64[D]")
        count = len(base)
        columns: dict[str, Array] = {}
        for column_name, value in filled.items():
            values = np.asarray(value)
            columns[table.column(column_name).name] = np.broadcast_to(values, (count,)) if values.ndim == 0 else values
        if "source_system" in table.column_names and "source_system" not in columns:
            columns["source_system"] = np.full(count, SYSTEMS.get(table.source, "Register"))
            corrected = corrected or ("source_system", (SYSTEMS.get(table.source, "Register"), "Register 2"))
        self._references(table, base, columns)
        step = 0
        for column in table.columns:
            if column.name not in columns:
                step += column.type in ("date", "timestamp")
                columns[column.name] = self._values(table, column, base, step)
        recorded = base.copy()
        hidden = frozenset(planned) | {
            c.name for c in table.columns if any(c.name.endswith(w) or f"{w}_" in c.name for w in PLANNED_WORDS)
        } & {c.name for c in table.columns if c.type == "date"}
        for column in table.columns:
            if column.required == "always" and columns[column.name].dtype.kind == "M" and column.name not in hidden:
                recorded = np.maximum(recorded, columns[column.name].astype("datetime64[D]"))
        recorded = recorded + self.rng.integers(0, delay + 1, count) * DAY
        for column in table.columns:
            if column.targets and column.targets[0][0] != name:
                self._not_before(recorded, columns[column.name], *column.targets[0])
        removed = np.full(count, NEVER)
        if leaf:
            gone = self.rng.random(count) < 0.01
            removed = np.where(gone, recorded + self.rng.integers(20, 900, count) * DAY, removed)
        made = Timeline(table, columns, recorded, removed, follows or {}, frozenset(hidden), corrected)
        self.here[name] = made
        self.made.setdefault(name, []).append(made)
        return self.world.add(made) if keep else made

    def in_turn(self, name: str, column: str, base: Array) -> Array:
        """Codes for rows by their day, so that those of any span of days go round all that hold in it."""
        place = np.argsort(np.argsort(base, kind="stable"), kind="stable")
        return self._codes(contract.table(name).column(column), base, place + self.turn * len(base))

    def _references(self, table: Table, base: Array, columns: dict[str, Array]) -> None:
        """Fill the references that were not given from this block's rows; a row's references agree on its person."""
        wanted = [c for c in table.columns if c.references and c.name not in columns]
        parents = [c for c in wanted if c.targets[0][0] not in ("ssd_person", table.name)]
        persons = [c for c in wanted if c.targets[0][0] == "ssd_person"]
        chosen: dict[str, Array] = {}
        person: Array | None = None
        for column in parents + persons:
            target, key = column.targets[0]
            source = self.here.get(target) or self._static(target)
            if source is None or not len(source):
                columns[column.name] = np.full(len(base), "")
                continue
            if column in persons and person is not None:
                columns[column.name] = person
                continue
            pick = self.rng.integers(0, len(source), len(base))
            chosen[column.name] = pick
            columns[column.name] = source.columns[key][pick]
            # No row before the one it refers to.
            base[:] = np.maximum(base, source.recorded[pick])
            own = next((c.name for c in source.table.columns if c.references.startswith("ssd_person.")), None)
            if own and person is None and column in parents:
                person = source.columns[own][pick]
        for column in wanted:
            if column.targets[0][0] == table.name and column.name not in columns:
                columns[column.name] = np.full(len(base), "")

    def _not_before(self, recorded: Array, values: Array, target: str, key: str) -> None:
        """Let no row be in an extract before the one it refers to."""
        parents = self.made.get(target) or self.world.blocks.get(target, [])
        keys = np.concatenate([np.array([""]), *(parent.columns[key] for parent in parents)])
        since = np.concatenate([recorded[:0], np.array([EVER]), *(parent.recorded for parent in parents)])
        order = np.lexsort((since, keys))
        keys, since = keys[order], since[order]
        place = np.minimum(np.searchsorted(keys, values), len(keys) - 1)
        known = keys[place] == values
        recorded[known] = np.maximum(recorded[known], since[place[known]])

    def _static(self, name: str) -> Timeline | None:
        blocks = self.world.blocks.get(name)
        return blocks[0] if blocks and len(blocks) == 1 else None

    def _values(self, table: Table, column: Column, base: Array, step: int) -> Array:  # noqa: PLR0911
        count = len(base)
        index = np.arange(count) + self.turn * count
        if column.code_list:
            return self._codes(column, base, index)
        if column.type == "date":
            days = base + (step - 1) * self.rng.integers(1, 12, count) * DAY
            return (
                days if column.required == "always" or step < 2 else np.where(index % 5 > 0, days, np.datetime64("NaT"))
            )
        if column.type == "timestamp":
            moment = (base + (step - 1) * DAY).astype("datetime64[m]") + self.rng.integers(540, 1020, count)
            return moment if column.required == "always" else np.where(index % 7 > 0, moment, np.datetime64("NaT"))
        if column.type == "boolean":
            return np.where(index % 2 == 0, "true", "false")
        if column.type == "integer":
            low, high = int(column.minimum or 0), int(column.maximum or 6)
            return (low + self.rng.integers(0, high - low + 1, count)).astype(str)
        if column.type.startswith("numeric"):
            most = float(column.maximum) if column.maximum else 900.0
            return np.char.mod("%.2f", self.rng.random(count) * most)
        if column.type == "jsonb":
            return np.full(count, "{}")
        if column.key and not column.format:
            prefix = "".join(part[0] for part in table.name.removeprefix("ssd_").split("_")).upper()
            return np.char.add(f"{prefix}{self.label}", np.char.mod("%06d", np.arange(count)))
        return self._text(column, base, index)

    def _text(self, column: Column, base: Array, index: Array) -> Array:
        years = base.astype("datetime64[Y]").astype(int) + 1970
        by_format = {
            r"^\d{3}$": np.char.mod("%03d", 990 + index % 10),
            r"^\d{4}-\d{2}$": np.array([f"{y}-{(y + 1) % 100:02d}" for y in years]),
            r"^\d{4} (autumn|spring|summer)$": np.array(
                [f"{y} {('autumn', 'spring', 'summer')[i % 3]}" for y, i in zip(years, index, strict=True)]
            ),
            r"^SW\d+$": np.char.add("SW9", np.char.mod("%06d", index)),
            r"^[A-Z0-9]+$": np.char.add("ZZ", np.char.mod("%05d", index)),
            r"^E\d{8}$": np.char.add("E099", np.char.mod("%05d", index % 100000)),
        }
        if column.format in by_format:
            return by_format[column.format]
        words = np.array(["agreed", "as recorded", "see file", "by team"])
        return words[index % 4] if column.required == "always" else np.where(index % 3 == 0, "", words[index % 4])

    def _codes(self, column: Column, base: Array, index: Array) -> Array:
        codes = contract.code_lists()[column.code_list]
        first = np.array([c.first_year or 0 for c in codes])
        last = np.array([c.last_year or 9999 for c in codes])
        months = base.astype("datetime64[M]").astype(int)
        # The year in which the collection ends: 30 September for the workforce, else 31 March.
        starts = 9 if column.code_list.startswith(("csww.", "local.worker")) else 3
        year = 1970 + months // 12 + (months % 12 >= starts)
        values = np.array([c.code for c in codes])
        position = index % len(codes)
        for _ in range(len(codes)):
            wrong = (year < first[position]) | (year > last[position])
            if not wrong.any():
                break
            position = np.where(wrong, (position + 1) % len(codes), position)
        result: Array = values[position]
        return result
