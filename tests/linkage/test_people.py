"""Linking people: two hundred pairs labelled by hand, the parts of a name, and never a guess between two."""

import csv
from datetime import date
from pathlib import Path

import pytest

from statutory.linkage.people import Person, link, parts

THRESHOLD = 0.99


def day(text):
    return date.fromisoformat(text) if text else None


def test_two_hundred_pairs_labelled_by_hand():
    with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    left = [Person(f"L{n}", p["case_name"], day(p["case_first_day"]), p["case_team"]) for n, p in enumerate(pairs)]
    right = [Person(f"R{n}", p["hr_name"], day(p["hr_first_day"]), p["hr_team"]) for n, p in enumerate(pairs)]
    found = {(one.left, one.right) for one in link(left, right, THRESHOLD)}
    same = {(f"L{n}", f"R{n}") for n, p in enumerate(pairs) if p["is_same"] == "yes"}
    precision, recall = len(found & same) / len(found), len(found & same) / len(same)
    missed = sorted(pairs[int(a[1:])]["why"] for a, _ in same - found)
    print(f"precision {precision:.3f}, recall {recall:.2f} of {len(pairs)} pairs; not linked: {missed}")
    print("wrong:", sorted(found - same))
    assert len(pairs) == 200
    assert precision >= 0.995
    assert recall >= 0.75


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Zoë Lindqvist", ("zoe", "lindqvist")),
        ("OKPARAKU, Chidera Ann", ("chidera", "okparaku")),
        ("Dr. Mary-Ann O'Tollgate", ("mary", "otollgate")),
        ("Gareth Llewellyn-Pryce", ("gareth", "llewellyn-pryce")),
        ("De la Cruz, Maria", ("maria", "de-la-cruz")),
        ("Unallocated", (None, "unallocated")),
        (" - ", (None, None)),
        ("", (None, None)),
    ],
)
def test_the_parts_of_a_name(name, found):
    assert parts(name) == found


WORKER = Person("W1", "Orla Testworthy", date(2020, 1, 6), "Front Door")


@pytest.mark.parametrize(
    ("first_day", "team", "linked"),
    [
        (date(2020, 2, 6), "front door", True),  # 31 days after
        (date(2020, 1, 6), "Care", True),
        (None, "Front Door", True),
        (date(2021, 6, 1), "Care", False),  # the name alone is not enough
        (None, None, False),
    ],
)
def test_a_name_alone_links_nobody(first_day, team, linked):
    found = link([Person("X1", "Testworthy, Orla", first_day, team)], [WORKER], THRESHOLD)
    assert [(one.left, one.right) for one in found] == ([("X1", "W1")] if linked else [])


def test_between_two_who_are_as_likely_there_is_no_link():
    twin = Person("W2", "Orla Testworthy", date(2020, 1, 6), "Front Door")
    assert link([Person("X1", "Orla Testworthy", date(2020, 1, 6), "Front Door")], [WORKER, twin], THRESHOLD) == []


def test_two_accounts_may_be_one_person_and_an_empty_list_links_nobody():
    accounts = [Person(key, "Orla Testworthy", date(2020, 1, 6), "Front Door") for key in ("X1", "X2")]
    assert [one.left for one in link(accounts, [WORKER], THRESHOLD)] == ["X1", "X2"]
    assert link([], [WORKER], THRESHOLD) == link(accounts, [], THRESHOLD) == []
