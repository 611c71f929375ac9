"""Worker records made to published counts: totals inside the rounding, then people who add up to them.

The figures are the department's (Children's social work workforce, reporting year 2025, Open Government Licence v3.0).
"""

import csv
import itertools
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

FILE = Path(__file__).parents[1] / "cases" / "csww_published.csv"
FTES = ("inpost_fte", "starters_fte", "leavers_fte", "agency_fte", "agency_cover_fte", "vacancy_fte")
COUNTS = (*FTES, "inpost_headcount", "starters_headcount", "leavers_headcount", "agency_headcount", "case_holders_fte",
          "cases", "working_days_lost_fte")  # fmt: skip
HALF = Decimal("0.05")
STEP = Decimal("0.01")
MILLIONTH = Decimal("0.000001")
COLUMNS = ("AgencyWorker", "SWENo", "PersonBirthDate", "Sex", "Ethnicity", "FTE", "FTE30", "RoleStartDate",
           "RoleEndDate", "Cases30", "WorkingDaysLost")  # fmt: skip


class Impossible(Exception):
    """No records can have these published counts; the text says why."""


def authority_years():
    """The rows of the publication that have every count as a number."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(_is_number(row[name]) for name in COUNTS)]


def _is_number(text):
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True


@dataclass(frozen=True)
class Totals:
    """Unrounded totals that round to the published ones, and to the published rates."""

    inpost: Decimal
    starters: Decimal
    leavers: Decimal
    agency: Decimal
    cover: Decimal
    vacancy: Decimal
    holders: tuple[Decimal, Decimal]
    days: Decimal
    begun_and_left: int


def _around(text):
    """What rounds, halves up, to a printed figure; a printed 0 is a true one."""
    value = Decimal(text)
    return (value, value + MILLIONTH) if value == 0 else (value - HALF, value + HALF)


def _rate(text):
    return (Decimal(0), HALF) if text == "low" else _around(text)


def _grid(low, high):
    """Hundredths from the middle outwards that lie in a half-open interval."""
    if low >= high:
        return []
    first = (low / STEP).to_integral_value(rounding="ROUND_CEILING") * STEP
    found = []
    while first < high:
        found.append(first)
        first += STEP
    middle = (low + high) / 2
    return sorted(found, key=lambda value: abs(value - middle))


def _both(*intervals):
    return max(low for low, _ in intervals), min(high for _, high in intervals)


def _of_people(row, name):
    """What rounds to hours that are printed, and is not more than a full-time equivalent a person."""
    low, high = _around(row[f"{name}_fte"])
    return low, min(high, Decimal(row[f"{name}_headcount"]) + MILLIONTH)


def totals(row):
    """Totals of one authority-year that are inside all roundings, the likeliest first."""
    year = int(row["time_period"])
    working = Decimal(254 if year % 4 == 0 else 253)
    for inpost in _grid(*_of_people(row, "inpost")):
        share = [Decimal(bound) / 100 for bound in _rate(row["turnover_rate_fte"])]
        leavers = _grid(*_both(_of_people(row, "leavers"), (share[0] * inpost, share[1] * inpost)))
        share = [bound / 100 for bound in _rate(row["absence_rate_fte"])]
        low, high = share[0] * inpost * working, share[1] * inpost * working
        days = _grid(*_both(_around(row["working_days_lost_fte"]), (low, high)))
        share = [bound / 100 for bound in _rate(row["agency_rate_fte"])]
        agencies = _grid(*_both(_of_people(row, "agency"), tuple(inpost * q / (1 - q) for q in share)))
        share = [bound / 100 for bound in _rate(row["vacancy_rate_fte"])]
        vacancies = _grid(*_both(_around(row["vacancy_fte"]), tuple(inpost * q / (1 - q) for q in share)))
        holders = _around(row["case_holders_fte"])
        if row["caseload_fte"] not in ("z",) and Decimal(row["cases"]):
            low, high = _rate(row["caseload_fte"])
            holders = _both(holders, (Decimal(row["cases"]) / high + MILLIONTH, Decimal(row["cases"]) / low))
        if not (leavers and days and holders[0] < holders[1]):
            continue
        for agency, vacancy in itertools.product(agencies, vacancies):
            wanted = [_around(row["agency_cover_fte"])]
            for name, base in (("agency_cover_rate_fte", agency), ("vacancy_agency_cover_rate_fte", vacancy)):
                if row[name] == "u":
                    wanted.append((base + MILLIONTH, Decimal("Infinity")))
                elif row[name] == "z":
                    wanted.append((Decimal(0), Decimal("Infinity")) if base == 0 else (Decimal(1), Decimal(0)))
                else:
                    low, high = (bound * base / 100 for bound in _rate(row[name]))
                    wanted.append((low, min(high, base + MILLIONTH)))  # above a hundred another symbol is printed
            for cover, (starters, begun) in itertools.islice(
                itertools.product(_grid(*_both(*wanted)), _starters(row, inpost, leavers[0])), 6
            ):
                yield Totals(inpost, starters, leavers[0], agency, cover, vacancy, holders, days[0], begun)


def _starters(row, inpost, leavers):
    """Hours of those who began, and how many of them left again, so that everybody else in post fits into the rest."""
    people = {name: int(row[f"{name}_headcount"]) for name in ("inpost", "starters", "leavers")}
    for begun in range(min(people["starters"], people["leavers"]) + 1):
        stayed = people["starters"] - begun
        others = people["inpost"] - stayed
        if others < 0 or leavers > people["leavers"] - begun:
            continue
        within = (max(Decimal(0), inpost - others), min(inpost, Decimal(stayed)) + MILLIONTH)
        for fte in _grid(*_both(_around(row["starters_fte"]), within)):
            yield fte, begun


def _cell(people, fte):
    """Hours of so many people that add up to a total; in millionths, none above 1."""
    if not people:
        if fte:
            raise Impossible("hours without people")
        return []
    if fte > people or fte < 0:
        raise Impossible("more full-time equivalents than people")
    base = (fte / people).quantize(MILLIONTH, ROUND_FLOOR)
    more = int((fte - base * people) / MILLIONTH)
    return [base + MILLIONTH] * more + [base] * (people - more)


def _split(people, fte, wanted):
    """How many of a group have the wanted hours in all, so that both parts can be made; None when it cannot be."""
    ceiling = [int(part.to_integral_value(rounding="ROUND_CEILING")) for part in (wanted, fte - wanted)]
    if sum(ceiling) > people:
        return None
    share = round(people * wanted / fte) if fte else 0
    if not wanted:
        return 0
    if wanted == fte:
        return people
    return max(ceiling[0], min(people - ceiling[1], share))


def _holders(groups, interval):
    """For each group of (people, hours): people and hours that hold cases, within an interval of hours.

    Where everybody is full time only whole people can be told apart, so one group brings the fraction.
    """
    low, high = interval
    middle = (low + high) / 2
    everybody = sum(fte for _, fte in groups)
    candidates = {everybody, *(low + (high - low) * n / 12 for n in range(1, 12))}
    candidates |= {part + whole for _, part in groups for whole in range(int(high) + 1)}
    tried = sorted((c.quantize(MILLIONTH) for c in candidates if low <= c < high), key=lambda c: abs(c - middle))
    for wanted in tried:
        for order in itertools.permutations(range(len(groups))):
            if (chosen := _chosen(groups, order, wanted)) is not None:
                return chosen
    raise Impossible("no set of people has the hours of the case holders")


def _chosen(groups, order, wanted):
    """The first group of an order whole or in part, the second in whole people, the third what is left."""
    first, second, third = order
    for taken in dict.fromkeys((min(wanted, groups[first][1]), Decimal(0))):
        whole = min(wanted - taken, groups[second][1])
        for also in dict.fromkeys((whole, whole.to_integral_value(ROUND_FLOOR), Decimal(0))):
            parts = {first: taken, second: also, third: wanted - taken - also}
            heads = {place: _split(*groups[place], part) for place, part in parts.items() if part <= groups[place][1]}
            if len(heads) == len(groups) and None not in heads.values():
                return [(heads[place], parts[place]) for place in range(len(groups))]
    return None


def records(row):
    """The authority's own items and its worker records, as rows of text under COLUMNS; Impossible says why not."""
    reason = Impossible("no totals round to all the counts and rates printed")
    for name in ("inpost", "leavers", "starters", "agency"):
        if Decimal(row[f"{name}_fte"]) - HALF > Decimal(row[f"{name}_headcount"]):
            hours, people = row[f"{name}_fte"], row[f"{name}_headcount"]
            raise Impossible(f"{hours} full-time equivalents of {people} people ({name})")
    for found in itertools.islice(totals(row), 400):
        try:
            return _records(row, found)
        except Impossible as why:
            reason = why
    raise reason


def _records(row, found):
    year = int(row["time_period"])
    heads = {name: int(row[f"{name}_headcount"]) for name in ("inpost", "starters", "leavers", "agency")}
    started = heads["starters"] - found.begun_and_left
    groups = [
        (heads["inpost"] - started, found.inpost - found.starters),
        (started, found.starters),
        (heads["agency"], found.agency),
    ]
    holding = _holders(groups, found.holders) if int(row["cases"]) else [(0, Decimal(0))] * 3
    cases = _spread(int(row["cases"]), sum(people for people, _ in holding))
    before, within = f"{year - 5}-01-06", f"{year}-01-06"
    made = []

    def add(agency, fte, *, fte30="1", start=before, end=None, held="0"):
        made.append(
            [agency, f"SW{len(made) + 100000}", "1980-02-29", "F", "WBRI", str(fte), fte30, start, end, held, "0"]
        )

    for (people, fte), (holders, hours), agency, start in zip(
        groups, holding, ("0", "0", "1"), (before, within, before), strict=True
    ):
        for value in _cell(holders, hours):
            add(agency, value, start=start, held=str(cases.pop()))
        for value in _cell(people - holders, fte - hours):
            add(agency, value, start=start)
    for value in _cell(heads["leavers"] - found.begun_and_left, found.leavers):
        add("0", 0, fte30=str(value), end=f"{year}-03-31", held=None)
    for _ in range(found.begun_and_left):
        add("0", 0, fte30="0", start=within, end=f"{year}-03-31", held=None)
    employed = [record for record in made if record[0] == "0"]
    for record, days in zip(employed, _spread(int(found.days * 100), len(employed)), strict=True):
        record[-1] = str(Decimal(days) / 100)
    return (str(found.vacancy), str(found.cover), row["agency_headcount"]), made


def _spread(total, people):
    """A whole number over so many people, evenly."""
    if not people:
        return []
    base, more = divmod(total, people)
    return [base + 1] * more + [base] * (people - more)
