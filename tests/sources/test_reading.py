"""A CSV as people and spreadsheets write it: every row kept, or one sentence with the line."""

import hashlib

import pytest

from statutory.errors import SourceError
from statutory.sources.reading import Csv, cleaned

HEADER = b"id,note,day\r\n"


def read(content, **how):
    # In blocks of seven bytes, so that signs and line ends fall between two.
    given = Csv((content[n : n + 7] for n in range(0, len(content), 7)), "hr/notes.csv", **how)
    return given.columns, list(given.rows()), given


def rows(content, **how):
    return read(content, **how)[1]


def refused(content, **how):
    with pytest.raises(SourceError) as caught:
        read(content, **how)
    return str(caught.value)


def test_two_stray_quotes_leave_two_rows():
    assert rows(b'id,note\n1,a 4" blade\n2,a 5" blade\n') == [["1", 'a 4" blade'], ["2", 'a 5" blade']]


def test_a_quote_that_would_make_one_row_of_two_is_refused_with_its_lines():
    said = refused(HEADER + b'1,"one,2025-01-01\r\n2,two",2025-01-02\r\n')
    assert said.startswith(
        "hr/notes.csv line 2 opens a quote that line 3 closes, and each of these lines is a complete row"
    )


def test_a_value_may_run_over_lines():
    assert rows(HEADER + b'1,"first\nsecond, with a comma",2025-01-01\r\n') == [
        ["1", "first\nsecond, with a comma", "2025-01-01"]
    ]


def test_a_quote_that_is_never_closed_names_the_line_it_opens_on():
    assert refused(HEADER + b'1,a,2025-01-01\r\n2,"b,2025-01-02\r\n3,c').startswith(
        "hr/notes.csv line 3 ends inside a quoted value"
    )


def test_a_quote_in_the_middle_of_a_quoted_value_is_refused():
    assert refused(HEADER + b'1,"a "b" c",2025-01-01\r\n').startswith("hr/notes.csv line 2 has a quote in the middle")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_of_every_kind_are_read(end):
    _, found, given = read(end.join([b"id,day", b"1,2025-01-01", b"2,2025-01-02", b""]))
    assert found == [["1", "2025-01-01"], ["2", "2025-01-02"]]
    assert given.remarks == []


def test_line_ends_of_two_kinds_are_read_and_remarked():
    _, found, given = read(b"id,day\r\n1,2025-01-01\n2,2025-01-02\r\n")
    assert found == [["1", "2025-01-01"], ["2", "2025-01-02"]]
    assert given.remarks == ["line ends of more than one kind"]


def test_lines_on_which_nothing_stands_are_no_rows_wherever_they_are():
    _, found, given = read(HEADER + b"\r\n1,a,2025-01-01\r\n,,\r\n , ,\r\n\r\n")
    assert found == [["1", "a", "2025-01-01"]]
    assert given.remarks == ["4 blank lines"]


def test_a_blank_column_at_the_end_goes_nowhere_whether_the_rows_have_it_or_not():
    columns, found, _ = read(b"id,day,\n1,2025-01-01,\n2,2025-01-02\n3,2025-01-03,,,\n")
    assert columns == ["id", "day", ""]
    assert [row[:2] for row in found] == [["1", "2025-01-01"], ["2", "2025-01-02"], ["3", "2025-01-03"]]


def test_a_row_that_is_short_or_long_is_named_with_what_it_lacks():
    assert refused(HEADER + b"1,a\n") == "hr/notes.csv line 2 ends before the column day: it has 2 of 3 values" + (
        " (the file has line ends of more than one kind)"
    )
    assert "line 2 has more values than the header has columns: 4, not 3" in refused(b"id,note,day\n1,a,b,c\n")


@pytest.mark.parametrize(
    ("encoding", "content", "said"),
    [
        ("win1252", b"Pay\x81roll", "line 2 holds a byte that win1252 does not have"),
        ("utf8", "Zoë".encode("cp1252"), "line 2 is not UTF-8; write the file in UTF-8"),
    ],
)
def test_a_byte_that_cannot_be_text_is_named_with_its_line_and_never_shown(encoding, content, said):
    message = refused(b"id,note\n1," + content + b"\n2,b\n", encoding=encoding)
    assert said in message
    assert "roll" not in message


@pytest.mark.parametrize("encoding", ["utf8", "win1252", "latin1"])
def test_no_break_spaces_are_blanks_in_every_encoding(encoding):
    assert rows("id;note\n1;Zoë\u00a0Example\u00a0\n".encode({"utf8": "utf-8"}.get(encoding, "cp1252")),
                encoding=encoding, delimiter=";") == [["1", "Zoë Example "]]  # fmt: skip


def test_signs_of_no_width_are_left_out_and_a_byte_order_mark_inside_too():
    _, found, given = read("\ufeffid,note\n1,A\u200bB\ufeff\u2060C\n2,\u2009d\n".encode())
    assert found == [["1", "ABC"], ["2", "d"]]
    assert given.remarks == ["byte order mark", "2 lines with white space beyond ASCII"]
    assert cleaned("C1\u00a0") == "C1 "


def test_the_sha256_and_the_size_are_those_of_the_file():
    content = HEADER + "1,Zoë,2025-01-01\r\n".encode()
    given = read(content)[2]
    assert (given.sha256, given.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_a_file_without_a_header_is_refused():
    assert refused(b"\n\n") == "hr/notes.csv has no header row"


def test_a_cell_may_hold_a_document():
    assert len(rows(b"id,note\n1," + b"x" * 200_000 + b"\n")[0][1]) == 200_000


def test_control_signs_are_left_out_and_the_first_line_of_them_is_told():
    _, found, given = read(HEADER + b"1,a\0b\x1b[31m,2025-01-01\r\n2,b\x7f,2025-01-01\r\n")
    assert found == [["1", "ab[31m", "2025-01-01"], ["2", "b", "2025-01-01"]]
    assert given.remarks == ["2 lines with control signs, which are left out; the first is line 2"]


def test_a_header_with_nul_bytes_is_a_file_in_another_encoding():
    assert "line 1 holds a NUL byte" in refused("id,note\n1,a\n".encode("utf-16-le"))


def test_a_header_of_very_many_columns_is_refused():
    assert len(read(b",".join(b"c%d" % n for n in range(1000)) + b"\n")[0]) == 1000
    said = refused(b",".join(b"c%d" % n for n in range(200_000)) + b"\n")
    assert said.startswith("hr/notes.csv has 200,000 columns, more than 1,000: check whether")
