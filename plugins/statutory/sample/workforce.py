"""The workforce story: from 80% agency staff in 2014 to the published figures of each 30 September since 2017.

`workforce.csv` holds the totals. 2017 to 2025 are the figures of Hillingdon in the Department for Education's
"Children's social work workforce", reporting year 2025 (Open Government Licence v3.0), as unrounded totals that give
both the published counts and the published rates; the years around them are made up. People are made up throughout.
"""

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

ONE = Decimal(1)
LEAST = Decimal("0.4")
FIRST_YEAR = 2014


@dataclass
class Contract:
    """One employment in one post with one FTE; `end` is the last day worked."""

    worker: int
    post: int
    start: date
    end: date | None
    fte: Decimal


@dataclass
class Booking:
    """One agency assignment with unchanged terms."""

    worker: int
    start: date
    end: date | None
    fte: Decimal
    covers_vacancy: bool


@dataclass
class Post:
    """One funded place: funded FTE by the day from which it holds."""

    versions: list[tuple[date, date | None, Decimal]] = field(default_factory=list)


@dataclass
class Workforce:
    """Contracts, bookings and posts of child and family social workers over all years."""

    contracts: list[Contract] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    workers: int = 0
    agency_workers: int = 0
    turned_permanent: dict[int, int] = field(default_factory=dict)  # worker -> agency worker


@dataclass(frozen=True)
class Year:
    """The totals of one census year, which ends on 30 September."""

    year: int
    in_post_headcount: int
    in_post_fte: Decimal
    agency_headcount: int
    agency_fte: Decimal
    agency_cover_fte: Decimal
    vacancy_fte: Decimal
    leavers_headcount: int
    leavers_fte: Decimal

    @property
    def reference(self) -> date:
        """30 September of the year."""
        return date(self.year, 9, 30)


def years() -> list[Year]:
    """The totals, oldest first."""
    with (Path(__file__).parent / "workforce.csv").open(encoding="utf-8", newline="") as file:
        return [
            Year(**{k: int(v) if k == "year" or k.endswith("headcount") else Decimal(v) for k, v in row.items()})  # type: ignore[arg-type]
            for row in csv.DictReader(file)
        ]


def make(seed: int) -> Workforce:
    """The whole story; the same for one seed."""
    force = Workforce()
    totals = years()
    stock: dict[int, Contract] = {}
    booked: list[Booking] = []
    for position, now in enumerate(totals):
        rng = np.random.default_rng([seed, now.year, 1])
        following = totals[position + 1] if position + 1 < len(totals) else None
        leaving = _next_year(force, stock, now, following, rng)
        booked = _agency(force, booked, now, rng)
        _vacant_posts(force, stock, now)
        _leave(stock, leaving, following, rng)
    return force


def _day(rng: np.random.Generator, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.integers(0, (last - first).days + 1)))


def _next_year(
    force: Workforce, stock: dict[int, Contract], now: Year, following: Year | None, rng: np.random.Generator
) -> list[int]:
    """Bring the stock to this year's 30 September; the workers who will leave in the year after it.

    Who will leave carries the FTE with which the next year counts its leavers, so both groups get their own sum.
    """
    joined = []
    for _ in range(now.in_post_headcount - len(stock)):
        first = date(now.year - 1, 10, 2) if now.year > FIRST_YEAR else date(2008, 1, 7)
        start = _day(rng, first, date(now.year, 8, 31))
        contract = Contract(force.workers, _free_post(force, stock, start), start, None, ONE)
        force.contracts.append(contract)
        stock[force.workers] = contract
        joined.append(force.workers)
        gone = [b for b in force.bookings if b.end and b.end < start and b.end > start - timedelta(days=200)]
        taken = set(force.turned_permanent.values())
        gone = [
            b
            for b in gone
            if b.worker not in taken and all(o.end and o.end < start for o in force.bookings if o.worker == b.worker)
        ]
        if gone and rng.random() < 0.3:
            force.turned_permanent[force.workers] = gone[0].worker
        force.workers += 1
    people = list(stock)
    count = following.leavers_headcount if following else 0
    stayers_of_old = [w for w in people if w not in joined]
    order = [int(w) for w in rng.permutation(stayers_of_old)] + joined
    leaving, staying = order[:count], order[count:]
    leaving_fte = following.leavers_fte if following else Decimal(0)
    _spread(force, stock, leaving, leaving_fte, now)
    _spread(force, stock, staying, now.in_post_fte - leaving_fte, now)
    return leaving


def _spread(force: Workforce, stock: dict[int, Contract], people: list[int], total: Decimal, now: Year) -> None:
    """Let the FTE of these people sum to the total on the year's 30 September, changing few."""
    missing = total - sum((stock[w].fte for w in people), Decimal(0))
    part_time_first = sorted(people, key=lambda w: (stock[w].fte == ONE, w)) if missing > 0 else people[::-1]
    for worker in part_time_first:
        if not missing:
            return
        held = stock[worker]
        wanted = min(ONE, held.fte + missing) if missing > 0 else max(LEAST, held.fte + missing)
        missing -= wanted - held.fte
        if wanted == held.fte:
            continue
        change = date(now.year, 9, 1)
        if held.start >= change or held.start > date(now.year - 1, 10, 1) or now.year == FIRST_YEAR:
            held.fte = wanted
        else:
            held.end = change - timedelta(days=1)
            stock[worker] = Contract(worker, held.post, change, None, wanted)
            force.contracts.append(stock[worker])
    if missing:
        raise ValueError(f"the totals of {now.year} cannot be met")


def _free_post(force: Workforce, stock: dict[int, Contract], start: date) -> int:
    held = {contract.post for contract in stock.values()}
    busy = {c.post for c in force.contracts if c.end is not None and c.end >= start}
    for number, post in enumerate(force.posts):
        last = post.versions[-1]
        if number not in held | busy and last[1] is None and last[2] == ONE and last[0] <= start:
            return number
    force.posts.append(Post([(start - timedelta(days=30), None, ONE)]))
    return len(force.posts) - 1


def _vacant_posts(force: Workforce, stock: dict[int, Contract], now: Year) -> None:
    """Open and close posts so that what is funded and not held on 30 September is the year's vacancy FTE."""
    held = {contract.post for contract in stock.values()}
    wanted = now.vacancy_fte - sum((ONE - contract.fte for contract in stock.values()), Decimal(0))
    empty = [n for n, post in enumerate(force.posts) if n not in held and post.versions[-1][1] is None]
    whole = int(wanted)
    change = date(now.year, 9, 15)
    for number in empty[whole:]:
        first, _, fte = force.posts[number].versions[-1]
        force.posts[number].versions[-1] = (first, max(change, first), fte)
    for _ in range(whole - len(empty[:whole])):
        force.posts.append(Post([(change, None, ONE)]))
    if wanted - whole:
        end = date(now.year + 1, 9, 15)
        force.posts.append(Post([(change, end, wanted - whole)]))


def _leave(stock: dict[int, Contract], leaving: list[int], following: Year | None, rng: np.random.Generator) -> None:
    if following is None:
        return
    for worker in leaving:
        held = stock.pop(worker)
        held.end = _day(rng, date(following.year - 1, 10, 6), date(following.year, 8, 20))


def _agency(force: Workforce, booked: list[Booking], now: Year, rng: np.random.Generator) -> list[Booking]:
    """Bring the bookings to this year's 30 September; those who are booked then."""
    first = date(now.year - 1, 10, 2) if now.year > FIRST_YEAR else date(2013, 10, 7)
    # Who is booked beyond the vacancies does not stay over a year, so that each year's cover has its own sum.
    order = [int(n) for n in rng.permutation(len(booked)) if booked[int(n)].covers_vacancy]
    keep = min(len(order), int(now.agency_headcount * 0.45))
    chosen = set(order[:keep])
    staying = [b for n, b in enumerate(booked) if n in chosen]
    for booking in (b for n, b in enumerate(booked) if n not in chosen):
        booking.end = _day(rng, max(first, booking.start + timedelta(days=14)), date(now.year, 9, 20))
    for _ in range(now.agency_headcount - keep):
        new = Booking(force.agency_workers, _day(rng, first, date(now.year, 8, 31)), None, ONE, covers_vacancy=True)
        force.agency_workers += 1
        force.bookings.append(new)
        staying.append(new)
    missing = now.agency_fte - sum((b.fte for b in staying), Decimal(0))
    for booking in reversed(staying):
        wanted = max(LEAST, min(ONE, booking.fte + missing))
        missing -= wanted - booking.fte
        if wanted != booking.fte and booking.start > first:
            booking.fte = wanted
        elif wanted != booking.fte:  # new terms are a new booking
            booking.end = date(now.year, 8, 31)
            changed = Booking(booking.worker, date(now.year, 9, 1), None, wanted, booking.covers_vacancy)
            force.bookings.append(changed)
            staying[staying.index(booking)] = changed
    beyond = now.agency_fte - now.agency_cover_fte
    for booking in staying:
        if booking.start > first and beyond >= booking.fte > 0:
            beyond -= booking.fte
            booking.covers_vacancy = False
    return staying
