"""A return is added by files alone: a module inside another, a CSV form, a quarter as period, rules by year."""

import resource
from datetime import date

import pytest

from statutory.errors import ReturnDefinitionError, StatutoryError
from statutory.returns import definition, layout, reading, xml
from statutory.returns.checking import check_file
from statutory.returns.rules import difference
from statutory.settings import Council

YAML = """
title: Visits to families, by quarter
period: quarter
collections:
- {label: 20253, first_day: 2025-07-01, last_day: 2025-09-30, due: 2025-11-30}
- {label: 20254, first_day: 2025-10-01, last_day: 2025-12-31, due: 2026-02-28}
- {label: 20261, first_day: 2026-01-01, last_day: 2026-03-31, due: 2026-05-31}
xml:
  root: Visits
  modules:
    Family: {element: Families/Family, key: [FamilyID]}
    Visit: {parent: Family, element: Seen/Visit, key: [VisitDate]}
    Note: {parent: Visit}
  schemas: {2025: visits.xsd}
outputs: [csv, xml]
"""
FIELDS = """\
module,element_group,field,type,repeats,required_of,code_list,names_record,first_year,last_year,cbds_number,title
Family,,FamilyID,text,no,every record,,yes,2025,,,
Family,About,Size,integer,no,,,no,2025,,,
Family,About,Need,text,yes,,,no,2025,,,
Visit,,FamilyID,text,no,every record,,yes,2025,,,
Visit,,VisitDate,date,no,every record,,yes,2025,,,
Visit,,Room,text,no,,,no,2026,,,
Note,,FamilyID,text,no,every record,,yes,2025,,,
Note,,VisitDate,date,no,every record,,yes,2025,,,
Note,,Said,text,no,,,no,2025,,,Words said
"""
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Visits"><xs:complexType><xs:sequence>
<xs:element name="Families" minOccurs="0"><xs:complexType><xs:sequence>
<xs:element name="Family" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:element name="FamilyID" type="xs:string"/>
<xs:element name="About" minOccurs="0"><xs:complexType><xs:sequence>
<xs:element name="Size" type="xs:integer" minOccurs="0"/>
<xs:element name="Need" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="Seen" minOccurs="0"><xs:complexType><xs:sequence>
<xs:element name="Visit" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:element name="VisitDate" type="xs:date"/>
<xs:element name="Note" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:element name="Said" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>"""
TWO = """<?xml version='1.0' encoding='UTF-8'?>
<Visits>
 <Families>
  <Family>
   <FamilyID>F1</FamilyID>
   <About>
    <Size>3</Size>
    <Need>N1</Need>
    <Need>N4</Need>
   </About>
   <Seen>
    <Visit>
     <VisitDate>2025-07-01</VisitDate>
     <Note>
      <Said>well &amp; good</Said>
     </Note>
     <Note>
      <Said>again</Said>
     </Note>
    </Visit>
    <Visit>
     <VisitDate>2025-09-30</VisitDate>
    </Visit>
   </Seen>
  </Family>
  <Family>
   <FamilyID>F2</FamilyID>
  </Family>
 </Families>
</Visits>"""
CSV = {
    "Family": "need;Family ID,size\n".replace(";", ",") + "N1;N4,F1,3\n,F2,\n",
    "Visit": "VisitDate,FamilyID\n2025-07-01,F1\n2025-09-30,F1\n",
    "Note": 'Family_ID,Words said,VISITDATE\nF1,well & good,2025-07-01\nF1,"again",2025-07-01\n',
}


@pytest.fixture
def visits(tmp_path):
    """A council's folder with the return `visits` in it; the folder of the return."""
    folder = tmp_path / "local" / "returns" / "visits"
    folder.mkdir(parents=True)
    (folder / "return.yaml").write_text(YAML)
    (folder / "field.csv").write_text(FIELDS)
    (folder / "visits.xsd").write_text(XSD)
    return folder


@pytest.fixture
def files(tmp_path):
    def put(**texts):
        folder = tmp_path / "files"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    return put


def rows(connection, visits):
    """Every module's rows as they are written."""
    return {
        module: connection.execute(
            f"select row_id, parent_id, {', '.join(field.written for field in fields)} from {module} order by row_id"
        ).fetchall()
        for module, fields in layout.modules(definition.read(visits)).items()
    }


def drop(connection, visits):
    for relation in (*layout.modules(definition.read(visits)), reading.UNKNOWN):
        connection.execute(f"drop table pg_temp.{relation}")


THIRD = {
    "Family": [(0, None, "F1", "3", "N1;N4"), (1, None, "F2", None, None)],
    "Visit": [(0, 0, "F1", "2025-07-01", None), (1, 0, "F1", "2025-09-30", None)],
    "Note": [(0, 0, "F1", "2025-07-01", "well & good"), (1, 0, "F1", "2025-07-01", "again")],
}


def test_both_forms_give_the_same_modules(connection, visits, files, tmp_path):
    (tmp_path / "two.xml").write_text(TWO)
    assert reading.read(connection, definition.read(visits), 2025, [tmp_path / "two.xml"]) == {
        "Family": 2, "Visit": 2, "Note": 2, "unknown_element": 0,
    }  # fmt: skip
    assert rows(connection, visits) == THIRD
    drop(connection, visits)
    reading.read(connection, definition.read(visits), 2025, reading.files_in([files(**CSV)])[0])
    assert rows(connection, visits) == THIRD
    assert connection.execute("select line from note order by row_id").fetchall() == [(2,), (3,)]


def test_what_was_read_is_written_again_byte_for_byte(connection, visits, tmp_path):
    (tmp_path / "two.xml").write_text(TWO)
    reading.read(connection, definition.read(visits), 2025, [tmp_path / "two.xml"])
    xml.write(connection, definition.read(visits).collection(20253), tmp_path / "again.xml")
    assert (tmp_path / "again.xml").read_text() == TWO


def test_a_part_without_the_record_above_it_stops_the_file_and_is_counted(connection, visits, files, tmp_path):
    folder = files(Family="FamilyID\nF1\n", Visit="FamilyID,VisitDate\nF1,2025-07-01\nF9,2025-07-01\n,\n")
    reading.read(connection, definition.read(visits), 2025, reading.files_in([folder])[0])
    with pytest.raises(StatutoryError, match=r"these records have no parent record: Visit: 1$"):
        xml.write(connection, definition.read(visits).collection(20253), tmp_path / "out.xml")


def test_what_breaks_the_schema_is_counted_by_its_place(connection, visits, tmp_path):
    (tmp_path / "two.xml").write_text(TWO.replace("<Size>3</Size>", "<Size>many</Size>"))
    reading.read(connection, definition.read(visits), 2025, [tmp_path / "two.xml"])
    with pytest.raises(
        StatutoryError, match="Families/Family/About/Size has content that the return does not allow: 1"
    ):
        xml.write(connection, definition.read(visits).collection(20253), tmp_path / "out.xml")


def test_elements_and_columns_of_another_year_are_named_with_their_line(connection, visits, files, tmp_path):
    (tmp_path / "two.xml").write_text(
        TWO.replace("<VisitDate>2025-09-30</VisitDate>", "<VisitDate>2025-09-30</VisitDate><Room>1</Room>")
        .replace(" </Families>", " <Other/></Families><More/>")
    )  # fmt: skip
    reading.read(connection, definition.read(visits), 2025, [tmp_path / "two.xml"])
    unknown = "select module, row_id, element, line from unknown_element order by line, element"
    assert connection.execute(unknown).fetchall() == [
        ("Visit", 1, "Room", 22), ("", -1, "More", 29), ("", -1, "Other", 29),
    ]  # fmt: skip
    drop(connection, visits)
    folder = files(Visit="FamilyID,VisitDate,Room,Colour\nF1,2025-07-01,1,red\n")
    reading.read(connection, definition.read(visits), 2025, reading.files_in([folder])[0])
    assert connection.execute(unknown).fetchall() == [("", -1, "Colour", 1), ("", -1, "Room", 1)]


def test_the_quarter_before_the_first_of_a_year_is_the_last_of_the_year_before(visits):
    visits = definition.read(visits)
    assert visits.before(visits.collection(20261)) == visits.collection(20254)
    assert visits.before(visits.collection(20253)) is None
    assert visits.collection(20261).period.year == 2026
    assert [one.label for one in visits.open_on(date(2025, 10, 1))] == ["visits_20253", "visits_20254"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x\nperiod: month\noutputs: []\n", r"visits/return.yaml: period is year, quarter, day, not month"),
        ("period: day\noutputs: []\n", r"visits/return.yaml: title is missing"),
        ("title: x\nperiod: day\noutputs: [pdf]\n", "outputs are csv, statistics, workbook, xml, not pdf"),
        ("title: x\nperiod: day\noutputs: []\ncolour: red\n", "there is no key colour"),
        ("title: x\n period: day\n", r"visits/return.yaml line 2 is not YAML"),
        (
            "title: x\nperiod: day\noutputs: [xml]\nxml: {root: R, modules: {Part: {parent: Whole}, Whole: {}}}\n",
            "the parent Whole of the module Part has to be listed before it",
        ),
    ],
)
def test_a_return_that_is_not_described_as_it_has_to_be_is_named(visits, text, said):
    (visits / "return.yaml").write_text(text)
    with pytest.raises(ReturnDefinitionError, match=said):
        definition.read(visits)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"Familie": "FamilyID\n"}, "Familie.csv is not named after a module of visits; they are Family, Visit, Note"),
        ({"Family": "x,y\n1,2\n"}, "Family.csv has no column of Family: see its first line"),
        ({"Family": "FamilyID,family_id\nF1,F1\n"}, "Family.csv has the column FamilyID twice"),
        ({"Family": "FamilyID\nF1,F2\n"}, "Family.csv line 2 has more values than the header has columns"),
    ],
)
def test_a_csv_file_that_cannot_be_read_is_named(connection, visits, files, texts, said):
    with pytest.raises(StatutoryError, match=said):
        reading.read(connection, definition.read(visits), 2025, reading.files_in([files(**texts)])[0])


RULE = """-- title: {title}
-- severity: error
-- fields: {{Visit: [VisitDate]}}
-- fix: Mend it.
select
    'Visit' as module,
    Visit.row_id
from Visit
cross join collection
where Visit.VisitDate {condition}
"""


def test_rules_of_two_years_are_asked_of_files(server, visits, files, tmp_path):
    """V1 says something else from 2026 on, when V2 is gone and V3 is new."""
    folder = tmp_path / "local" / "expectations" / "returns" / "visits"
    for year, code, condition in (
        (2025, "V1", "< collection.collection_start"),
        (2025, "V2", "is null"),
        (2026, "V1", "> collection.collection_end"),
        (2026, "V3", "= collection.collection_end"),
    ):
        (folder / str(year)).mkdir(parents=True, exist_ok=True)
        (folder / str(year) / f"{code}.sql").write_text(RULE.format(title=f"{code} of {year}", condition=condition))
    (folder / "2026" / "retired.txt").write_text("V2\n")
    told = difference(definition.read(visits), 2025, 2026, tmp_path / "local")
    assert [[rule.title for rule in part] for part in (told.added, told.changed, told.retired)] == [
        ["V3 of 2026"], ["V1 of 2026"], ["V2 of 2025"],
    ]  # fmt: skip
    given = files(
        Family="FamilyID\nF1\n", Visit="FamilyID,VisitDate\nF1,2025-12-31\nF1,2026-03-31\nF1,\nF1,2026-04-01\n"
    )
    failing = {}
    for label in (20254, 20261):
        with check_file(
            Council(local=tmp_path / "local"), definition.read(visits).collection(label), [given], None, None
        ) as checked:
            for outcome in checked.outcomes:
                failing[label, outcome.rule.title] = outcome.failures
    assert failing == {
        (20254, "V1 of 2025"): 0, (20254, "V2 of 2025"): 1, (20261, "V1 of 2026"): 1, (20261, "V3 of 2026"): 1,
    }  # fmt: skip


MANY = 100_000  # records, each second one inside the one before


def test_memory_does_not_grow_with_the_file(connection, visits, tmp_path):
    def write(path, families):
        with path.open("w", encoding="utf-8") as file:
            file.write("<Visits><Families>")
            for number in range(families):
                file.write(
                    f"<Family><FamilyID>F{number}</FamilyID><Seen><Visit><VisitDate>2025-07-01</VisitDate></Visit></Seen>"
                    "</Family>"
                )
            file.write("</Families></Visits>")

    def through(families):
        """The most memory of this process, in MB, after a file went in and out again."""
        write(tmp_path / "in.xml", families)
        counts = reading.read(connection, definition.read(visits), 2025, [tmp_path / "in.xml"])
        assert counts["Family"] == counts["Visit"] == families
        xml.write(connection, definition.read(visits).collection(20253), tmp_path / "out.xml")
        drop(connection, visits)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    before = through(1000)
    # A tree of the whole file would take some 100 MB.
    assert through(MANY // 2) - before < 30
