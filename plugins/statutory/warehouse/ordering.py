"""Text sorts by code point whatever the database's collation, so that every server gives the same files.

A database that we make sorts so by itself, and nothing is done. In one that sorts as a language does, the columns of
text of our tables are given that order; what a select reads of them has it too.
"""

from psycopg import errors, sql

from statutory.warehouse.connection import Connection

# The collation to give; none where the database has that order. The first one came with PostgreSQL 17.
WANTED = """
select collname::text from pg_collation
where collname in ('pg_c_utf8', 'C') and not exists (
    select from pg_database
    where datname = current_database()
    and (datlocprovider = 'b' or (datlocprovider = 'c' and datcollate in ('C.UTF-8', 'C.utf8', 'C', 'POSIX')))
)
order by collname = 'pg_c_utf8' desc limit 1
"""
COLUMNS = """
select relation.relname::text,
    array_agg(attribute.attname::text order by attribute.attnum),
    array_agg(format_type(attribute.atttypid, attribute.atttypmod) order by attribute.attnum)
from pg_class as relation
inner join pg_attribute as attribute
    on attribute.attrelid = relation.oid and attribute.attnum > 0 and not attribute.attisdropped
where relation.relnamespace = to_regnamespace(%s) and relation.relkind in ('r', 'p') and not relation.relispartition
and attribute.attcollation = 'pg_catalog.default'::regcollation
group by relation.relname
"""


def by_number(connection: Connection, schema: str) -> None:
    """Give the tables of a schema that order; those on which views rest already stay as they are."""
    wanted = connection.execute(WANTED).fetchone()
    if wanted is None:
        return
    for name, columns, kinds in connection.execute(COLUMNS, (schema,)).fetchall():
        changes = sql.SQL(", ").join(
            sql.SQL("alter column {} type {} collate {}").format(
                sql.Identifier(column), sql.SQL(kind), sql.Identifier("pg_catalog", wanted[0])
            )
            for column, kind in zip(columns, kinds, strict=True)
        )
        try:
            with connection.transaction():
                connection.execute(sql.SQL("alter table {} {}").format(sql.Identifier(schema, name), changes))
        except errors.FeatureNotSupported:
            continue
