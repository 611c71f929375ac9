"""Agency workers as the tests book them."""


def book(council, assignment, start, end=None, *, reason="vacancy_cover", fte="1", number=None):
    worker = f"G{assignment}"
    council("agency_worker", agency_worker_id=worker, swe_number=number or f"SW9{assignment[1:]}",
            birth_date="1970-01-01")  # fmt: skip
    council(
        "agency_assignment", assignment_id=assignment, agency_worker_id=worker, team_id="TA", start_date=start,
        end_date=end, planned_end_date="2025-10-05", fte=fte, reason=reason, assignment_type="individual",
    )  # fmt: skip
