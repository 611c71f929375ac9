"""The canonical form of a landed text, as SQL: codes in one spelling, placeholders as null, numbers in one format.

Everything that a check accepts becomes the code itself, before any SQL of `sql/` reads it: labels, other wordings and
other cases of a code (`sql/ref/code_list.csv`), `code - anything`, and wordings that end in … with whatever follows. A
text that matches no code is unchanged and counted by the checks. In a column that identifies a person,
worker, provider or record, a placeholder (`sql/ref/placeholder.csv`) means not known and becomes null.
"""

import csv
import functools
import json
import re

from statutory.paths import SQL
from statutory.sources import coerce, contract
from statutory.sources.contract import Column, Table

# Signs of an id or a code; PostgreSQL's indexes take 2,700 bytes, and a key of results is made of up to three.
LONGEST = 200
# How long a run of one sign is still a placeholder (`XX…`).
LONGEST_RUN = 20


def text(column: Column, relation: str = "landed") -> str:
    """The canonical text of a column; null if it is empty or a placeholder."""
    value = came(column, relation)
    if column.identifies:
        bare, form = value, value
        if column.identifies == "registration":
            bare, form = rf"regexp_replace({value}, '^sw\s*', '', 'i')", _registration(value)
        texts = placeholders(column.identifies)
        words = {folded(text) for text in texts if re.search("[a-z]", text)}  # what is folded of -1 is 1
        nobody = f"lower({bare}) in ({_listed(texts)}) or {_folded(bare)} in ({_listed(words)})"
        if column.identifies == "registration":
            # A number that identifies nobody: without a digit, zero or negative.
            nobody += rf" or {bare} !~ '\d' or {bare} ~ '^(-.*|[0.]+)$'"
        value = f"case when not ({nobody}) then {form} end"
    if column.type in ("date", "timestamp"):
        # Systems without empty dates write the last or the first possible date.
        return f"case when left({value}, 10) not in ('9999-12-31', '0001-01-01') then {value} end"
    if column.code_list and column.type == "jsonb":
        return _array(column.code_list, value)
    return _code(column.code_list, value) if column.code_list and column.type != "boolean" else value


def scan(table: Table, asked: str, landing: str, relation: str = "landed") -> str:
    """A select of expressions over what landed of a table, in which the text of a column is worked out once a row.

    Args:
        table: the table of the contract.
        asked: the expressions, written by the functions here.
        landing: the name of the landed table.
        relation: as which the expressions name it; nothing where they name columns alone.
    """
    trimmed, said = {c.name: came(c, relation) for c in table.columns}, "*"
    for column in table.columns:
        value = text(column, relation)
        if value != trimmed[column.name] and value in asked:
            asked = asked.replace(value, f"said_{column.name}")
            said += f", {value} as said_{column.name}"
    landed = "*"
    for name, value in trimmed.items():
        landed += f", {value} as came_{name}"
        said, asked = said.replace(value, f"came_{name}"), asked.replace(value, f"came_{name}")
    alias = relation or table.name
    # `offset 0` keeps PostgreSQL from putting an expression back into each place that uses it.
    return (
        f"select {asked} from (select {said} from (select {landed} from {landing} as {alias} offset 0) as {alias}"
        f" offset 0) as {alias}"
    )


def typed(column: Column, relation: str = "landed") -> str:
    """The typed value of a column; null where the text is empty, a placeholder, too long or not of the type."""
    value = coerce.typed(column.type, text(column, relation))
    return f"case when not {is_too_long(column, relation)} then {value} end" if is_bounded(column) else value


def is_rejected(column: Column, relation: str = "landed") -> str:
    """A condition that a column has a value that cannot be typed."""
    wrong = f"not {coerce.is_valid(column.type, text(column, relation))}"
    return f"({is_too_long(column, relation)} or {wrong})" if is_bounded(column) else wrong


def is_bounded(column: Column) -> bool:
    """Whether a column is part of keys, here or in marts and results, so that no value of it may be very long."""
    return column.type in ("text", "jsonb") and bool(column.key or column.identifies or column.code_list)


def is_too_long(column: Column, relation: str = "landed") -> str:
    """A condition, never null, that a bounded column holds what no index takes: of an array, one code of it."""
    value = came(column, relation)
    if column.type == "jsonb":
        return f"(coalesce({value}, '') ~ '[^\",]{{{LONGEST + 1}}}')"
    # Behind a code, words may stand.
    return f"(char_length(coalesce({value}, '')) > {LONGEST} and char_length({text(column, relation)}) > {LONGEST})"


def is_placeholder(column: Column, relation: str = "landed") -> str:
    """A condition that a column that identifies something holds a placeholder."""
    return f"({came(column, relation)} is not null and {text(column, relation)} is null)"


def is_unknown_code(column: Column, relation: str = "landed") -> str:
    """A condition that a coded column holds what is no code of its list in any wording."""
    codes = _listed({code.code for code in contract.code_lists()[column.code_list]})
    if column.type != "jsonb":
        return f"{text(column, relation)} not in ({codes})"
    return (
        f"exists (select 1 from (select {typed(column, relation)} as codes offset 0) as listed"
        " cross join lateral jsonb_array_elements_text("
        "case when jsonb_typeof(listed.codes) = 'array' then listed.codes else '[]' end) as element (code)"
        f" where element.code not in ({codes}))"
    )


def came(column: Column, relation: str = "landed") -> str:
    """The text of a column as it came, without surrounding blanks."""
    return coerce.text(f"{relation}.{column.name}" if relation else column.name)


def rewrites(column: Column) -> bool:
    """Whether the canonical form of a column can differ from the original, so that both are stored."""
    return column.type != "boolean" and bool(column.code_list or column.identifies)


@functools.cache
def placeholders(identifies: str) -> frozenset[str]:
    """The texts, in lower case, that mean not known in a column that identifies this kind of thing."""
    found: dict[str, bool] = {}
    with (SQL / "ref" / "placeholder.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["identifies"] in ("any", identifies):
                sign = row["text"].removesuffix("…")
                runs = range(1, LONGEST_RUN + 1) if row["text"].endswith("…") else [1]
                found |= dict.fromkeys((sign * length for length in runs), row["means"] == "not known")
    return frozenset(text for text, is_unknown in found.items() if is_unknown)


@functools.cache
def wordings(code_list: str) -> dict[str, str]:
    """By code as it is written and by wording in `folded` form, the code; a wording of two codes is none of either."""
    codes = contract.code_lists()[code_list]
    said: dict[str, set[str]] = {}
    for code in codes:
        for wording in (code.label, *code.aliases):
            both = (wording, f"{code.code} {wording}", f"{wording} ({code.code})")
            for one in both if not wording.endswith("…") else ():
                said.setdefault(folded(one), set()).add(code.code)
            if wording.isdigit():
                said.setdefault(f"{wording}.0", set()).add(code.code)
        # Spreadsheets write a code that is a number as 5.0, or without its leading zero.
        if code.code.isdigit():
            for one in (str(int(code.code)), f"{int(code.code)}.0", f"{int(code.code):02d}"):
                said.setdefault(one, set()).add(code.code)
    found = {wording: of.copy().pop() for wording, of in said.items() if len(of) == 1}
    return found | {folded(code.code): code.code for code in codes} | {code.code: code.code for code in codes}


def folded(wording: str) -> str:
    """A wording in lower case, with single blanks for underscores, hyphens and whatever white space; as `_folded`."""
    return re.sub(r"[\s_-]+", " ", wording).strip(" ").lower()


def _folded(value: str) -> str:
    return rf"btrim(lower(regexp_replace({value}, '[\s_-]+', ' ', 'g')))"


def _code(code_list: str, value: str) -> str:
    """The code for a text in any wording, or the text itself."""
    codes = contract.code_lists()[code_list]
    known = coerce.literal(json.dumps(wordings(code_list), ensure_ascii=False, sort_keys=True)) + "::jsonb"
    heads = coerce.literal(json.dumps({folded(c.code): c.code for c in codes}, ensure_ascii=False)) + "::jsonb"
    before = [
        f"when starts_with({_folded(value)}, {coerce.literal(folded(alias.removesuffix('…')))})"
        f" then {coerce.literal(code.code)}"
        for code in codes
        for alias in code.aliases
        if alias.endswith("…")
    ]
    begun = f", case {' '.join(before)} end" if before else ""
    # `V4 - in words`, `V4: in words`
    head = _folded(rf"substring({value} from '^([^:]*?)\s*(?::|\s[-–—]\s)')")
    return f"coalesce({known} ->> {value}, {known} ->> {_folded(value)}, {heads} ->> {head}{begun}, {value})"


def _array(code_list: str, value: str) -> str:
    """Codes in JSON as an array: of one, of an object whose keys are marked yes, of a text with commas between.

    Any other text stays as it is.
    """
    yes = _listed({wording for wording, code in wordings("local.yes_no").items() if code == "Y"})
    json_text = f"({value})::jsonb"
    kind = f"jsonb_typeof({json_text})"
    listed = f"jsonb_array_elements_text(case {kind} when 'array' then {json_text} else '[]' end)"
    marked = f"jsonb_each_text(case {kind} when 'object' then {json_text} else '{{}}' end)"
    parted = f"regexp_split_to_table(case {kind} when 'string' then {json_text} #>> '{{}}' end, '[,;]')"
    elements = (
        f"select btrim(one) as code, place from {listed} with ordinality as a (one, place)"
        f" union all select btrim(one), place from {marked} with ordinality as o (one, mark, place)"
        f" where lower(btrim(mark)) in ({yes})"
        f" union all select btrim(one), place from {parted} with ordinality as t (one, place)"
    )
    return (
        f"case when {coerce.is_json(value)} and {kind} in ('array', 'object', 'string') then ("
        f"select coalesce(jsonb_agg({_code(code_list, 'element.code')} order by element.place), '[]')::text"
        f" from ({elements}) as element where element.code <> '') else {value} end"
    )


def _registration(value: str) -> str:
    """A number of Social Work England: SW and digits, however it was written; what is none stays."""
    bare = rf"upper(regexp_replace({value}, '\s+', '', 'g'))"
    return rf"case when {bare} ~ '^(SW)?\d+$' then 'SW' || ltrim({bare}, 'SW') else {value} end"


def _listed(texts: set[str] | frozenset[str]) -> str:
    return ", ".join(coerce.literal(one) for one in sorted(texts))
