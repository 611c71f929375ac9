"""Publish a night: thin views on its schema, put in place by renaming, which waits for no reader."""

from psycopg import sql

from statutory.errors import WarehouseError
from statutory.night import Night
from statutory.postgres import let_read
from statutory.warehouse import comments, roles
from statutory.warehouse.nights import drop_aside, set_aside

# With names, without them, and totals alone.
SHOWN = ("published", "published_analyst", "published_totals")


def publish(night: Night) -> int:
    """Point the published schemas to a night; return the number of views in `published`.

    Two transactions: new views are created under temporary schema names, then the schemas are renamed together with the
    update of `ops.published`. The old schemas are dropped afterwards, at the latest with a later publication.

    Raises:
        WarehouseError: the night is not built.
    """
    schema = night.schema
    relations = night.connection.execute(
        """
        select relation.relname, array_agg(attribute.attname order by attribute.attnum)
        from pg_class as relation
        inner join pg_namespace as namespace on namespace.oid = relation.relnamespace
        inner join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0
        where namespace.nspname = %s and relation.relkind in ('r', 'v')
        group by relation.relname order by relation.relname
        """,
        (schema,),
    ).fetchall()
    if not relations:
        raise WarehouseError(f"the night {night.day} is not built: run `statutory build --night {night.day}`")
    for shown in SHOWN:
        new = sql.Identifier(f"{shown}_new")
        night.connection.execute(sql.SQL("drop schema if exists {0} cascade; create schema {0}").format(new))
        night.connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(shown)))
    for name, columns in relations:
        night.connection.execute(
            sql.SQL("create view {} as select {} from {}").format(
                sql.Identifier("published_new", name),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.Identifier(schema, name),
            )
        )
    let_read(night.connection, "published_new", roles.IDENTIFIED)
    comments.write(night, "published_new")
    roles.analyst_views(night, "published_analyst_new")
    roles.reader_views(night, "published_totals_new")
    roles.open_night(night)
    night.connection.commit()
    for shown in SHOWN:
        set_aside(night.connection, shown)
        night.connection.execute(
            sql.SQL("alter schema {} rename to {}").format(sql.Identifier(f"{shown}_new"), sql.Identifier(shown))
        )
    night.connection.execute(
        """
        insert into ops.published (night) values (%s)
        on conflict (only_row) do update set night = excluded.night, published_at = excluded.published_at
        """,
        (night.day,),
    )
    night.connection.commit()
    drop_aside(night.connection)
    return len(relations)
