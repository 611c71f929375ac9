"""Which selects give of a child only what that child's rows say."""

import pytest
import sqlglot

from statutory.indicators import carried
from statutory.indicators.by_child import is_by_child
from statutory.indicators.definition import indicators

# `contact` and `outcome` hold the same records, a row of `team` is of no child.
CHILD = {"contact": "child_id", "outcome": "child_id", "visit": "child_id", "ssd_family": "fami_person_id"}
KEY = {"contact": "contact_id", "outcome": "contact_id", "visit": "visit_id"}

BY_CHILD = {
    "rows of one relation": "select c.child_id from period cross join contact as c",
    "a relation joined by the child": "select c.child_id from contact as c join visit as v on v.child_id = c.child_id",
    "joined by the child where both may be unknown":
        "select c.child_id from contact as c join visit as v on v.child_id is not distinct from c.child_id",
    "the child's column has another name":
        "select f.fami_person_id as child_id from ssd_family as f join visit as v on v.child_id = f.fami_person_id",
    "the same record": "select c.child_id from contact as c left join outcome as o on o.contact_id = c.contact_id",
    "a relation of no child": "select c.child_id from contact as c left join team as t on t.team_id = c.team_id",
    "joined in the condition":
        "select c.child_id from contact as c cross join visit as v where v.child_id = c.child_id and v.day > c.day",
    "grouped by child": "select c.child_id, count(*) as n from contact as c group by c.child_id, c.day",
    "numbered within a child":
        "select c.child_id, row_number() over (partition by c.child_id, c.day order by c.day) as n from contact as c",
    "the last row of a child": "select distinct on (c.day, c.child_id) c.child_id from contact as c order by c.day",
    "handed on with a star":
        "with a as (select c.*, 1 as n from contact as c) select a.child_id from a join visit as v"
        " on v.child_id = a.child_id",
    "either of two": "select c.child_id from contact as c union all select v.child_id from visit as v",
    "a sum over a relation of no child":
        "with t as (select count(*) as n from team) select c.child_id, t.n from contact as c cross join t",
    "a relation of no child looked up": "select c.child_id from contact as c where exists (select 1 from team)",
}  # fmt: skip

ACROSS = {
    "says not whose a row is": "select c.contact_id from contact as c",
    "whose, told by another relation": "select t.child_id from contact as c join team as t on t.team_id = c.team_id",
    "all at once": "select c.child_id from contact as c join visit as v on v.day = c.day",
    "by another record's number":
        "select c.child_id from contact as c join visit as v on v.visit_id = c.contact_id",
    "by the child or something else":
        "select c.child_id from contact as c join visit as v on v.child_id = c.child_id or v.day = c.day",
    "by another child": "select c.child_id from contact as c join visit as v on v.child_id = c.sibling_id",
    "the first of all": "select c.child_id, (min(c.day) over ()) as day from contact as c",
    "a sum over all":
        "with a as (select count(*) as n from contact as c) select c.child_id, a.n from contact as c cross join a",
    "grouped by something else": "select min(c.child_id) as child_id from contact as c group by c.day",
    "numbered over all": "select c.child_id, row_number() over (order by c.day) as n from contact as c",
    "the last row of a day": "select distinct on (c.day) c.child_id from contact as c order by c.day, c.child_id",
    "only so many": "select c.child_id from contact as c order by c.day limit 5",
    "looked up from within": "select c.child_id from contact as c where c.day = (select max(v.day) from visit as v)",
    "is there one": "select c.child_id from contact as c where exists (select 1 from visit as v where v.day = c.day)",
    "what no child has": "select c.child_id from contact as c right join team as t on t.team_id = c.team_id",
    "none found is a row": "select v.child_id from team as t left join visit as v on v.team_id = t.team_id",
    "taken away": "select c.child_id from contact as c except select v.child_id from visit as v",
    "whose is forgotten on the way":
        "with a as (select c.contact_id from contact as c) select v.child_id from visit as v"
        " join a on a.contact_id = v.contact_id",
    "which column is which is not written":
        "select c.* from contact as c union all select v.* from visit as v",
    "itself, again and again":
        "with recursive a as (select c.child_id from contact as c union all select a.child_id from a)"
        " select a.child_id from a",
}  # fmt: skip


def found(select):
    return is_by_child(sqlglot.parse_one(select, read="postgres"), CHILD.get, KEY.get)


@pytest.mark.parametrize("select", BY_CHILD.values(), ids=BY_CHILD)
def test_it_follows_from_the_rows_of_the_child(select):
    assert found(select)


@pytest.mark.parametrize("select", ACROSS.values(), ids=ACROSS)
def test_it_looks_across_children_or_nobody_can_tell(select):
    assert not found(select)


def test_siblings_and_cases_told_apart_by_their_numbers_are_across_children():
    files = {one.id: one.file for one in indicators().values()}
    across = {name for name in files if "child_id" in files[name].columns and not carried.follows_by_child(files[name])}
    # Siblings placed together; assessments that name another child's referral; audits reached by the action's number.
    assert {"P27", "T08", "S13"} <= across
    assert not {"D01", "D05", "T01", "T18", "D28"} & across
