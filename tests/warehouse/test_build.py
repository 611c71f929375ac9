"""A night's schema: what stands in it beside views and marts, and that each table and column says what it means."""

from datetime import date

import pytest

from councils import SHIPPED, at
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.quality import night as quality_night
from statutory.sources import contract
from statutory.warehouse import comments, roles
from statutory.warehouse.build import marts

NIGHT = date(2026, 9, 30)
COMMENTS = """
select relation.relname, attribute.attname, pg_catalog.col_description(relation.oid, attribute.attnum),
    pg_catalog.obj_description(relation.oid, 'pg_class')
from pg_class as relation
inner join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0
where relation.relnamespace = to_regnamespace(%s) and relation.relkind in ('r', 'v') and not attribute.attisdropped
"""
MARTS = marts(SHIPPED)


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.name)
def test_every_column_of_a_mart_is_described(mart):
    assert list(mart.described) == list(mart.columns)
    for name, text in mart.described.items():
        assert text.strip(" .").lower() != name.replace("_", " ")


@pytest.fixture
def night(connection, loaded):
    """A built night with the relations that results stand in."""
    loaded(NIGHT)
    found = at(connection, NIGHT)
    quality_night.build(found)
    results.keep(found, [indicators(SHIPPED)["W06"]])
    return found


def commented(night, schema):
    return {(table, column): (text, of) for table, column, text, of in night.connection.execute(COMMENTS, (schema,))}


def test_tables_and_columns_of_a_night_have_comments(night):
    found = {key: text for key, (text, _) in commented(night, night.schema).items()}
    assert found["cp_plan", "is_joined"] == "True if several records make up the plan"
    assert found["ssd_person", "pers_dob"] == contract.table("ssd_person").column("pers_dob").description
    assert found["ssd_person", contract.AS_WRITTEN] == comments.AS_WRITTEN
    assert found["source_table", "sha256"]


def test_every_table_that_the_runners_make_is_described(night):
    found = commented(night, night.schema)
    silent = {key for key, (text, of) in found.items() if not of or (not text and key[0] not in contract.tables())}
    assert silent == set()
    told = {(table, column) for table, columns in comments.texts(MARTS).items() for column in columns if column}
    landed_only = {table.name for table in contract.tables().values() if not table.history}
    assert {one for one in told - found.keys() if one[0] not in landed_only} == set()


def test_what_analysts_and_readers_query_has_the_comments_of_the_night(night):
    roles.open_night(night)
    whole, shown = commented(night, night.schema), commented(night, roles.analyst_schema(NIGHT))
    assert shown
    assert {key for key in shown if shown[key] != whole[key]} == set()
    night.connection.execute("create schema totals")
    roles.reader_views(night, "totals")
    for (_, column), said in commented(night, "totals").items():
        assert said == whole["public_value", column]
