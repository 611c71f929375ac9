"""The journey of one child: in order, up to the night, without a name, by pseudonym unless ids are asked for."""

import contextlib
import csv
import io
from datetime import UTC, date, datetime

import pytest

from councils import SHIPPED, at
from statutory.errors import StatutoryError
from statutory.packs import commands, journey
from statutory.sources import contract
from statutory.warehouse.build import build_night, marts

NIGHT = date(2025, 11, 14)


@pytest.fixture
def council(connection, add, loaded):
    """One child with a contact, a referral and an assessment, what comes after the night, and another child."""
    loaded(NIGHT)
    for child in ("CHILD-1", "CHILD-2"):
        add(
            "ssd_person", pers_person_id=child, pers_forename="Quilla", pers_surname="Testworthy", pers_dob="2015-06-07"
        )
    # Written down in another order than they happened in.
    add("ssd_cin_assessments", cina_assessment_id="A1", cina_referral_id="R1", cina_person_id="CHILD-1",
        cina_assessment_start_date="2025-09-01", cina_assessment_auth_date="2025-11-15",
        cina_assessment_child_seen="Yes", cina_assessment_worker_id="PROF-1")  # fmt: skip
    add("ssd_cin_episodes", cine_referral_id="R1", cine_person_id="CHILD-1", cine_referral_date="2025-09-01",
        cine_cin_primary_need_code="n2", cine_close_date="2025-11-14", cine_referral_worker_id="PROF-1")  # fmt: skip
    add("ssd_contacts", cont_contact_id="K1", cont_person_id="CHILD-1", cont_contact_date="2025-09-01",
        cont_contact_source_desc="Quilla Testworthy's aunt")  # fmt: skip
    add("ssd_missing", miss_table_id="M1", miss_person_id="CHILD-1", miss_missing_rhi_offered="y",
        miss_missing_episode_start_date="2025-03-02", miss_missing_episode_end_date="2025-03-03",
        miss_missing_rhi_accepted="?")  # fmt: skip
    add("ssd_cla_episodes", clae_cla_episode_id="E1", clae_person_id="CHILD-1", clae_cla_id="CHILD-1",
        clae_cla_episode_start_date="2025-10-01", clae_cla_episode_start_reason="S")  # fmt: skip
    add("complaint", complaint_id="X1", stage=1, person_id="CHILD-1", received_date="2025-11-15")
    add("ssd_contacts", cont_contact_id="K2", cont_person_id="CHILD-2", cont_contact_date="2025-09-01")
    build_night(at(connection, NIGHT))
    return connection


def what(told):
    return [(str(event.day), event.what, event.record_id) for event in told.events]


def test_events_stand_in_the_order_of_the_days_and_of_what_happens_on_one_day(council):
    assert what(journey.journey(at(council, NIGHT), "CHILD-1", identified=True)) == [
        ("2025-03-02", "missing", "M1"),
        ("2025-03-03", "returned", "M1"),
        ("2025-09-01", "contact", "K1"),
        ("2025-09-01", "referral", "R1"),
        ("2025-09-01", "assessment begun", "A1"),
        ("2025-10-01", "in care", "CHILD-1"),
        ("2025-11-14", "referral closed", "R1"),
    ]


def test_what_comes_after_the_night_has_not_happened_and_its_last_day_is_part_of_it(council):
    events = journey.journey(at(council, NIGHT), "CHILD-1").events
    assert max(event.day for event in events) == NIGHT
    until = {event.what: event.until for event in events}
    assert (until["referral"], until["assessment begun"], until["in care"]) == (NIGHT, None, None)


def test_a_code_is_told_in_words_and_one_that_is_unknown_as_it_stands(council):
    details = {event.what: event.detail for event in journey.journey(at(council, NIGHT), "CHILD-1").events}
    assert details["referral"] == "need Child's disability or illness"
    assert details["returned"] == "interview offered Yes; accepted ?"
    assert details["contact"] == ""


def test_child_and_worker_are_pseudonyms_as_analysts_see_them_unless_ids_are_asked_for(council):
    hidden, named = (journey.journey(at(council, NIGHT), "CHILD-1", identified=way) for way in (False, True))
    ((child, worker),) = council.execute(
        "select left(encode(sha256(convert_to(value || 'CHILD-1', 'UTF8')), 'hex'), 16),"
        " left(encode(sha256(convert_to(value || 'PROF-1', 'UTF8')), 'hex'), 16) from ops.salt"
    ).fetchall()
    assert (hidden.child, named.child) == (child, "CHILD-1")
    assert {event.worker for event in hidden.events} == {"", worker}
    assert {event.worker for event in named.events} == {"", "PROF-1"}
    assert child in {event.record_id for event in hidden.events}  # a time in care under the child's own id
    assert journey.journey(at(council, NIGHT), child) == hidden


def test_a_child_that_is_not_known_is_one_clear_error(council):
    with pytest.raises(StatutoryError, match="no child NOBODY is known on the night 2025-11-14"):
        journey.journey(at(council, NIGHT), "NOBODY")


@pytest.mark.parametrize("form", list(commands.Format))
@pytest.mark.parametrize("identified", [False, True])
def test_no_name_and_no_birth_date_is_printed(council, monkeypatch, capsys, form, identified):
    monkeypatch.setattr(commands.connection, "connect", lambda _: contextlib.nullcontext(council))
    commands.journey("CHILD-1", datetime(2025, 11, 14, tzinfo=UTC), identified=identified, output=form)
    printed = capsys.readouterr().out
    assert "returned" in printed
    for secret in ("Quilla", "Testworthy", "2015-06-07", *(() if identified else ("CHILD-1", "PROF-1"))):
        assert secret not in printed
    if form is commands.Format.csv:
        assert len(list(csv.DictReader(io.StringIO(printed)))) == 7


# Tables with a child whose rows have no day, or say what another table says, and why they are not events.
NO_EVENT = {
    "ssd_person", "ssd_disability", "ssd_family", "ssd_mother", "ssd_linked_identifiers", "ssd_voice_of_child",
    "ssd_cla_previous_permanence", "school_attendance", "ssd_assessment_factors",
}  # fmt: skip


def test_every_table_with_a_child_is_told():
    by_name = {mart.name: mart for mart in marts(SHIPPED)}
    read = set().union(*(file.reads for file in journey.files(SHIPPED)))
    read |= set().union(*(by_name[name].reads for name in read & by_name.keys()))
    # Care, legal status, placements and allocation are told as their marts read them.
    children = {
        table.name
        for table in contract.tables().values()
        if any(("ssd_person", "pers_person_id") in column.targets for column in table.columns)
    }
    assert children - read - NO_EVENT == set()


def test_no_part_reads_what_is_personal():
    for file in journey.files(SHIPPED):
        for table in contract.tables().values():
            for column in table.columns:
                if column.personal:
                    assert f"{table.name}.{column.name} " not in file.select
