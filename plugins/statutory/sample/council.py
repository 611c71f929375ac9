"""Write the extracts of the synthetic council, one folder per night."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from statutory.errors import SourceError
from statutory.paths import SQL
from statutory.sample import care, inspection, people, scrutiny, workforce
from statutory.sample import children as childrens_records
from statutory.sample.calendar import last_day, working_days
from statutory.sample.children import Desk
from statutory.sample.defects import ANNEX_TABLES, CENSUS_TABLES, Defect, annex_defects, census_defects, spoil
from statutory.sample.fill import Filler, World
from statutory.sample.timeline import Array
from statutory.sources import contract

FIRST_NIGHT = date(2025, 11, 14)
FIRST_YEAR = 2019  # of children's records
WHOLE_FROM = date(FIRST_YEAR + 1, 1, 1)
LEAVERS_YEAR = 2017  # when children of sixteen came into care, who are care leavers today
COUNCIL = ("990", "Elmbourne")
NEIGHBOURS = (
    "Harrowmere",
    "Stonebridge Vale",
    "Larkhaven",
    "Oakminster",
    "Wyndale",
    "Ashcombe",
    "Fernleigh",
    "Goldthorpe Bay",
    "Merrowby",
)
SHIPPED_ONLY = frozenset({"calendar_day", "allocated_role", "benchmark", "worker_link_override"})
DEFECT_COLUMNS = ("night", "source", "table", "row", "key", "column", "kind", "rule")


def write(
    out: Path,
    *,
    children: int,
    nights: int,
    until: date,
    seed: int,
    defects: bool = True,
    census: bool = False,
    annex: bool = False,
) -> None:
    """Write `nights` nights up to and including `until`: `out/<night>/<source>/<table>.csv`, and `out/defects.csv`.

    A night's files depend on the seed, the number of children and the night alone, so a later night written into the
    same folder leaves the earlier ones as they are. `children` is how many are known on `FIRST_NIGHT`, about. `defects`
    puts in what extracts have, `census` what breaks rules of the workforce census, each one, `annex` those of Annex A.

    Raises:
        SourceError: a night before the council's records are whole, or after the shipped calendar.
    """
    first, last = until - timedelta(days=nights - 1), last_day()
    if first < WHOLE_FROM or until > last:
        raise SourceError(f"the synthetic council has nights from {WHOLE_FROM} to {last}, not {first} to {until}")
    world = _world(children, until.year, seed)
    found: list[tuple[object, ...]] = []
    for back in range(nights - 1, -1, -1):
        night = until - timedelta(days=back)
        found += _night(world, out / f"{night:%Y-%m-%d}", night, seed, defects=defects, census=census, annex=annex)
    _write_defects(out / "defects.csv", found)


def _world(children: int, last_year: int, seed: int) -> World:
    world = World()
    once = Filler(world, np.random.default_rng([seed, 0]), "", 0)
    holders = people.write(once, workforce.make(seed))
    _static(once)
    desk = Desk(holders)
    rate = children / ((FIRST_NIGHT - date(FIRST_YEAR, 1, 1)).days + 1)
    before = Filler(world, np.random.default_rng([seed, LEAVERS_YEAR]), str(LEAVERS_YEAR % 100), 0, dict(once.here))
    childrens_records.write(before, LEAVERS_YEAR, 40 + children // 50, desk, leavers=True)
    for year in range(FIRST_YEAR, last_year + 1):
        filler = Filler(world, np.random.default_rng([seed, year]), str(year % 100), year - FIRST_YEAR, dict(once.here))
        count = round(rate * 365)
        childrens_records.write(filler, year, count, desk)
        scrutiny.of_workers(filler, holders, year)
        _rest(filler, year, count)
    return world


def _static(filler: Filler) -> None:
    """Tables that do not grow with the children: authorities, parameters, registers, census items, pay."""
    early = np.datetime64("2008-01-01")

    def at(count: int) -> Array:
        return np.full(count, early)

    names = [COUNCIL[1], *NEIGHBOURS]
    regions = [c.code for c in contract.code_lists()["local.region"]]
    filler.table(
        "authority",
        at(10),
        delay=0,
        la_code=[str(990 + i) for i in range(10)],
        valid_from=early,
        valid_to=np.datetime64("NaT"),
        la_name=names,
        region=[regions[(6 + i) % 9] for i in range(10)],
    )
    with (SQL / "ref" / "local_parameter.csv").open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    filler.table(
        "local_parameter",
        at(len(shipped) + 1),
        delay=0,
        name=[r["name"] for r in shipped] + ["own_la"],
        valid_from=early,
        valid_to=np.datetime64("NaT"),
        value=[r["value"] for r in shipped] + [COUNCIL[0]],
        approved_by="director of children's services",
    )
    census = list(range(2025, 2031))
    census_items = [c.code for c in contract.code_lists()["local.csww_la_item.item"]]
    pairs = [(y, item) for y in census for item in census_items]
    filler.table(
        "csww_la_item",
        np.array([np.datetime64(f"{y}-09-01") for y, _ in pairs]),
        delay=0,
        census_year=[str(y) for y, _ in pairs],
        item=[i for _, i in pairs],
        value=["none" if i == "OtherAllowances" else str(n % 3) for n, (_, i) in enumerate(pairs)],
    )
    holders = filler.here["hr_worker"]
    paid = [
        (w, y)
        for w, start in zip(holders.columns["worker_id"], holders.recorded, strict=True)
        for y in census
        if start <= np.datetime64(f"{y}-09-30")
    ]
    filler.table(
        "hr_payment",
        np.array([np.datetime64(f"{y}-09-30") for _, y in paid]),
        delay=0,
        worker_id=[w for w, _ in paid],
        census_year=[str(y) for _, y in paid],
    )
    contracts = filler.here["hr_contract"]
    every = np.arange(0, len(contracts), 2)
    start = contracts.columns["start_date"][every] + 45 * np.timedelta64(1, "D")
    end = start + filler.rng.integers(0, 20, len(every)) * np.timedelta64(1, "D")
    within = np.isnat(contracts.columns["end_date"][every]) | (contracts.columns["end_date"][every] > end)
    filler.table(
        "hr_absence",
        start[within],
        worker_id=contracts.columns["worker_id"][every][within],
        absence_type=np.where(
            np.arange(within.sum()) % 4 > 0,
            "sickness",
            np.array(["maternity", "paternity_adoption", "career_break", "suspension", "study", "other"])[
                np.arange(within.sum()) // 4 % 6
            ],
        ),
        start_date=start[within],
        end_date=end[within],
        working_days_lost=working_days(start[within], end[within]).astype(str),
    )
    months = np.arange(np.datetime64("2019-01"), np.datetime64("2031-01")).astype("datetime64[D]")
    groups = [c.code for c in contract.code_lists()["local.hr_post.role_group"]]
    filler.table(
        "hr_pay_summary",
        np.repeat(months, len(groups)),
        delay=0,
        month=np.repeat(months, len(groups)),
        role_group=np.tile(groups, len(months)),
        fte_paid="12.000000",
    )
    caps = [c.code for c in contract.code_lists()["local.agency_assignment.role_group"]]
    filler.table(
        "agency_rate_cap",
        at(len(caps)),
        delay=0,
        region="London",
        role_group=caps,
        valid_from=np.datetime64("2025-10-01"),
        valid_to=np.datetime64("NaT"),
        cap_hour="38.00",
    )
    bookings = filler.here["agency_assignment"]
    first = bookings.columns["start_date"] + 10 * np.timedelta64(1, "D")
    sunday = first + (6 - (first.astype(np.int64) + 3) % 7) * np.timedelta64(1, "D")
    filler.table(
        "agency_invoice",
        sunday,
        assignment_id=bookings.columns["assignment_id"],
        week_ending=sunday,
        hours="35.00",
        amount_net="1435.00",
        invoice_date=sunday + 3,
    )
    postcodes = ["EB11AA", "EB12BB", "EB23CC", "EB24DD", *(f"ZZ{n:05d}" for n in range(36))]
    places = filler.table("postcode_la", at(len(postcodes)), postcode=postcodes)
    places.columns["la_code"][:3] = COUNCIL[0]
    filler.table("provider_register", np.datetime64("2019-03-01") + np.arange(21) * 60 * np.timedelta64(1, "D"))
    scrutiny.surveys(filler)
    care.adopters(filler, np.datetime64("2019-03-01") + np.arange(72) * 60 * np.timedelta64(1, "D"))
    inspection.write(filler)
    for name, count in (("scrutiny_event", 96), ("court_feedback", 96)):
        filler.table(name, np.datetime64("2019-03-01") + np.arange(count) * 45 * np.timedelta64(1, "D"))
    years = [str(y) for y in range(2019, 2031)]
    filler.table(
        "population", at(len(years)), area_code=COUNCIL[0], mid_year=years, pop_0_17="41250", vintage="made up", delay=0
    )
    bands = [
        (y, a, e) for y in years for a in ("0-17", "18+", "all") for e in ("White", "Mixed", "Asian", "Black", "Other")
    ]
    filler.table(
        "population_group",
        at(len(bands)),
        area_code=COUNCIL[0],
        year=[b[0] for b in bands],
        age_band=[b[1] for b in bands],
        ethnic_group=[b[2] for b in bands],
        people="8250",
        vintage="made up",
        delay=0,
    )
    filler.table("ssd_version_log", at(1), version_number="1.0", is_current="true", delay=0)


# Rows for each hundred children a year; more where a code list needs them.
RATES = {
    "ssd_disability": 12,
    "ssd_linked_identifiers": 20,
    "ssd_voice_of_child": 20,
    "ssd_early_help_episodes": 25,
    "ssd_cla_previous_permanence": 8,
    "ssd_send": 15,
    "ssd_ehcp_requests": 10,
    "ssd_ehcp_assessment": 8,
    "ssd_ehcp_named_plan": 8,
    "ssd_ehcp_active_plans": 8,
    "ssd_sen_need": 10,
    "ssd_pre_proceedings": 6,
    "ssd_s251_finance": 6,
    "ssd_api_data_staging": 5,
    "cp_transfer": 3,
    "ltf_match": 4,
    "connected_carer": 4,
    "pre_proceedings": 6,
    "private_fostering": 3,
    "private_fostering_visit": 6,
    "ehe_register": 6,
    "ehc_case": 8,
    "school_attendance": 30,
    "yj_intervention": 6,
    "homeless_1617": 4,
    "iro_challenge": 8,
}


HELP = ("parenting support", "school attendance", "parental mental health", "housing and debt", "behaviour at home")
ENDS = ("outcomes met", "outcomes met", "family withdrew", "stepped up to social care", "outcomes met", "moved away")
HELPERS = ("family hub", "primary school", "health visiting", "housing association")


def _rest(filler: Filler, year: int, count: int) -> None:
    """Everything else that hangs on the children of a block, by the contract alone."""
    begin = np.datetime64(f"{year}-01-01")
    for name, rate in RATES.items():
        table = contract.table(name)
        codes = max((len(contract.code_lists()[c.code_list]) for c in table.columns if c.code_list), default=4)
        rows = max(count * rate // 100, min(codes, 24) // 3 + 2)
        base = begin + filler.rng.integers(0, 365, rows) * np.timedelta64(1, "D")
        given: dict[str, Any] = {}
        if name == "pre_proceedings":
            homes = filler.here["ssd_family"]
            pick = filler.rng.integers(0, len(homes), rows)
            given = {
                "person_id": homes.columns["fami_person_id"][pick],
                "family_id": homes.columns["fami_family_id"][pick],
            }
            base = np.maximum(base, homes.recorded[pick])
        if name == "ssd_early_help_episodes":
            helped = filler.here["ssd_person"]
            pick = filler.rng.permutation(len(helped))[:rows]
            turn = np.arange(len(pick))
            given = {
                "earl_person_id": helped.columns["pers_person_id"][pick],
                "earl_episode_reason": np.array(HELP)[turn % len(HELP)],
                "earl_episode_end_reason": np.array(ENDS)[turn % len(ENDS)],
                "earl_episode_organisation": np.array(HELPERS)[turn % len(HELPERS)],
            }
            base = np.maximum(base, helped.recorded[pick])
        if name == "ssd_pre_proceedings":
            given = {"prep_plo_family_id": np.full(rows, "")}
        if table.key and any(table.column(k).references for k in table.key):
            # One row a key: each parent once.
            column = next(table.column(k) for k in table.key if table.column(k).references)
            target, field = column.targets[0]
            parent = filler.here[target]
            pick = filler.rng.permutation(len(parent))[:rows]
            base = np.maximum(base[: len(pick)], parent.recorded[pick])
            given[column.name] = parent.columns[field][pick]
        filler.table(name, base, leaf=name == "school_attendance", **given)


def _text(world: World, name: str, night: date) -> dict[str, list[str]]:
    """The columns of a table as a night's extract has them."""
    columns: dict[str, list[str]] = {column: [] for column in contract.table(name).column_names}
    for block in world.blocks[name]:
        for column, values in block.text(np.datetime64(night, "D")).items():
            columns[column] += values
    return columns


def _night(
    world: World, folder: Path, night: date, seed: int, *, defects: bool, census: bool, annex: bool
) -> list[tuple[object, ...]]:
    planned: list[tuple[str, str, str, int, str, str]] = []  # kind, table, column, row, value, rule
    if census:
        for defect, row in census_defects({name: _text(world, name, night) for name in CENSUS_TABLES}, night, seed):
            planned.append(("census", defect.table, defect.column, row, defect.value, defect.rule))
    if annex:
        for one, row, value in annex_defects({name: _text(world, name, night) for name in ANNEX_TABLES}, night, seed):
            planned.append(("annex", one.table, one.column, row, value, one.rule))
    found: list[tuple[object, ...]] = []
    for table in contract.tables().values():
        if table.name in SHIPPED_ONLY:
            continue
        columns = _text(world, table.name, night)
        marks: list[Defect] = spoil(table, columns, night, seed) if defects else []
        for kind, name, column, row, value, rule in planned:
            if name == table.name:
                columns[column][row] = value
                key = "/".join(columns[k][row] for k in table.key)
                marks.append(Defect(row + 1, key, column, kind, rule))
        found += [(night, table.source, table.name, m.row, m.key, m.column, m.kind, m.rule) for m in marks]
        path = folder / table.source / f"{table.name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_csv(path, columns)
    return found


def _write_csv(path: Path, columns: dict[str, list[str]]) -> None:
    quoted = [
        [_quote(v) for v in values] if any(_needs_quotes(v) for v in values) else values for values in columns.values()
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(columns) + "\n")
        file.write("".join(f"{line}\n" for line in map(",".join, zip(*quoted, strict=True))))


def _needs_quotes(value: str) -> bool:
    return "," in value or '"' in value or "\n" in value


def _quote(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _needs_quotes(value) else value


def _write_defects(path: Path, found: list[tuple[object, ...]]) -> None:
    """Add to what is there, so that nights written later stand beside earlier ones."""
    nights = {str(row[0]) for row in found}
    kept: list[list[str]] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            kept = [row for row in list(csv.reader(file))[1:] if row[0] not in nights]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(DEFECT_COLUMNS)
        writer.writerows(sorted([*kept, *([str(v) for v in row] for row in found)]))
