"""A night's schema: what stands in it beside views and marts."""

from datetime import date

from statutory.warehouse import build

NIGHT = date(2026, 9, 30)


def test_a_reference_that_leads_nowhere_is_listed_and_the_row_stays(connection, add, loaded):
    loaded(NIGHT, absent=["ssd_professionals"])
    add("ssd_person", pers_person_id="C1")
    for referral, child in (("R1", "C1"), ("R2", "C2"), ("R3", None)):
        # The worker is in a table that is not supplied, so nothing is said of it.
        add("ssd_cin_episodes", cine_referral_id=referral, cine_person_id=child, cine_referral_worker_id="P1")
    add("team_map", hr_team_id="HR1", valid_from="2000-01-01")
    add("ssd_department", dept_team_id="TA")
    for post, team in (("P1", "HR1"), ("P2", "TA"), ("P3", "TB")):
        add("hr_post", post_id=post, valid_from="2020-01-01", team_id=team)
    build.build_night(connection, NIGHT)
    assert connection.execute("select table_name, column_name, row_key from lost_reference order by 1").fetchall() == [
        ("hr_post", "team_id", "P3/2020-01-01"),
        ("ssd_cin_episodes", "cine_person_id", "R2"),
    ]
    assert connection.execute("select count(*) from ssd_cin_episodes").fetchone() == (3,)
