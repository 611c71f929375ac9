"""HR and agency records, and the case system's professionals, from the workforce story."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from statutory.sample.fill import Filler
from statutory.sample.timeline import Array
from statutory.sample.workforce import Workforce
from statutory.sources import contract

TEAMS = (
    ("T01", "Front door", "front_door"),
    ("T02", "Assessment North", "assessment"),
    ("T03", "Assessment South", "assessment"),
    ("T04", "Safeguarding East", "cin_cp"),
    ("T05", "Safeguarding West", "cin_cp"),
    ("T06", "Children in care", "children_in_care"),
    ("T07", "Leaving care", "leaving_care"),
    ("T08", "Disability", "disability"),
    ("T09", "Fostering", "fostering_adoption"),
    ("T10", "Reviewing officers", "iro_quality"),
    ("T11", "Practice learning", "other"),
)
FORENAMES = (
    "Aveline",
    "Brannoch",
    "Cressida",
    "Dunstan",
    "Elowen",
    "Fintan",
    "Ginevra",
    "Hollis",
    "Isolde",
    "Jago",
    "Kerensa",
    "Lowen",
    "Merryn",
    "Nesta",
    "Osric",
    "Petroc",
    "Quilla",
    "Rowan",
    "Senara",
    "Tamsin",
)
SURNAMES = (
    "Quillfeather",
    "Thornaby-Wick",
    "Marrowdale",
    "Pennyfarrow",
    "Oakenshawe",
    "Brackwater",
    "Larkinthwaite",
    "Tremelling",
    "Hawksmede",
    "Winterbourne-Ley",
    "Cobbleditch",
    "Fennimarsh",
    "Graythistle",
    "Ravensmoor",
)
OTHERS = 48  # staff outside the census: advisers, family support, business support


@dataclass(frozen=True)
class CaseWorker:
    """Someone who may hold cases: as professional and as staff, whether from an agency, first and last day at work."""

    professional: str
    staff: str
    is_agency: bool
    team: str
    first: date
    last: date


def names(rng: np.random.Generator, count: int) -> Array:
    """Invented names: forename and surname."""
    first = np.array(FORENAMES)[rng.integers(0, len(FORENAMES), count)]
    return np.char.add(np.char.add(first, " "), np.array(SURNAMES)[rng.integers(0, len(SURNAMES), count)])


def _days(values: list[Any]) -> Array:
    return np.array([np.datetime64("NaT") if v is None else np.datetime64(v) for v in values], dtype="datetime64[D]")


def write(filler: Filler, force: Workforce) -> list[CaseWorker]:
    """Make the tables of HR and agency, the teams and the professionals; who may hold cases when."""
    rng = filler.rng
    start = np.datetime64("2008-01-01")
    filler.table(
        "ssd_department",
        np.full(len(TEAMS), start),
        delay=0,
        dept_team_id=[t[0] for t in TEAMS],
        dept_team_name=[t[1] for t in TEAMS],
        dept_team_parent_id="",
        dept_team_parent_name="Children's services",
    )
    filler.table(
        "team_map",
        np.full(len(TEAMS), start),
        delay=0,
        hr_team_id=[f"HR-{t[0]}" for t in TEAMS],
        valid_from=start,
        valid_to=np.datetime64("NaT"),
        dept_team_id=[t[0] for t in TEAMS],
        service=[t[2] for t in TEAMS],
    )
    _posts(filler, force)
    _workers(filler, force)
    _agency(filler, force)
    known = {v: k for k, v in force.turned_permanent.items()}
    first_in_scope = force.workers
    ids = [f"P{n:04d}" for n in range(first_in_scope)] + [
        f"PA{n:04d}" for n in range(force.agency_workers) if n not in known
    ]
    numbers = [swe(force, n) for n in range(first_in_scope)] + [
        f"SW7{n:05d}" for n in range(force.agency_workers) if n not in known
    ]
    first = [min(c.start for c in force.contracts if c.worker == n) for n in range(first_in_scope)]
    first += [
        min(b.start for b in force.bookings if b.worker == n) for n in range(force.agency_workers) if n not in known
    ]
    for worker, agency in force.turned_permanent.items():
        first[worker] = min(b.start for b in force.bookings if b.worker == agency)
    extra = OTHERS
    base = np.concatenate([_days(first), np.full(extra, np.datetime64("2014-01-01"))])
    count = len(base)
    filler.table(
        "ssd_professionals",
        base,
        delay=0,
        prof_professional_id=np.array(ids + [f"PX{n:03d}" for n in range(extra)]),
        prof_staff_id=np.array([f"S{i}" for i in ids] + [f"SX{n:03d}" for n in range(extra)]),
        prof_professional_name=names(rng, count),
        prof_social_worker_registration_no=np.array(numbers + [""] * extra),
        prof_professional_job_title=np.array(["Social worker"] * len(ids) + ["Adviser"] * extra),
        prof_professional_department="Children's services",
        prof_full_time_equivalency="",
        corrected=("prof_professional_job_title", ("Social worker", "Social Worker", "Practitioner")),
    )
    far = date(2999, 1, 1)
    holders = [
        CaseWorker(f"P{c.worker:04d}", f"W{c.worker:04d}", False, TEAMS[c.post % 8][0], c.start, c.end or far)
        for c in force.contracts
        if c.post % 9
    ]
    for b in force.bookings:
        person = known.get(b.worker)
        professional = f"PA{b.worker:04d}" if person is None else f"P{person:04d}"
        holders.append(
            CaseWorker(professional, f"AG{b.worker:04d}", True, TEAMS[b.worker % 8][0], b.start, b.end or far)
        )
    return holders


def swe(force: Workforce, worker: int) -> str:
    """The registration number of an employed worker; who came from an agency keeps the number."""
    agency = force.turned_permanent.get(worker)
    return f"SW2{worker:05d}" if agency is None else f"SW7{agency:05d}"


def _posts(filler: Filler, force: Workforce) -> None:
    rows = [(n, first, last, fte) for n, post in enumerate(force.posts) for first, last, fte in post.versions]
    roles = ("5", "5", "5", "5", "4", "5", "6", "3", "5", "2", "5", "5", "4", "5", "5", "1")
    groups = {"1": "senior_manager", "2": "senior_manager", "3": "team_manager", "4": "senior_practitioner"}
    role = [roles[n % len(roles)] for n, *_ in rows]
    others = ("personal_adviser", "iro_chair", "family_support", "business_support", "other")
    budget = ["time_limited" if n % 29 == 7 else "permanent" for n, *_ in rows]
    budget += ["frozen" if n % 12 == 3 else "supernumerary" if n % 12 == 5 else "permanent" for n in range(OTHERS)]
    filler.table(
        "hr_post",
        _days([r[1] for r in rows] + [date(2014, 1, 1)] * OTHERS),
        delay=0,
        post_id=[f"POST{r[0]:04d}" for r in rows] + [f"POSTX{n:03d}" for n in range(OTHERS)],
        valid_from=_days([r[1] for r in rows] + [date(2014, 1, 1)] * OTHERS),
        valid_to=_days([r[2] for r in rows] + [None] * OTHERS),
        post_title=["Social worker"] * len(rows) + ["Children's services officer"] * OTHERS,
        team_id=[f"HR-{TEAMS[r[0] % 8][0]}" for r in rows] + [f"HR-{TEAMS[6 + n % 5][0]}" for n in range(OTHERS)],
        role_group=[groups.get(r, "child_family_sw") for r in role] + [others[n % 5] for n in range(OTHERS)],
        csww_scope=["true"] * len(rows) + ["false"] * OTHERS,
        csww_role=role + [""] * OTHERS,
        leadership_tag=["psw" if n == 3 else "assistant_director" if n in (9, 25) else "none" for n, *_ in rows]
        + ["dcs" if n == 4 else "none" for n in range(OTHERS)],
        funded_fte=[f"{r[3]:.6f}" for r in rows] + ["1.000000"] * OTHERS,
        budget_status=budget,
        vacant_from=np.datetime64("NaT"),
        grade=[f"G{9 + n % 4}" for n in range(len(rows) + OTHERS)],
        corrected=("grade", ("G9", "G10", "G11")),
        planned=("valid_from", "vacant_from"),
    )


def _workers(filler: Filler, force: Workforce) -> None:
    rng = filler.rng
    count = force.workers + OTHERS
    spells = [[c for c in force.contracts if c.worker == n] for n in range(force.workers)]
    first = _days([min(c.start for c in s) for s in spells] + [date(2014, 1, 6)] * OTHERS)
    numbers = np.array([swe(force, n) for n in range(force.workers)] + [""] * OTHERS)
    ids = np.array([f"W{n:04d}" for n in range(force.workers)] + [f"WX{n:03d}" for n in range(OTHERS)])
    ethnicities = np.array([c.code for c in contract.code_lists()["csww.ETHNICITY"]])
    in_scope = np.arange(count) < force.workers
    filler.table(
        "hr_worker",
        first,
        delay=0,
        worker_id=ids,
        swe_number=numbers,
        swe_expiry=np.where(in_scope, np.datetime64("2026-11-30"), np.datetime64("NaT")),
        staff_id=np.array([f"SP{n:04d}" for n in range(force.workers)] + [f"SX{n:03d}" for n in range(OTHERS)]),
        full_name=names(rng, count),
        email=np.char.add(np.char.lower(ids), "@elmbourne.example"),
        birth_date=first - rng.integers(24 * 365, 55 * 365, count) * np.timedelta64(1, "D"),
        sex_code=np.where(rng.random(count) < 0.85, "F", "M"),
        ethnicity_code=ethnicities[np.arange(count) % len(ethnicities)],
        qualified_date=np.where(
            in_scope, first - rng.integers(30, 4000, count) * np.timedelta64(1, "D"), np.datetime64("NaT")
        ),
        qualification_level=np.where(in_scope, np.array(["1", "2", "2", "3"])[np.arange(count) % 4], ""),
        qual_institution=np.where(in_scope, "University of Elmbourne", ""),
        step_up_grad=np.where(in_scope, np.where(np.arange(count) % 9 == 0, "1", "0"), ""),
        frontline_grad=np.where(in_scope, np.where(np.arange(count) % 11 == 0, "1", "0"), ""),
        continuous_service_start=first,
        asye_start=np.datetime64("NaT"),
        asye_end=np.datetime64("NaT"),
        corrected=("qual_institution", ("University of Elmbourne", "Elmbourne University", "University of Ravensmoor")),
        planned=("swe_expiry",),
    )
    contracts = force.contracts
    last_of = {c.worker: i for i, c in enumerate(contracts)}
    first_of = {c.worker: i for i, c in reversed(list(enumerate(contracts)))}
    n = len(contracts)
    kinds = np.array(
        ["fixed_term" if i % 13 == 4 else "secondment_in" if i % 31 == 8 else "permanent" for i in range(n)]
    )
    others = np.array([("permanent", "permanent", "fixed_term", "casual", "acting_up")[k % 5] for k in range(OTHERS)])
    codes = {
        key: [c.code for c in contract.code_lists()[f"csww.{key}"]]
        for key in ("REASON_LEAVE", "LEAVER_DESTINATION", "START_ORIGIN")
    }
    ended = [c.end is not None for c in contracts]
    left = [ended[i] and last_of[c.worker] == i for i, c in enumerate(contracts)]
    reason = [codes["REASON_LEAVE"][i % 10] if left[i] else "9" if ended[i] else "" for i in range(n)]
    destination = [codes["LEAVER_DESTINATION"][i % 9] if left[i] else "8" if ended[i] else "" for i in range(n)]
    origin = [
        "4" if c.worker in force.turned_permanent and first_of[c.worker] == i else codes["START_ORIGIN"][c.worker % 10]
        for i, c in enumerate(contracts)
    ]
    salary = rng.integers(34000, 62000, n + OTHERS)
    fte = np.array([float(c.fte) for c in contracts] + [0.0 if k == "casual" else 1.0 for k in others])
    filler.table(
        "hr_contract",
        _days([c.start for c in contracts] + [date(2014, 1, 6)] * OTHERS),
        delay=0,
        contract_id=[f"K{i:05d}" for i in range(n)] + [f"KX{k:03d}" for k in range(OTHERS)],
        worker_id=[f"W{c.worker:04d}" for c in contracts] + [f"WX{k:03d}" for k in range(OTHERS)],
        post_id=[f"POST{c.post:04d}" for c in contracts] + [f"POSTX{k:03d}" for k in range(OTHERS)],
        start_date=_days([c.start for c in contracts] + [date(2014, 1, 6)] * OTHERS),
        end_date=_days([c.end for c in contracts] + [None] * OTHERS),
        contract_type=np.concatenate([kinds, others]),
        fte=np.char.mod("%.6f", fte),
        weekly_hours=np.char.mod("%.2f", fte * 36),
        standard_hours="36.00",
        grade="G10",
        grade_rank="3",
        base_salary_full_time=np.char.mod("%.2f", salary),
        base_salary_actual=np.char.mod("%.2f", np.round(salary * fte)),
        leave_reason=reason + [""] * OTHERS,
        leave_destination=destination + [""] * OTHERS,
        starter_origin=origin + ["9"] * OTHERS,
        probation_end=np.datetime64("NaT"),
        follows={"leave_reason": "end_date", "leave_destination": "end_date"},
        corrected=("grade", ("G10", "G11", "G12")),
    )


def _agency(filler: Filler, force: Workforce) -> None:
    rng = filler.rng
    count = force.agency_workers
    first = [min(b.start for b in force.bookings if b.worker == n) for n in range(count)]
    base = _days(first)
    filler.table(
        "agency_worker",
        base,
        delay=0,
        agency_worker_id=[f"AG{n:04d}" for n in range(count)],
        swe_number=[f"SW7{n:05d}" for n in range(count)],
        swe_expiry=np.datetime64("2026-11-30"),
        full_name=names(rng, count),
        birth_date=base - rng.integers(26 * 365, 60 * 365, count) * np.timedelta64(1, "D"),
        sex_code=np.where(rng.random(count) < 0.8, "F", "M"),
        pqe_start=base - rng.integers(1100, 6000, count) * np.timedelta64(1, "D"),
        pqe_direct_months="36",
        last_substantive_end=np.datetime64("NaT"),
        planned=("swe_expiry",),
    )
    n = len(force.bookings)
    ended = np.array([b.end is not None for b in force.bookings])
    covers = np.array([b.covers_vacancy for b in force.bookings])
    other = np.array(["extra_demand", "project", "other", "absence_cover", "unknown"])[np.cumsum(~covers) % 5]
    rate = 32 + rng.random(n) * 12
    filler.table(
        "agency_assignment",
        _days([b.start for b in force.bookings]),
        delay=0,
        assignment_id=[f"AS{i:05d}" for i in range(n)],
        agency_worker_id=[f"AG{b.worker:04d}" for b in force.bookings],
        assignment_type=np.array(
            ["project_team" if i % 17 == 3 else "managed_service" if i % 41 == 5 else "individual" for i in range(n)]
        ),
        supplier=np.array(["Meridian Care Staffing", "Hallmark Locums", "Northgate People"])[np.arange(n) % 3],
        team_id=[f"HR-{TEAMS[b.worker % 8][0]}" for b in force.bookings],
        start_date=_days([b.start for b in force.bookings]),
        end_date=_days([b.end for b in force.bookings]),
        planned_end_date=_days([b.start + timedelta(days=180) for b in force.bookings]),
        fte=[f"{b.fte:.6f}" for b in force.bookings],
        weekly_hours=np.char.mod("%.2f", np.array([float(b.fte) * 37 for b in force.bookings])),
        reason=np.where(covers, "vacancy_cover", other),
        covers_post_id="",
        case_holding="true",
        notice_given_date=np.datetime64("NaT"),
        notice_days_terms="28",
        ended_by=np.where(ended, np.array(["worker", "authority", "supplier", "converted"])[np.arange(n) % 4], ""),
        pay_rate_hour=np.char.mod("%.2f", rate),
        employer_ni_hour="3.10",
        levy_hour="0.20",
        charge_rate_hour=np.char.mod("%.2f", rate + 8),
        follows={"ended_by": "end_date"},
        corrected=("supplier", ("Meridian Care Staffing", "Meridian Staffing", "Hallmark Locums")),
    )
