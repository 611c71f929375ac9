"""Two census years that balance or do not, and the people behind a difference."""

import csv
from decimal import Decimal

import pytest
from test_council_of_twenty import CENSUS, NIGHT, twenty  # noqa: F401
from typer.testing import CliRunner

from councils import at, return_of
from statutory.cli import app
from statutory.errors import StatutoryError
from statutory.returns import submission
from statutory.returns.balance import balance, point_at_both
from statutory.returns.checking import opened, put
from statutory.settings import Council
from statutory.warehouse.build import build_night

NOW = ("AgencyWorker", "SWENo", "FTE", "FTE30", "RoleStartDate", "RoleEndDate")
LAST = ("AgencyWorker", "SWENo", "FTE", "RoleStartDate", "RoleEndDate")


def compare(last, now):
    """The lines of the employed and of agency workers, and people by number: reason, people, FTE, hours changed."""
    with opened(Council(), return_of("csww").collection(2025)) as connection:
        put(connection, return_of("csww"), "CSWWWorker_last", LAST, last)
        put(connection, return_of("csww"), "CSWWWorker", NOW, now)
        found = balance(connection, "csww")
    lines = {(line.kind, line.name): (line.people, line.fte) for line in found.lines}
    people = {(p.kind, p.swe_number): (p.reason, p.people, p.fte, p.hours_changed) for p in found.people}
    for kind in ("employed", "agency"):
        said = [(p.people, p.fte) for p in found.people if p.kind == kind]
        assert lines[kind, "difference"] == (sum(n for n, _ in said), sum((fte for _, fte in said), Decimal(0)))
    return lines, people


def test_years_that_agree_balance_and_name_only_who_works_other_hours(server):
    lines, people = compare(
        [
            ("0", "SW1", "1", "2015-01-05", None),
            ("0", "SW2", "0.6", "2015-01-05", None),
            ("0", "SW2", "0.4", "2015-01-05", None),  # a second post is no second person
            ("0", "SW3", "0.8", "2015-01-05", None),
            ("0", "SW4", "1", "2015-01-05", None),
            ("0", "SW9", "0", "2015-01-05", "2024-09-30"),  # left on last year's reference date
        ],
        [
            ("0", "SW1", "0.5", "1", "2015-01-05", None),
            ("0", "SW2", "1", "1", "2015-01-05", None),  # one post instead of two, the same hours
            ("0", "SW3", "0", "0.8", "2015-01-05", "2024-10-01"),  # left on the first day of the year
            ("0", "SW4", "0", "1", "2015-01-05", "2025-03-31"),  # left and came back with fewer hours
            ("0", "SW4", "0.5", "0", "2025-06-02", None),
            ("0", "SW5", "0.7", "0", "2024-10-01", None),  # began on the first day
            ("0", "SW6", "1", "0", "2025-09-30", None),  # began on the last
            ("0", "SW7", "0", "0", "2025-01-06", "2025-09-30"),  # began and left on the last
        ],
    )
    assert {name: lines["employed", name] for kind, name in lines if kind == "employed"} == {
        "in post last year": (4, Decimal("3.8")),
        "starters": (4, Decimal("2.2")),  # SW4 0.5, SW5 0.7, SW6 1, SW7
        "leavers": (-3, Decimal("-1.8")),  # SW3 0.8, SW4 1, SW7 0
        "hours changed": (0, Decimal("-0.5")),
        "in post this year": (5, Decimal("3.7")),
        "difference": (0, 0),
    }
    assert people == {("employed", "SW1"): ("hours changed", 0, 0, Decimal("-0.5"))}


@pytest.mark.parametrize(
    ("last", "now", "reason", "part"),
    [
        ([("0", "SW1", "1", "2015-01-05", None)], [], "in post last year, now neither in post nor a leaver", (1, "1")),
        (
            [("0", "SW1", "1", "2015-01-05", None)],
            [("1", "SW1", "1", None, "2025-01-06", None)],
            "in post last year, only an agency worker now", (1, "1"),
        ),
        (
            [], [("0", "SW1", "0.8", "0.8", "2024-09-30", None)],  # the day before the year
            "in post without a start in the year, not in last year's return", (-1, "-0.8"),
        ),
        (
            [], [("0", "SW1", "1", "0", "2025-10-01", None)],  # the day after it
            "in post without a start in the year, not in last year's return", (-1, "0"),
        ),
        (
            [("0", "SW1", "0", "2015-01-05", "2024-06-28")], [("0", "SW1", "1", "1", "2015-01-05", None)],
            "a leaver of last year, in post without a start in the year", (-1, "-1"),
        ),
        (
            [("1", "SW1", "1", "2024-01-08", None)], [("0", "SW1", "1", "1", "2024-01-08", None)],
            "of the other kind last year, in post without a start in the year", (-1, "-1"),
        ),
        (
            [], [("0", "SW1", "0", "0.5", "2015-01-05", "2025-01-31")],
            "a leaver who was not in post last year", (-1, "-0.5"),
        ),
        (
            [("0", "SW1", "1", "2015-01-05", None)], [("0", "SW1", "1", "0", "2025-01-06", None)],
            "started in the year, but in post last year", (1, "1"),
        ),
        (
            [("0", "SW1", "1", "2015-01-05", None)],
            [("0", "SW1", "0", "0.5", "2015-01-05", "2025-01-31"), ("0", "SW1", "0.5", "0.5", "2015-01-05", None)],
            "left in the year, but in post without a new start", (-1, "0"),
        ),
        (
            [],
            [("0", "SW1", "0.5", "0", "2025-01-06", None), ("0", "SW1", "0.5", "0", "2025-02-03", None)],
            "starts and leavings do not follow each other", (1, "0"),
        ),
        (
            [("0", "SW1", "1", "2015-01-05", None)], [("0", "SW1", "1", "0.9", "2015-01-05", None)],
            "the hours of a year before are not those of last year's return", (0, "0.1"),
        ),
    ],
)  # fmt: skip
def test_who_does_not_balance_is_named_with_the_reason_and_the_part_of_the_difference(server, last, now, reason, part):
    people, fte = part
    stays = ("0", "SW8", "1", "2015-01-05", None)
    lines, found = compare([stays, *last], [("0", "SW8", "1", "1", "2015-01-05", None), *now])
    assert found["employed", "SW1"][:3] == (reason, people, Decimal(fte))
    assert lines["employed", "difference"] == (people, Decimal(fte))
    assert ("employed", "SW8") not in found


def test_agency_workers_are_kept_apart_and_who_is_there_no_more_has_gone(server):
    lines, people = compare(
        [
            ("1", "SW1", "1", "2024-01-08", None), ("1", "SW2", "1", "2024-01-08", None),
            ("1", "SW3", "0.5", "2024-01-08", None),
        ],
        [
            ("1", "SW2", "0.8", None, "2024-01-08", None),  # fewer hours
            ("1", "SW3", "0.5", None, "2025-01-06", None),  # another assignment of the same worker
            ("1", "SW4", "1", None, "2024-10-01", None),  # came on the first day of the year
            ("1", "SW5", "1", None, "2024-09-30", None),  # the day before, but not in last year's return
            ("1", "SW6", "0.4", None, None, None),  # of other systems' files, which give no start
        ],
    )  # fmt: skip
    assert {name: lines["agency", name] for kind, name in lines if kind == "agency"} == {
        "in post last year": (3, Decimal("2.5")),
        "starters": (2, Decimal("1.4")),
        "leavers": (-1, -1),
        "hours changed": (0, Decimal("-0.2")),
        "in post this year": (5, Decimal("3.7")),
        "difference": (-1, -1),
    }
    assert people == {
        ("agency", "SW5"): ("in post without a start in the year, not in last year's return", -1, -1, 0),
        ("agency", "SW2"): ("hours changed", 0, 0, Decimal("-0.2")),
    }
    assert {lines["employed", name] for kind, name in lines if kind == "employed"} == {(0, 0)}


def test_records_without_a_number_are_people_of_their_own(server):
    lines, people = compare([("0", None, "1", "2015-01-05", None)], [("0", None, "1", "1", "2015-01-05", None)] * 2)
    assert lines["employed", "in post this year"] == (2, 2)
    assert lines["employed", "difference"] == (-1, -1)
    assert people


def test_the_council_of_twenty_balances_with_what_its_night_says_of_the_year_before(twenty):  # noqa: F811
    assert point_at_both(at(twenty, NIGHT), CENSUS) == "as the night 2025-10-15 has it"
    found = balance(twenty, "csww")
    assert {line.name: (line.people, line.fte) for line in found.lines if line.kind == "employed"} == {
        # W01, W03, W04 0.8, W06, W11 0.6, W12, W13, W14 0.7, W15 and W16 0.5 each under one number, W17, W19; W02 1
        "in post last year": (12, Decimal("11.1")),
        "starters": (4, Decimal("2.2")),  # W08, W09, W10 0.5, W14 0.7
        "leavers": (-5, Decimal("-3.5")),  # W03, W04 0.8, W09, W13, W14 0.7
        "hours changed": (0, Decimal("-0.2")),  # W12
        "in post this year": (11, Decimal("9.6")),
        "difference": (0, 0),
    }
    assert [(p.kind, p.worker_id, p.reason) for p in found.people if p.kind == "employed"] == [
        ("employed", "W12", "hours changed")
    ]


MESSAGE = "<Message>{}</Message>"
WORKER = (
    "<CSWWWorker><AgencyWorker>0</AgencyWorker><SWENo>{}</SWENo><FTE>{}</FTE>"
    "<RoleStartDate>{}</RoleStartDate><FTE30>1</FTE30></CSWWWorker>"
)


def test_what_was_submitted_is_compared_before_what_the_night_tells(connection, employ, tmp_path):
    employ("W1", ("P1", "2015-01-05", None, "1"))
    last = tmp_path / "2024.xml"
    last.write_text(MESSAGE.format(WORKER.format("SW1", "0.8", "2015-01-05")))
    submission.submit_file(connection, return_of("csww").collection(2024), last, "director")
    build_night(at(connection, NIGHT))
    assert point_at_both(at(connection, NIGHT), CENSUS) == "as it was submitted"
    (person,) = balance(connection, "csww").people
    # HR has had one full-time equivalent all the time, the file sent last year said 0.8.
    assert (person.worker_id, person.people, person.fte, person.hours_changed) == ("W1", 0, Decimal("-0.2"), 0)
    assert person.reason == "the hours of a year before are not those of last year's return"
    connection.execute("drop schema submitted_csww_2024 cascade")


def test_two_files_are_compared_by_command(server, tmp_path):
    last, now, out = tmp_path / "2024.xml", tmp_path / "2025.xml", tmp_path / "people.csv"
    last.write_text(MESSAGE.format(WORKER.format("SW1", 1, "2015-01-05") + WORKER.format("SW2", 1, "2015-01-05")))
    now.write_text(MESSAGE.format(WORKER.format("SW1", "0.6", "2015-01-05")))
    arguments = ["returns", "balance", "csww", "--year", "2025", "--files", str(now), "--previous", str(last)]
    result = CliRunner().invoke(app, [*arguments, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert [line.split() for line in result.output.splitlines() if line.startswith("employed  difference")] == [
        ["employed", "difference", "1", "1.00"]
    ]
    assert list(csv.reader(out.read_text("utf-8-sig").splitlines())) == [
        ["kind", "swe_number", "worker_id", "reason", "people", "fte", "hours_changed"],
        ["employed", "SW2", "", "in post last year, now neither in post nor a leaver", "1", "1", "0"],
        ["employed", "SW1", "", "hours changed", "0", "0.0", "-0.4"],
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("csww", "--files", "any.xml"), "give two files with --files and --previous, or a night"),
        (("cin", "--files", "any.xml", "--previous", "last.xml"), "there is no return cin; there are"),
    ],
)
def test_what_cannot_be_compared_says_why(server, arguments, message):
    result = CliRunner().invoke(app, ["returns", "balance", "--year", "2025", *arguments])
    assert message in str(result.exception)


def test_a_return_without_a_balance_says_so(connection):
    with pytest.raises(StatutoryError, match="there is no balance of agency_quarterly"):
        balance(connection, "agency_quarterly")
