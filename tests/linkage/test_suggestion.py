"""Who a professional of the case system is: by hand, by number, by address, by name; and who is nobody."""

from datetime import date

import pytest

from councils import at
from statutory.warehouse.build import build_night

NIGHT = date(2025, 10, 15)


@pytest.fixture
def lists(connection, migrated, add, loaded):
    """HR, agency and case system with one person for each way of linking."""
    loaded(NIGHT)
    add("allocated_role", role_code="CW", valid_from="2000-01-01", role_kind="social_worker", named_person=True)
    add("ssd_department", dept_team_id="TA", dept_team_name="Front Door")
    add("hr_post", post_id="P1", valid_from="2010-01-01", team_id="TA", csww_scope=True, csww_role="5", funded_fte="9")
    people = (
        ("W1", "SW1", "S1", None, "Amara Onebright"), ("W2", "SW2", "S2", None, "Bo Twoways"),
        ("W3", "SW3", "S3", "cleo@council.example", "Cleo Threlfall"), ("W4", "SW4", "S4", None, "Dafydd Fourwinds"),
        ("W5", "SW5", "S5", None, "Edie Fivepenny"),
    )  # fmt: skip
    for worker, number, staff, email, name in people:
        add("hr_worker", worker_id=worker, swe_number=number, staff_id=staff, email=email, full_name=name)
        add("hr_contract", contract_id=f"K{worker}", worker_id=worker, post_id="P1", start_date="2020-01-06", fte="1",
            contract_type="permanent")  # fmt: skip
    add("agency_worker", agency_worker_id="A1", swe_number="SW9", full_name="Agatha Ninepins")
    add("agency_assignment", assignment_id="S9", agency_worker_id="A1", team_id="TA", start_date="2021-03-01", fte="1")
    professionals = (
        ("X1", None, "SW1", "Someone Else"),  # the number goes before the name
        ("X2", "S2", None, "Someone Else"),
        ("X3", "Cleo@Council.example", None, "Someone Else"),
        ("X4", None, None, "Fourwinds, Dafydd"),
        ("X5", None, "SW5", "Edie Fivepenny"),  # by hand it is nobody
        ("X6", None, None, "Agatha Ninepin"),
        ("X7", None, None, "Duty Team"),
    )
    for account, staff, number, name in professionals:
        add("ssd_professionals", prof_professional_id=account, prof_staff_id=staff, prof_professional_name=name,
            prof_social_worker_registration_no=number, prof_professional_department="TA")  # fmt: skip
        started = "2021-03-01" if account == "X6" else "2020-01-13"
        add(
            "ssd_involvements", invo_involvements_id=f"I{account}", invo_person_id=f"C{account}",
            invo_professional_id=account, invo_professional_role_id="CW", invo_involvement_start_date=started,
        )  # fmt: skip
    add("worker_link_override", professional_id="X5", decided_by="head of service")
    build_night(at(connection, NIGHT))


def test_each_professional_is_linked_by_the_surest_way(connection, lists):
    rows = connection.execute(
        "select professional_id, worker_id, agency_worker_id, method, person_key from worker_link order by 1"
    ).fetchall()
    assert rows == [
        ("X1", "W1", None, "registration number", "SW1"),
        ("X2", "W2", None, "staff id", "SW2"),
        ("X3", "W3", None, "e-mail", "SW3"),
        ("X4", "W4", None, "name, first day and team", "SW4"),
        ("X5", None, None, "by hand", None),
        ("X6", None, "A1", "name, first day and team", "SW9"),
        ("X7", None, None, None, None),
    ]
    sure = dict(connection.execute("select professional_id, probability from worker_link").fetchall())
    assert sure["X1"] == 1
    assert 0.99 <= sure["X4"] < 1
    assert sure["X7"] is None


def test_who_is_found_nowhere_is_listed_both_ways(connection, lists):
    rows = connection.execute("select list, id from worker_unlinked order by 1, 2").fetchall()
    assert rows == [("HR", "W5"), ("case system", "X5"), ("case system", "X7")]


def test_a_higher_threshold_links_no_name(connection, lists, add):
    connection.execute("set local search_path = public")
    add("local_parameter", name="link_threshold", valid_from="2000-01-01", value="1")
    build_night(at(connection, NIGHT))
    rows = connection.execute("select professional_id from worker_link where method like 'name%'").fetchall()
    assert rows == []
