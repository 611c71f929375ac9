"""An authority with posts and people, as known since 2000, for the workforce census of 2025."""

from datetime import date

import pytest

from statutory.sources import contract

NIGHT = date(2025, 10, 15)
ALLOWANCES = [code.code for code in contract.code_lists()["local.csww_la_item.item"]]


@pytest.fixture
def council(connection, add, loaded):
    """An authority with its census items, posts in scope of one full-time equivalent each, and a calendar."""
    loaded(NIGHT)
    add("local_parameter", name="own_la", valid_from="2000-01-01", value="990")
    for item in ALLOWANCES:
        add("csww_la_item", census_year=2025, item=item, value="1")
    for post, role in (("P1", "5"), ("P2", "2"), ("P3", "4"), ("PX", None)):
        add(
            "hr_post", post_id=post, valid_from="2010-01-01", team_id="TA", csww_scope=post != "PX", csww_role=role,
            funded_fte="1", budget_status="permanent",
        )  # fmt: skip
    add("allocated_role", role_code="SW", valid_from="2000-01-01", role_kind="social_worker", named_person=True)
    connection.execute(
        """
        insert into history.calendar_day (day, is_working_day, working_day_no, seen_from)
        select day, isodow < 6, sum(case when isodow < 6 then 1 else 0 end) over (order by day), '2000-01-01'
        from (
            select day::date as day, extract(isodow from day) as isodow
            from generate_series('2024-01-01'::date, '2025-12-31', '1 day') as day
        ) as dated
        """
    )
    return add


@pytest.fixture
def employ(council):
    """One worker on one or more contracts: post, first day, last day, FTE."""

    def put(worker, *contracts, **columns):
        council(
            "hr_worker",
            **{"worker_id": worker, "swe_number": f"SW{worker[1:]}", "sex_code": "F", "birth_date": "1980-02-29"}
            | columns,
        )
        for number, (post, start, end, fte) in enumerate(contracts):
            council(
                "hr_contract", contract_id=f"{worker}/{number}", worker_id=worker, post_id=post, start_date=start,
                end_date=end, fte=fte, contract_type="permanent", starter_origin=str(number + 1),
                leave_reason="1" if end else None, leave_destination="3" if end else None,
            )  # fmt: skip

    return put
