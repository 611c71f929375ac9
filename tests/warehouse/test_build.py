"""A night's schema: what stands in it beside views and marts, and that each table and column says what it means."""

from datetime import date

import pytest

from statutory.indicators import results
from statutory.quality import night as quality_night
from statutory.sources import contract
from statutory.warehouse import comments
from statutory.warehouse.build import build_night, marts
from statutory.warehouse.nights import night_schema

NIGHT = date(2026, 9, 30)
COMMENTS = """
select relation.relname, attribute.attname, pg_catalog.col_description(relation.oid, attribute.attnum),
    pg_catalog.obj_description(relation.oid, 'pg_class')
from pg_class as relation
inner join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0
where relation.relnamespace = to_regnamespace(%s) and relation.relkind in ('r', 'v') and not attribute.attisdropped
"""


@pytest.mark.parametrize("mart", marts(), ids=lambda mart: mart.name)
def test_every_column_of_a_mart_is_described(mart):
    assert list(mart.described) == list(mart.columns)
    for name, text in mart.described.items():
        assert text.strip(" .").lower() != name.replace("_", " ")


def test_tables_and_columns_of_a_built_night_have_comments(connection, loaded):
    loaded(NIGHT)
    build_night(connection, NIGHT)
    found = {(table, column): text for table, column, text, _ in connection.execute(COMMENTS, (night_schema(NIGHT),))}
    assert found["cp_plan", "is_joined"] == "True if several records make up the plan"
    assert found["ssd_person", "pers_dob"] == contract.table("ssd_person").column("pers_dob").description
    assert found["ssd_person", contract.AS_WRITTEN] == comments.AS_WRITTEN
    assert found["source_table", "sha256"]


def test_every_table_that_the_runners_make_is_described(connection, loaded):
    loaded(NIGHT)
    quality_night.build(connection, NIGHT)
    connection.execute(results.RESULTS)
    schema = night_schema(NIGHT)
    comments.write(connection, schema, marts())
    silent = set()
    for table, column, text, of_table in connection.execute(COMMENTS, (schema,)):
        assert of_table, table
        if not text and table not in contract.tables():
            silent.add((table, column))
    assert silent == set()
    there = {(table, column) for table, column, *_ in connection.execute(COMMENTS, (schema,))}
    told = {(table, column) for table, columns in comments.texts(marts()).items() for column in columns if column}
    landed_only = {table.name for table in contract.tables().values() if not table.history}
    assert {one for one in told - there if one[0] not in landed_only} == set()
