"""Children's records of one block: the children first known in one year, and all that follows for them."""

import numpy as np

from statutory.sample import care, court, protection, scrutiny
from statutory.sample.calendar import add_working_days
from statutory.sample.events import ASSESSED, DAY, IN_NEED, NAT, NFA, better, days, number, of, repeated, yes
from statutory.sample.fill import Filler
from statutory.sample.people import FORENAMES, SURNAMES, CaseWorker
from statutory.sample.timeline import Array
from statutory.sources import contract

PATHS = (0.20, 0.36, 0.22, 0.14, 0.08)
LEAVERS = (0.0, 0.0, 0.0, 0.0, 1.0)
REASONS = tuple(code.code for code in contract.code_lists()["ssda903.SW_REASON"])
ADDRESS = (
    '{"ROOM": "", "FLOOR": "", "FLAT": "", "BUILDING": "", "HOUSE": "1", "STREET": "Quarry Rise",'
    ' "TOWN": "Elmbourne", "UPRN": "", "EASTING": "", "NORTHING": ""}'
)
NOTES = ("by telephone", "by telephone, confirmed in writing", "by online form")


class Desk:
    """Gives children to workers who are at work, and on to the next when one leaves."""

    def __init__(self, holders: list[CaseWorker]) -> None:
        self.professional = np.array([h.professional for h in holders])
        self.team = np.array([h.team for h in holders])
        self.staff = np.array([h.staff for h in holders])
        self.is_agency = np.array([h.is_agency for h in holders])
        self.first = np.array([h.first for h in holders], dtype="datetime64[D]")
        self.last = np.array([h.last for h in holders], dtype="datetime64[D]")
        self.by_month: dict[int, Array] = {}

    def pick(self, rng: np.random.Generator, on: Array) -> Array:
        """A worker for each day, at work on it and through its month where there is one."""
        months = on.astype("datetime64[M]").astype(int)
        chosen = np.zeros(len(on), dtype=np.int64)
        for month in np.unique(months):
            if month not in self.by_month:
                start = np.datetime64(int(month), "M")
                begins, ends = start.astype("datetime64[D]"), (start + 1).astype("datetime64[D]")
                self.by_month[int(month)] = np.flatnonzero((self.first <= begins) & (self.last >= ends))
            here = self.by_month[int(month)]
            these = months == month
            chosen[these] = here[rng.integers(0, len(here), int(these.sum()))]
        return chosen


def write(filler: Filler, year: int, count: int, desk: Desk, *, leavers: bool = False) -> None:
    """Make every case-system table of the children first known in a year; `leavers` grow up in care."""
    rng, label = filler.rng, filler.label
    known = np.datetime64(f"{year}-01-01") + days(rng, 0, 364, count)
    # Some are not born yet.
    age = rng.integers(15 * 365, 17 * 365, count) if leavers else rng.integers(-120, 17 * 365, count)
    born = known - age * DAY
    unborn = age < 0
    person = number("C", label, count)
    sex = np.where(np.arange(count) % 90 == 11, "U", np.where(rng.random(count) < 0.49, "F", "M"))
    gender = np.array(["00", "09"])[np.arange(count) // 90 % 2]
    unknown = np.array([c.code for c in contract.code_lists()["cin.UPNunknown"]])
    surname = np.array(SURNAMES)[rng.integers(0, len(SURNAMES), count)]
    upn = np.char.add("A9", np.char.mod("%011d", rng.integers(10**9, 10**10, count)))
    children = filler.table(
        "ssd_person",
        known,
        pers_person_id=person,
        pers_forename=np.array(FORENAMES)[rng.integers(0, len(FORENAMES), count)],
        pers_surname=surname,
        pers_sex=sex,
        pers_gender=np.where(sex == "F", "02", np.where(sex == "M", "01", gender)),
        pers_dob=np.where(unborn, NAT, born),
        pers_expected_dob=np.where(unborn, born, NAT),
        pers_death_date=NAT,
        pers_is_mother=np.where(np.arange(count) % 20 == 3, "N", ""),
        pers_upn=np.where(age > 5 * 365, upn, ""),
        pers_upn_unknown=np.where(age > 5 * 365, "", unknown[np.arange(count) % len(unknown)]),
        pers_legacy_id="",
        pers_single_unique_id="",
        pers_nationality="GBR",
        corrected=("pers_nationality", ("GBR", "GB", "British")),
        planned=("pers_dob", "pers_expected_dob"),
    )
    family = np.char.add(f"F{label}", np.char.mod("%06d", np.arange(count) // 2))
    filler.table("ssd_family", known, fami_family_id=family, fami_person_id=person)
    filler.table(
        "ssd_address",
        known,
        addr_person_id=person,
        addr_address_type="Home",
        addr_address_start_date=known,
        addr_address_end_date=NAT,
        addr_address_json=np.array([ADDRESS.replace("1", str(i % 200 + 1)) for i in range(count)]),
        addr_address_postcode="EB1 1AA",
        corrected=("addr_address_postcode", ("EB11AA", "EB12BB", "EB23CC")),
    )
    _episodes(filler, person, known, born, desk, paths=LEAVERS if leavers else PATHS)
    mothers = np.arange(0, count, 25)
    mother = number("M", label, len(mothers))
    filler.table(
        "ssd_person",
        known[mothers],
        pers_person_id=mother,
        pers_forename="Senara",
        pers_surname=surname[mothers],
        pers_sex="F",
        pers_gender="02",
        pers_dob=born[mothers] - 9000 * DAY,
        pers_expected_dob=NAT,
        pers_death_date=NAT,
        pers_is_mother="Y",
        pers_upn="",
        pers_upn_unknown="",
        pers_legacy_id="",
        pers_single_unique_id="",
        pers_nationality="GBR",
    )
    filler.table(
        "ssd_mother",
        known[mothers],
        moth_person_id=mother,
        moth_childs_person_id=person[mothers],
        moth_childs_dob=np.where(unborn, NAT, born)[mothers],
        planned=("moth_childs_dob",),
    )
    filler.here["ssd_person"] = children  # what else is known is of the children


def _episodes(
    filler: Filler, person: Array, known: Array, born: Array, desk: Desk, *, paths: tuple[float, ...]
) -> None:
    """Contacts, and up to three referrals a child, none while one is open."""
    rng = filler.rng
    eighteen = born + 6574 * DAY
    start, who = known, np.arange(len(person))
    rounds: list[tuple[Array, Array, Array, Array]] = []
    for _ in range(3):
        path = rng.choice(5, len(who), p=paths)
        length = np.choose(
            path,
            [
                rng.integers(1, 8, len(who)),
                rng.integers(48, 75, len(who)),
                rng.integers(90, 420, len(who)),
                rng.integers(110, 640, len(who)) + np.where(np.arange(len(who)) % 14 == 5, 420, 0),
                120 + rng.exponential(620, len(who)).astype(np.int64),
            ],
        )
        close = np.minimum(start + length * DAY, np.maximum(eighteen[who], start + DAY))
        rounds.append((who, start, close, path))
        again = (rng.random(len(who)) < 0.42) & (close + 30 * DAY < eighteen[who])
        gap = 1 + rng.exponential(230, len(who)).astype(np.int64)
        who, start = who[again], (close + gap * DAY)[again]
        alive = start < eighteen[who]
        who, start = who[alive], start[alive]
    who, start, close, path = (np.concatenate(parts) for parts in zip(*rounds, strict=True))
    count = len(who)
    label = filler.label
    child = person[who]
    referral = number("R", label, count)
    worker = desk.pick(rng, start)
    contacts = np.concatenate([start - days(rng, 0, 1, count), known + days(rng, 0, 300, len(known))])
    contact_child = np.concatenate([child, person])
    contact = number("N", label, len(contacts))
    filler.table(
        "ssd_contacts",
        contacts,
        delay=1,
        leaf=False,
        cont_contact_id=contact,
        cont_person_id=contact_child,
        cont_contact_date=contacts,
        cont_contact_source_desc="by telephone",
        cont_contact_outcome_json='{"NEW_REFERRAL_FLAG": "Y"}',
        corrected=("cont_contact_source_desc", NOTES),
    )
    overdue = rng.spawn(1)[0].random(len(contacts)) > better(contacts, 0.65, 0.93)
    received = contacts.astype("datetime64[m]") + rng.integers(480, 1020, len(contacts))
    filler.table(
        "contact_decision",
        contacts + DAY,
        delay=0,
        contact_id=contact,
        received_at=received,
        decided_at=received + rng.integers(60, 1200, len(contacts)) + np.where(overdue, 4 * 1440, 0),
        decision_by=desk.professional[desk.pick(rng, contacts)],
    )
    nfa = path == NFA
    filler.table(
        "ssd_cin_episodes",
        start,
        delay=1,
        cine_referral_id=referral,
        cine_person_id=child,
        cine_referral_date=start,
        cine_referral_source_desc="by telephone",
        cine_referral_outcome_json='{"OUTCOME_SINGLE_ASSESSMENT_FLAG": "Y"}',
        cine_referral_nfa=np.where(nfa, "Y", "N"),
        cine_close_date=close,
        cine_referral_team=desk.team[worker],
        cine_referral_worker_id=desk.professional[worker],
        follows={"cine_close_reason": "cine_close_date"},
        corrected=("cine_referral_source_desc", NOTES),
    )
    asked = start.astype("datetime64[m]") + rng.integers(480, 1020, count)
    filler.table(
        "referral_decision",
        start + DAY,
        delay=0,
        referral_id=referral,
        decided_at=asked + rng.integers(30, 1400, count),
        decision=np.where(
            nfa,
            "nfa",
            np.array(["assessment", "strategy_discussion", "early_help", "other", "assessment"])[
                rng.integers(0, 5, count)
            ],
        ),
    )
    world: dict[str, Array] = {
        "child": child,
        "referral": referral,
        "start": start,
        "close": close,
        "path": path,
        "born": born[who],
        "team": desk.team[worker],
        "worker": desk.professional[worker],
        "staff": desk.staff[worker],
        "is_agency": desk.is_agency[worker],
    }
    _assess(filler, world)
    _involve(filler, world, desk)
    _in_need(filler, world)
    protection.write(filler, world)
    care.write(filler, world)
    scrutiny.write(filler, world)
    court.complaints(filler, world)


def _assess(filler: Filler, world: dict[str, Array]) -> None:
    rng = filler.rng
    some = of(world, np.flatnonzero(world["path"] != NFA))
    count = len(some["child"])
    taken = np.clip(rng.normal(33, 9, count).round().astype(np.int64), 3, 62)
    authorised = np.minimum(add_working_days(some["start"], taken), some["close"])
    assessment = number("A", filler.label, count)
    filler.table(
        "ssd_cin_assessments",
        some["start"] + DAY,
        delay=2,
        cina_assessment_id=assessment,
        cina_person_id=some["child"],
        cina_referral_id=some["referral"],
        cina_assessment_start_date=some["start"] + DAY,
        cina_assessment_child_seen=np.where(np.arange(count) % 50 == 7, "N", "Y"),
        cina_assessment_auth_date=authorised,
        cina_assessment_outcome_json='{"OUTCOME_CLA_REQUEST_FLAG": "N"}',
        cina_assessment_outcome_nfa=np.where(some["path"] == ASSESSED, "Y", "N"),
        cina_assessment_team=some["team"],
        cina_assessment_worker_id=some["worker"],
        follows={"cina_assessment_outcome_nfa": "cina_assessment_auth_date"},
    )
    factors = [c.code for c in contract.code_lists()["cin.AssessmentFactors"]]
    listed = np.array([f'["{factors[i % len(factors)]}"]' for i in range(count)])
    filler.table(
        "ssd_assessment_factors", authorised, cinf_assessment_id=assessment, cinf_assessment_factors_json=listed
    )


def _involve(filler: Filler, world: dict[str, Array], desk: Desk) -> None:
    """A first worker to the end of the assessment, then another; each until the case or the worker goes."""
    rng = filler.rng
    some = of(world, np.flatnonzero(world["path"] != NFA))
    first_end = np.minimum(some["start"] + days(rng, 40, 60, len(some["child"])), some["close"])
    index = np.concatenate([np.arange(len(first_end)), np.flatnonzero(first_end < some["close"])])
    begins = np.concatenate([some["start"], first_end[first_end < some["close"]]])
    ends = np.concatenate([first_end, some["close"][first_end < some["close"]]])
    parts: dict[str, list[Array]] = {name: [] for name in ("index", "begins", "ends", "worker")}
    for _ in range(12):
        if not len(index):
            break
        worker = desk.pick(rng, begins)
        until = np.minimum(ends, desk.last[worker])
        for name, values in (("index", index), ("begins", begins), ("ends", until), ("worker", worker)):
            parts[name].append(values)
        on = until < ends
        index, begins, ends = index[on], until[on], ends[on]
    joined = {name: np.concatenate(values) for name, values in parts.items()}
    count = len(joined["index"])
    filler.table(
        "ssd_involvements",
        joined["begins"],
        delay=0,
        invo_involvements_id=number("I", filler.label, count),
        invo_professional_id=desk.professional[joined["worker"]],
        invo_professional_role_id="CW",
        invo_professional_team=desk.team[joined["worker"]],
        invo_involvement_start_date=joined["begins"],
        invo_involvement_end_date=joined["ends"],
        invo_person_id=some["child"][joined["index"]],
        invo_referral_id=some["referral"][joined["index"]],
        follows={"invo_worker_change_reason": "invo_involvement_end_date"},
        corrected=("invo_worker_change_reason", REASONS),
    )


def _in_need(filler: Filler, world: dict[str, Array]) -> None:
    rng = filler.rng
    some = of(world, np.flatnonzero((world["path"] == IN_NEED) & (world["close"] - world["start"] > 80 * DAY)))
    count = len(some["child"])
    begins, ends = some["start"] + 66 * DAY, some["close"] - 2 * DAY
    plan = number("CP", filler.label, count)
    filler.table(
        "ssd_cin_plans",
        begins,
        cinp_cin_plan_id=plan,
        cinp_referral_id=some["referral"],
        cinp_person_id=some["child"],
        cinp_cin_plan_start_date=begins,
        cinp_cin_plan_end_date=ends,
        cinp_cin_plan_team=some["team"],
        cinp_cin_plan_worker_id=some["worker"],
    )
    index, day = repeated(rng.spawn(1)[0], begins, ends, 24, 14)
    filler.table(
        "ssd_cin_visits",
        day,
        leaf=True,
        cinv_cin_visit_id=(visit := number("VN", filler.label, len(day))),
        cinv_person_id=some["child"][index],
        cinv_cin_visit_date=day,
        cinv_cin_visit_seen=yes(rng, day, 0.75, 0.96),
        corrected=("cinv_cin_visit_bedroom", ("Y", "N")),
    )
    scrutiny.written_up(filler, visit, day)
    index, day = repeated(rng, begins, ends, 84, 45)
    held = rng.spawn(1)[0].random(len(day)) < better(day, 0.6, 0.93)
    index, day = index[held], day[held]
    filler.table("cin_review", day, leaf=True, cin_plan_id=plan[index], held_date=day, due_date=day + 3 * DAY)
