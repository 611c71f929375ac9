import pytest

from statutory import sqlfile
from statutory.errors import SqlFileError


def write(folder, name, text):
    path = folder / f"{name}.sql"
    path.write_text(text)
    return path


def read(folder, text, name="one"):
    return sqlfile.read(write(folder, name, text), ("title", "grain"), ("key", "columns"))


def test_the_header_and_the_tables_it_reads(tmp_path):
    file = read(tmp_path, "-- title: One\n-- grain: a row\nwith a as (select 1 as x from hr_post)\nselect x from a")
    assert file.header == {"title": "One", "grain": "a row"}
    assert file.reads == {"hr_post"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select 1 as x", "line 1: the file must begin with a header"),
        ("-- title: One\nselect 1 as x", "line 1: the header lacks grain"),
        ("-- title: One\n-- grain: a\n-- colour: red\nselect 1 as x", "line 3: the header key colour is not known"),
        ("-- title: One\n-- grain: [a\nselect 1 as x", "the header is not YAML"),
        ("-- title: One\n-- grain: a\n-- columns:\n--   y: gone\nselect 1 as x", "columns describes y, which"),
        ("-- title: One\n-- grain: a\n-- columns: [x]\nselect 1 as x", "a line `name: description` for each column"),
        ("-- title: One\n-- grain: a\nselect x from night.t", "names a schema"),
        ("-- title: One\n-- grain: a\nselect 1; select 2", "one select is wanted"),
        ("-- title: One\n-- grain: a\ndrop table t", "one select is wanted"),
        ("-- title: One\n-- grain: a\nselect from where (", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(tmp_path, text, message):
    with pytest.raises(SqlFileError, match=message) as caught:
        read(tmp_path, text)
    assert "one.sql" in str(caught.value)


def test_a_header_describes_columns(tmp_path):
    file = read(tmp_path, "-- title: One\n-- grain: a\n-- columns:\n--   x: Days, null if none\nselect 1 as x, 2 as y")
    assert file.described == {"x": "Days, null if none"}


def test_files_stand_after_those_they_read(tmp_path):
    header = "-- title: T\n-- grain: g\n"
    second = read(tmp_path, header + "select x from first_one", "second_one")
    first = read(tmp_path, header + "select x from hr_post", "first_one")
    assert [f.name for f in sqlfile.ordered([second, first], frozenset({"hr_post"}))] == ["first_one", "second_one"]
    assert sqlfile.needed(frozenset({"second_one"}), [first, second]) == {"second_one", "first_one", "hr_post"}


def test_a_ring_an_unknown_table_and_a_source_name_are_refused(tmp_path):
    header = "-- title: T\n-- grain: g\n"
    a = read(tmp_path, header + "select x from b", "a")
    b = read(tmp_path, header + "select x from a", "b")
    with pytest.raises(SqlFileError, match="in a ring"):
        sqlfile.ordered([a, b], frozenset())
    with pytest.raises(SqlFileError, match="reads b, which nothing makes"):
        sqlfile.ordered([a], frozenset())
    with pytest.raises(SqlFileError, match="is the name of a source table"):
        sqlfile.ordered([a], frozenset({"a", "b"}))
