"""The reports: every number is the night's, nothing small is public, two pages, the same bytes each time."""

import csv
import re
from datetime import date
from decimal import Decimal

import pytest
from psycopg.types.json import Jsonb

from councils import SHIPPED, at
from statutory.errors import StatutoryError
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.indicators.rounding import shown
from statutory.night import use_night
from statutory.packs import content, due, reports
from statutory.packs.content import Figure
from statutory.quality.night import build as build_night

NIGHT = date(2025, 11, 14)


@pytest.fixture
def council(connection, add, loaded):
    """Twelve children in need in two teams, three on a plan, workers, assessments that nobody finished."""
    loaded(NIGHT)
    for number in range(800):
        day = date.fromordinal(date(2024, 1, 1).toordinal() + number)
        # A day of a weekend has the number of the Friday before it.
        add("calendar_day", day=day, is_working_day=day.weekday() < 5,
            working_day_no=number // 7 * 5 + min(day.weekday(), 4))  # fmt: skip
    add("local_parameter", name="own_la", valid_from="2000-01-01", value="990")
    add("authority", la_code="990", valid_from="2000-01-01", la_name="Any & Borough")
    for team, name in (("TA", "North <team>"), ("T/B", "South")):
        add("ssd_department", dept_team_id=team, dept_team_name=name)
    add("hr_post", post_id="P1", valid_from="2015-01-01", team_id="TA", csww_scope=True, csww_role="5")
    for number in range(15):
        add("hr_worker", worker_id=f"W{number}", swe_number=f"SW{number}", full_name="Quilla Testworthy")
        add("hr_contract", contract_id=f"K{number}", worker_id=f"W{number}", post_id="P1", start_date="2016-03-01",
            fte="1")  # fmt: skip
    for number in range(12):
        child = f"CHILD-{number}"
        team = "TA" if number < 8 else "T/B"
        add("ssd_person", pers_person_id=child, pers_surname="Testworthy", pers_dob="2015-06-07")
        add("ssd_cin_episodes", cine_referral_id=f"R{number}", cine_person_id=child, cine_referral_date="2025-09-01",
            cine_referral_team=team, cine_referral_nfa="N")  # fmt: skip
        # Those of one worker are long past their day, the last is due next week.
        add("ssd_cin_assessments", cina_assessment_id=f"A{number}", cina_referral_id=f"R{number}",
            cina_person_id=child, cina_assessment_start_date="2025-09-18" if number == 11 else "2025-09-01",
            cina_assessment_team=team, cina_assessment_worker_id=f"PROF-{number % 2}")  # fmt: skip
        if number < 3:
            add("ssd_cp_plans", cppl_cp_plan_id=f"L{number}", cppl_person_id=child,
                cppl_cp_plan_start_date="2025-09-15", cppl_cp_plan_ola="N")  # fmt: skip
    build_night(at(connection, NIGHT))
    use_night(at(connection, NIGHT))
    results.keep(at(connection, NIGHT), [indicators(SHIPPED)[name] for name in content.scorecard()])
    return connection


@pytest.fixture
def written(council, tmp_path):
    reports.write_councillors(at(council, NIGHT), tmp_path)
    reports.write_managers(at(council, NIGHT), tmp_path)
    reports.write_teams(at(council, NIGHT), tmp_path)
    return tmp_path


def text(folder, name):
    return (folder / name).read_text(encoding="utf-8-sig")


def figures(page):
    """By key: the value that stands in the page and how it is shown."""
    found = re.findall(r'<data value="([^"]*)" data-key="([^"]*)">([^<]*)</data>', page)
    return {key: (value, told) for value, key, told in found}


def kept(council, relation):
    """Every value of the night by the key that the reports give it."""
    use_night(at(council, NIGHT))
    return dict(
        council.execute(
            "select concat_ws('|', indicator_id, view, period_kind, period_end, figure, breakdown, coalesce(part, '')),"
            f" value from {relation} as found"
        ).fetchall()
    )


def test_every_measure_of_the_plan_is_an_indicator_and_there_are_about_25():
    assert set(content.scorecard()) <= indicators(SHIPPED).keys()
    assert len(set(content.scorecard())) == len(content.scorecard()) == 25


def test_every_number_is_the_one_that_the_night_kept(written, council):
    whole = figures(text(written, "managers.html"))
    assert {key.partition("|")[0] for key in whole} == set(content.scorecard())
    assert {key.split("|")[5] for key in whole} == {"whole", "team"}
    anybodys = "(select *, 'whole' as breakdown, null as part from public_value)"
    for page, relation in (("managers.html", "indicator_value"), ("councillors.html", anybodys)):
        of_night = kept(council, relation)
        for key, (value, told) in figures(text(written, page)).items():
            if told == "c":
                assert value == ""
                continue
            assert of_night[key] == (Decimal(value) if value else None)
            assert told.rstrip("%") in (shown(of_night[key]), "nothing to count", "no source")


def test_each_team_has_its_own_number(written):
    found = figures(text(written, "managers.html"))
    children = {key.rpartition("|")[2]: told for key, (_, told) in found.items() if key.startswith("D03|")}
    assert children == {"": "12", "TA": "8", "T/B": "4"}


def test_a_team_stands_beside_itself_a_year_before(council):
    same = "indicator_id = 'D03' and figure = 'count' and breakdown = 'team' and part = 'TA'"
    council.execute(f"delete from indicator_value where {same} and period_end = '2024-10-31'")
    council.execute(
        "insert into indicator_value select (jsonb_populate_record(now, %s)).*"
        f" from indicator_value as now where {same} and period_end = '2025-11-14'",
        (Jsonb({"period_end": "2024-10-31", "value": 30}),),
    )
    parts = {part.title: part for part in reports.managers(at(council, NIGHT)).parts}
    told = {
        title: [cell.text for row in part.rows if row[0].text == "Referrals D03" for cell in row[-2:]]
        for title, part in parts.items()
    }
    assert told["North <team> (TA)"] == ["30", "lower"]  # 22 against 1.96 times 6.2
    assert told["South (T/B)"][0] in ("", "0")


def test_one_team_is_told_by_id_or_name_and_one_that_is_not_known_is_an_error(council):
    for name in ("T/B", "South"):
        assert [part.title for part in reports.managers(at(council, NIGHT), name).parts] == [
            "The council",
            "South (T/B)",
        ]
        assert [one for one, _, _ in reports.teams(at(council, NIGHT), name)] == ["T/B"]
    for asked in (reports.managers, reports.teams):
        with pytest.raises(StatutoryError, match="team TZ"):
            asked(at(council, NIGHT), "TZ")


def test_nothing_small_is_in_the_councillors_report(written):
    public = figures(text(written, "councillors.html"))
    assert public[f"D18|members|snapshot|{NIGHT}|count|whole|"] == ("", "c")
    assert public[f"D11|members|snapshot|{NIGHT}|count|whole|"] == ("15", "15")
    for line in csv.DictReader(text(written, "councillors.csv").splitlines()):
        assert not {line["value"], line["a year before"]} & {"1", "2", "3", "4", "5"}
    assert " of " not in "".join(told for _, told in public.values())


def test_no_name_is_in_any_report_and_no_id_in_the_councillors(written):
    for path in written.iterdir():
        if path.suffix != ".pdf":
            found = path.read_text(encoding="utf-8")
            assert not re.search("Testworthy|Quilla|2015-06-07", found)
            assert not path.name.startswith("councillors") or not re.search("CHILD-|PROF-|North", found)


def test_the_pdfs_are_tagged_and_the_councillors_have_two_pages_at_most(written):
    for name in ("councillors", "managers"):
        made = (written / f"{name}.pdf").read_bytes()
        for sign in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
            assert sign in made
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", (written / "councillors.pdf").read_bytes())) <= 2


def test_a_report_full_of_long_lines_still_has_two_pages(council, tmp_path):
    whole = reports.councillors(at(council, NIGHT))
    longest = max((indicator.title for indicator in indicators(SHIPPED).values()), key=len)
    (part,) = whole.parts
    row = tuple(
        reports.Cell(said, is_number=3 > number > 1)
        for number, said in enumerate(
            (f"{longest} T00", "six months, due in the period, finished or not", "1,234.5%", "100%", "1,234.5%",
             "1,234.5% (2025)", "worse, chance not tested")
        )
    )  # fmt: skip
    full = reports.Part(part.id, part.title, part.lead, part.columns, [row] * 25)
    whole.parts = [full]
    sentence = f"{longest}: 1,234.5%, a year before 1,234.5%"
    whole.headlines = [(name, [sentence] * 3) for name in ("Better", "Worse")] + [("Cannot", [sentence])]
    made = reports.write_pdf(tmp_path / "full.pdf", "report.typ.j2", {"report": whole}, {}).read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", made)) <= 2


def test_the_week_of_a_team_stands_by_worker_past_the_target_first(written, council):
    use_night(at(council, NIGHT))
    ((waiting,),) = council.execute("select count(*) from worklist").fetchall()
    lines = {name: list(csv.DictReader(text(written, f"{name}.csv").splitlines())) for name in ("team_TA", "team_T_B")}
    others = [path for path in written.glob("team_*.csv") if path.stem not in lines]
    assert sum(map(len, lines.values())) + sum(len(path.read_text().splitlines()) - 1 for path in others) == waiting
    south = [line for line in lines["team_T_B"] if line["indicator_id"] == "T03"]
    assert south
    for found in lines.values():
        order = [(line["worker_id"], line["state"] != "past the target", line["due_date"]) for line in found]
        assert order == sorted(order)
        for line in found:
            assert (line["state"] == "past the target") == (date.fromisoformat(line["due_date"]) < NIGHT)
    page = text(written, "team_TA.html")
    assert "the week of North &lt;team&gt;" in page
    assert page.count("<tbody>") == len({line["worker_id"] for line in lines["team_TA"]})


def test_a_team_with_nothing_to_do_says_so(council):
    council.execute("delete from worklist")
    ((_, report, lines),) = reports.teams(at(council, NIGHT), "TA")
    assert (report.parts, lines) == ([], [])
    assert "0 overdue, 0 due" in report.lead


def test_the_headlines_are_what_moved_most_beyond_chance(council, monkeypatch):
    def told(*_):
        return [{"indicator": indicators(SHIPPED)[name]} for name in content.scorecard()[:6]]

    moves = {"W06": ("better", 3), "W14": ("better", 9), "W23": ("worse", 2), "C04": ("better", 4),
             "D03": ("better, chance not tested", 99), "D05": ("better", 5)}  # fmt: skip

    def head(row):
        name = row["indicator"].id
        return Figure(name, name, "", "8", Decimal(8), "", "7", moves[name][0], "", "", "", "")

    use_night(at(council, NIGHT))
    monkeypatch.setattr(reports, "_shown_rows", told)
    monkeypatch.setattr(reports, "_head", head)
    monkeypatch.setattr(reports, "_strength", lambda row: Decimal(moves[row["indicator"].id][1]))
    better, worse, weak = reports.councillors(at(council, NIGHT)).headlines
    assert [said.partition(":")[0] for said in better[1]] == ["W14", "D05", "C04"]
    assert [said.partition(":")[0] for said in worse[1]] == ["W23"]
    assert len(weak[1]) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["the same", "", "no figure a year before"], "None of the 1 measures with figures for both dates"),
        (["", "no figure a year before"], "Not known: no measure has a figure both now and a year before."),
    ],
)
def test_what_is_hidden_or_not_known_is_no_sign_that_nothing_moved(council, monkeypatch, changes, said):
    told = [{"indicator": indicators(SHIPPED)[name]} for name in content.scorecard()[: len(changes)]]
    change = {row["indicator"].id: change for row, change in zip(told, changes, strict=True)}
    use_night(at(council, NIGHT))
    monkeypatch.setattr(reports, "_shown_rows", lambda *_: told)
    monkeypatch.setattr(
        reports, "_head",
        lambda row: Figure("", "", "", "8", Decimal(8), "", "", change[row["indicator"].id], "", "", "", ""),
    )  # fmt: skip
    for _, sentences in reports.councillors(at(council, NIGHT)).headlines[:2]:
        assert len(sentences) == 1
        assert sentences[0].startswith(said)


def test_the_same_night_gives_the_same_bytes(written, council, tmp_path):
    again = tmp_path / "again"
    reports.write_councillors(at(council, NIGHT), again)
    reports.write_managers(at(council, NIGHT), again)
    reports.write_teams(at(council, NIGHT), again)
    for path in written.iterdir():
        if path.is_file():
            assert path.read_bytes() == (again / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("night", "earlier", "wanted"),
    [
        ("2026-01-01", ["2025-12-31"], ["councillors", "managers"]),  # a Thursday
        ("2026-02-02", ["2026-02-01"], ["teams"]),  # a Monday
        ("2026-02-03", ["2026-02-01"], ["teams"]),  # Monday's night was missed
        ("2026-02-03", ["2026-02-02"], []),
        ("2026-02-02", ["2026-01-30"], ["managers", "teams"]),  # and so was the first
        ("2026-04-06", ["2026-03-31"], ["councillors", "managers", "teams"]),
        ("2025-12-29", ["2025-12-28"], ["teams"]),
        ("2026-01-01", ["2025-12-29", "2026-01-02"], ["councillors", "managers"]),  # what came later says nothing
        ("2025-11-14", [], ["councillors", "managers", "teams"]),
    ],
)
def test_which_reports_are_due_on_a_night(night, earlier, wanted):
    nights = [date.fromisoformat(one) for one in (*earlier, night)]
    assert due.due(nights, date.fromisoformat(night)) == wanted


def test_the_reports_that_are_due_are_written_each_into_its_folder(council, tmp_path):
    written = due.write(at(council, NIGHT), tmp_path)
    assert {path.relative_to(tmp_path).parts[0] for path in written} == {"councillors", "managers", "teams"}
    council.execute("create schema night_2025_11_13")  # of the same week
    assert due.write(at(council, NIGHT), tmp_path / "later") == []
