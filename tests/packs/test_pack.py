"""The inspection pack: both editions of one content, nothing small in the public one, the same bytes each time."""

import csv
import html
import json
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import jinja2
import pytest
import typst

from councils import SHIPPED, at
from statutory.errors import StatutoryError
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.indicators.rounding import shown
from statutory.night import use_night
from statutory.packs import commentary, content, pack
from statutory.packs.commands import LONDON
from statutory.packs.page import _quoted, environment
from statutory.quality.night import build as build_night

NIGHT = date(2025, 11, 14)
KEPT = ("W01", "W06", "D03", "D04", "D05", "D11", "D18", "T03", "T06", "T17", "S01")


@pytest.fixture
def council(connection, add, loaded):
    """Twelve children in need, three of them on a plan, one agency worker in four, an inspection with two findings."""
    loaded(NIGHT)
    for number in range(800):
        day = date.fromordinal(date(2024, 1, 1).toordinal() + number)
        add("calendar_day", day=day, is_working_day=day.weekday() < 5, working_day_no=number * 5 // 7)
    add("local_parameter", name="own_la", valid_from="2000-01-01", value="990")
    add("authority", la_code="990", valid_from="2000-01-01", la_name="Any & Borough")
    add("hr_post", post_id="P1", valid_from="2015-01-01", team_id="TA", csww_scope=True, csww_role="5")
    for number in range(15):
        add(
            "hr_worker",
            worker_id=f"W{number}",
            swe_number=f"SW{number}",
            full_name="Ed Coram" if number == 14 else "Quilla Testworthy",
        )
        add("hr_contract", contract_id=f"K{number}", worker_id=f"W{number}", post_id="P1", start_date="2016-03-01",
            fte="1")  # fmt: skip
    for number in range(12):
        child = f"CHILD-{number}"
        add("ssd_person", pers_person_id=child, pers_surname="Testworthy", pers_dob="2015-06-07")
        add("ssd_cin_episodes", cine_referral_id=f"R{number}", cine_person_id=child, cine_referral_date="2025-09-01")
        if number < 3:
            add("ssd_cp_plans", cppl_cp_plan_id=f"L{number}", cppl_person_id=child,
                cppl_cp_plan_start_date="2025-09-15", cppl_cp_plan_ola="N")  # fmt: skip
    add("inspection", inspection_id="I1", kind="ilacs_standard", la_code="990", start_date="2025-01-13",
        end_date="2025-01-24")  # fmt: skip
    add("inspection_finding", finding_id="F1", inspection_id="I1", kind="area_for_improvement", state="in_progress",
        text_own_words="More children should be known", owner="head of service", state_since="2025-01-24")  # fmt: skip
    add("finding_measure", finding_id="F1", indicator_id="D11", direction="at_least", target_value=10,
        timeliness_view="B")  # fmt: skip
    add("inspection_finding", finding_id="F2", inspection_id="I1", kind="area_for_improvement", state="open",
        text_own_words="Nothing measures this", owner="head of service", state_since="2025-01-24")  # fmt: skip
    build_night(at(connection, NIGHT))
    use_night(at(connection, NIGHT))
    results.keep(at(connection, NIGHT), [indicators(SHIPPED)[name] for name in KEPT])
    return connection


@pytest.fixture
def written(council, tmp_path):
    pack.write(at(council, NIGHT), NIGHT, tmp_path / "one")
    return tmp_path / "one"


def text(folder, edition):
    return (folder / edition / "pack.html").read_text(encoding="utf-8")


def figures(page):
    """By key: the value that stands in the page and how it is shown."""
    found = re.findall(r'<data value="([^"]*)" data-key="([^"]*)">([^<]*)</data>', page)
    return {key: (value, told) for value, key, told in found}


def test_both_editions_are_whole(written):
    for edition in ("inspectors", "public"):
        files = {path.name for path in (written / edition).iterdir()}
        assert {"pack.html", "pack.pdf", "README.txt", "manifest.json", "csv"} <= files
    assert (written / "inspectors" / "annex_a.xlsx").exists()
    assert (written / "inspectors" / "evidence" / "D11.html").exists()
    assert not (written / "public" / "evidence").exists()


def test_every_number_of_the_page_is_the_one_that_the_night_kept(written, council):
    found = figures(text(written, "inspectors"))
    assert {key.partition("|")[0] for key in found} == set(KEPT)
    use_night(at(council, NIGHT))
    for key, (value, told) in found.items():
        kept = council.execute(
            "select value from indicator_value where breakdown = 'whole'"
            " and concat_ws('|', indicator_id, view, period_kind, period_end, figure) = %s",
            (key,),
        ).fetchall()
        assert kept == [(Decimal(value) if value else None,)]
        assert told.rstrip("%") in (shown(kept[0][0]), "nothing to count", "no source")


def test_every_number_of_the_public_edition_is_one_that_anybody_may_see(written, council):
    use_night(at(council, NIGHT))
    rows = council.execute(
        "select indicator_id, period_end, figure, concat_ws('|', indicator_id, view, period_kind, period_end, figure),"
        " value, is_hidden from public_value"
    ).fetchall()
    allowed = {key: "c" if is_hidden else shown(value) for *_, key, value, is_hidden in rows}
    found = figures(text(written, "public"))
    assert found.keys() == {key for key in found if key in allowed}
    for key, (_, told) in found.items():
        assert told.rstrip("%") in (allowed[key], "nothing to count", "no source")
    points = {(indicator, str(end), shown(value)) for indicator, end, _, _, value, _ in rows if value is not None}
    kinds = {(indicator, figure.replace("_", " "), "c" if hidden else shown(value))
             for indicator, end, figure, _, value, hidden in rows if end == NIGHT}  # fmt: skip
    charts = [
        path for path in (written / "public" / "csv").glob("*.csv") if "_trends_" in path.name or "_kinds_" in path.name
    ]
    assert len(charts) > 3
    for path in charts:
        lines = csv.reader(path.read_text(encoding="utf-8").splitlines()[1:])
        told = {(path.stem.rpartition("_")[2], first, value.rstrip("%")) for first, value in lines}
        assert told <= (points if "_trends_" in path.name else kinds)


def test_the_folder_says_that_the_lists_identify_people(written):
    for name in ("README.txt", "pack.html"):
        assert "birth dates of children and names" in (written / "inspectors" / name).read_text(encoding="utf-8")
    assert not list((written / "public").rglob("*.xlsx"))


def test_a_small_count_and_what_is_made_of_it_are_not_in_the_public_edition(written):
    whole, public = figures(text(written, "inspectors")), figures(text(written, "public"))
    plans = f"D18|members|snapshot|{NIGHT}|count"
    assert whole[plans] == ("3", "3")
    assert public[plans] == ("", "c")
    children = f"D11|members|snapshot|{NIGHT}|count"
    assert whole[children] == ("12", "12")
    assert public[children] == ("15", "15")  # the next 5
    lines = (written / "public" / "csv" / "protection.csv").read_text(encoding="utf-8").splitlines()
    for line in csv.DictReader(lines):
        assert line["value"] not in {"1", "2", "3", "4", "5"}


@pytest.mark.parametrize(
    ("figure", "now", "before", "better", "word"),
    [
        ("percent", (90, 100), (60, 100), "high", "better"),
        ("percent", (90, 100), (60, 100), "low", "worse"),
        ("percent", (90, 100), (60, 100), "neither", "higher"),
        ("percent", (9, 10), (8, 10), "high", "no more than chance"),
        ("percent", (9, 10), (9, 10), "high", "the same"),
        ("count", 100, 60, "low", "worse"),  # 40 against 1.96 times 12.6
        ("count", 100, 80, "low", "no more than chance"),  # 20 against 1.96 times 13.4
        ("median", 12, 10, "low", "worse, chance not tested"),
        ("median", "1.74", "1.71", "low", "the same"),  # both are shown as 1.7
        ("median", "1.76", "1.71", "low", "worse, chance not tested"),
        ("count", 4, None, "low", "no figure a year before"),
    ],
)
def test_what_moved_by_more_than_chance(figure, now, before, better, word):
    def row(of):
        if of is None:
            return None
        if isinstance(of, tuple):
            part, whole = map(Decimal, of)
            return {"figure": figure, "value": 100 * part / whole, "numerator": part, "denominator": whole}
        return {"figure": figure, "value": Decimal(of), "numerator": None, "denominator": None}

    assert content.change(row(now), row(before), better) == word


def test_a_finding_is_told_with_its_measure_then_and_now_and_one_without_says_so(written):
    page = text(written, "inspectors")
    first = page.partition("More children should be known (2025; head of service)")[2].partition("</tr>")[0]
    assert re.findall(r"<td[^>]*>([^<]*)</td>", first) == [
        "Children in need D11", "0", "0, 0, 0, 0, 12", "12", "at least 10", "better, target met", "0 of 0 done",
        "in progress, 0 accepted",
    ]  # fmt: skip
    assert "no measure is tied to it" in page.partition("Nothing measures this")[2].partition("</tr>")[0]


def test_no_name_is_in_either_edition_and_no_id_in_the_public_one(written):
    for path in written.rglob("*"):
        if path.suffix in (".html", ".csv", ".txt", ".json"):
            found = path.read_text(encoding="utf-8")
            assert not re.search("Testworthy|Quilla|2015-06-07", found)
            assert "public" not in path.parts or "CHILD-" not in found


def test_the_pdf_is_tagged_and_has_a_title_a_language_and_bookmarks(written):
    for edition in ("inspectors", "public"):
        made = (written / edition / "pack.pdf").read_bytes()
        for sign in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"/Outlines", b"pdfuaid"):
            assert sign in made


def test_the_same_night_and_date_give_the_same_bytes(written, council, tmp_path):
    pack.write(at(council, NIGHT), NIGHT, tmp_path / "two")
    for path in sorted(written.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(written)).read_bytes(), path.name


def test_the_manifest_names_every_file(written):
    for edition in ("inspectors", "public"):
        named = json.loads((written / edition / "manifest.json").read_text())["files"].keys()
        there = {str(p.relative_to(written / edition)) for p in (written / edition).rglob("*") if p.is_file()}
        assert named == there - {"manifest.json"}


def test_an_earlier_date_is_as_of_that_day(council, tmp_path):
    pack.write(at(council, NIGHT), date(2025, 8, 31), tmp_path)
    assert figures(text(tmp_path, "inspectors"))["D11|members|snapshot|2025-08-31|count"] == ("0", "0")


def test_a_date_after_the_night_is_refused(council, tmp_path):
    with pytest.raises(StatutoryError, match="2025-11-15"):
        pack.write(at(council, NIGHT), date(2025, 11, 15), tmp_path)


def test_a_commentary_stands_with_its_figures_and_is_stale_when_they_moved(council):
    shown_then = {"Children in need": "12", "Referrals": "12"}
    commentary.write(at(council, NIGHT), "assessment", NIGHT, role="head of service", body="More came.",
                     written_on=date(2025, 11, 15), figures=shown_then)  # fmt: skip
    (same,) = commentary.newest(at(council, NIGHT), "assessment", shown_then)
    assert (same["body"], same["author_role"], same["moved"]) == ("More came.", "head of service", [])
    (stale,) = commentary.newest(at(council, NIGHT), "assessment", shown_then | {"Referrals": "13"})
    assert stale["moved"] == ["Referrals"]
    assert commentary.newest(at(council, date(2025, 11, 13)), "assessment", shown_then) == []


ANY_TEXT = "\U0001f600 中文 العربية हिन्दी \u202e \ufdd0 \x07 \x85 👨\u200d👩 e\u0301 =cmd #set <b> é → ≥"


def comment(council, body, **more):
    told = {"role": "head", "written_on": NIGHT, "figures": {}} | more
    commentary.write(at(council, NIGHT), "assessment", NIGHT, body=body, **told)


def test_a_commentary_of_any_text_stands_on_the_page_as_it_is_and_leaves_the_pdf_whole(council, tmp_path):
    comment(council, ANY_TEXT)
    pack.write(at(council, NIGHT), NIGHT, tmp_path)
    page = html.unescape(text(tmp_path, "inspectors"))
    assert "\U0001f600 中文 العربية" in page
    assert "\x07" not in page
    assert (tmp_path / "inspectors" / "pack.pdf").stat().st_size > 10_000


def test_the_pdf_shows_a_replacement_sign_for_what_its_fonts_lack_alone():
    assert _quoted('a"中\\e\u0301→\U0001f600\n€') == '"a\\"\ufffd\\\\é→\ufffd €"'


def test_every_sign_that_is_not_replaced_is_one_that_the_fonts_of_the_pdf_have(tmp_path):
    shown = [sign for code in range(0x20, 0x2F000) if (sign := chr(code)) in _quoted(f"x{sign}x")]
    assert len(shown) > 2000
    (tmp_path / "own.j2").write_text('#set document(title: "x")\n{% for sign in signs %}{{ sign|typst }} {% endfor %}')
    made = environment()
    made.loader = jinja2.FileSystemLoader(tmp_path)
    (tmp_path / "main.typ").write_text(made.get_template("own.j2").render(signs=shown), encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False)
    assert typst.compile(tmp_path / "main.typ", root=tmp_path, font_paths=fonts, pdf_standards=["ua-1"])


def test_a_commentary_is_for_the_inspectors_unless_it_is_public(council, tmp_path):
    comment(council, "For inspectors.")
    assert commentary.newest(at(council, NIGHT), "assessment", {}, is_public=True) == []
    comment(council, "For all.", is_public=True)
    comment(council, "For inspectors again.")
    pack.write(at(council, NIGHT), NIGHT, tmp_path)
    assert "For inspectors again." in text(tmp_path, "inspectors")
    assert "For all." in text(tmp_path, "public")
    assert "For inspectors" not in text(tmp_path, "public")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("As for CHILD-1, she waited.", "an id of ssd_person"), ("(child-1)", "an id of ssd_person"),
        ("SW7 left", "an id of hr_worker"), ("Mrs Testworthy left", "a name of ssd_person"),
        ("The TESTWORTHY case", "a name of ssd_person"), ("Mr Coram, Ed, left", "a name of hr_worker"),
        ("CHILD-112, CHILD-1x and Ed waited", None), ("Twelve children waited.", None),
    ],
)  # fmt: skip
def test_a_public_commentary_that_names_somebody_is_refused_without_the_name(council, body, named):
    comment(council, body)  # inspectors may
    if named is None:
        comment(council, body, is_public=True)
        return
    with pytest.raises(StatutoryError, match=named) as refused:
        comment(council, body, is_public=True)
    assert not re.search("CHILD|SW7|Testworthy|Coram", str(refused.value), re.IGNORECASE)
    assert commentary.newest(at(council, NIGHT), "assessment", {}, is_public=True) == []


def test_a_public_commentary_is_not_stale_because_the_public_edition_rounds(council, tmp_path):
    for name, figure, stale in (("same", "12", False), ("moved", "13", True)):
        commentary.write(at(council, NIGHT), "assessment", NIGHT, role="head of service", body=name, is_public=True,
                         written_on=NIGHT, figures={"Children in need": figure})  # fmt: skip
        pack.write(at(council, NIGHT), NIGHT, tmp_path / name)
        for edition in ("inspectors", "public"):
            assert ("Written before these moved: Children in need" in text(tmp_path / name, edition)) is stale


def test_a_withdrawn_commentary_is_shown_nowhere_and_kept_with_who_withdrew_it(council):
    for body, is_public in (("first", True), ("second", False)):
        comment(council, body, is_public=is_public)
    commentary.withdraw(council, "assessment", "director", is_public=True)
    assert [row["body"] for row in commentary.newest(at(council, NIGHT), "assessment", {})] == ["second"]
    commentary.withdraw(council, "assessment", "director", is_public=False)
    assert commentary.newest(at(council, NIGHT), "assessment", {}) == []
    kept = "select body, withdrawn_by, withdrawn_at is not null from ops.commentary order by commentary_id"
    assert council.execute(kept).fetchall() == [("first", "director", True), ("second", "director", True)]
    with pytest.raises(StatutoryError, match="no commentary on assessment to withdraw"):
        commentary.withdraw(council, "assessment", "director", is_public=False)


def test_a_pack_is_frozen_once_and_for_a_reason(council):
    with pytest.raises(StatutoryError, match="reason"):
        commentary.freeze(at(council, NIGHT), NIGHT, " ", "director")
    commentary.freeze(at(council, NIGHT), NIGHT, "the inspectors called", "director")
    with pytest.raises(StatutoryError, match="frozen already"):
        commentary.freeze(at(council, NIGHT), NIGHT, "again", "director")


TAKEN = pack.Copy('A. <Reader> & "Co", inspector', datetime(2025, 11, 17, 9, 5, tzinfo=LONDON))
MARK = 'Copy for A. <Reader> & "Co", inspector, taken on 17 November 2025 at 09:05'


def test_a_copy_says_whose_it_is_wherever_a_child_is_named_and_nowhere_else(written, council, tmp_path):
    pack.write(at(council, NIGHT), NIGHT, tmp_path / "copy", TAKEN)
    whole, public = tmp_path / "copy" / "inspectors", tmp_path / "copy" / "public"
    for page in (whole / "pack.html", whole / "evidence" / "D11.html"):
        found = page.read_text(encoding="utf-8")
        assert MARK in html.unescape(found)
        assert "Copy%20for%20A." in found  # drawn across the page
        assert "<Reader>" not in found
    assert json.loads((whole / "manifest.json").read_text())["copy"] == MARK
    assert MARK in (whole / "README.txt").read_text(encoding="utf-8")
    with zipfile.ZipFile(whole / "annex_a.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 13  # eleven lists, what the rules found, and how it was made
        for name in sheets:
            assert "Copy for A. &lt;Reader&gt; &amp;&amp;" in book.read(name).decode()
    assert (whole / "pack.pdf").read_bytes() != (written / "inspectors" / "pack.pdf").read_bytes()
    for path in public.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (written / "public" / path.relative_to(public)).read_bytes()


def test_who_took_a_copy_is_kept_and_a_copy_for_nobody_is_refused(council):
    pack.record(at(council, NIGHT), NIGHT, TAKEN)
    assert council.execute("select night, reader from ops.pack_copy").fetchall() == [(NIGHT, TAKEN.reader)]
    with pytest.raises(StatutoryError, match="--reader"):
        pack.record(at(council, NIGHT), NIGHT, pack.Copy(" ", TAKEN.taken))
