"""Whether what a select gives of a child follows from that child's rows alone, read from its SQL.

It is so where every relation with rows of children is joined to one before it by the child, or holds the very same
record; where nothing is put together, numbered or looked up but child by child; and where each row says whose it is.
Relations without children's rows may come in anyhow. What this cannot see to be so counts as not so.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlglot import exp

# Of a source of rows: the columns that say whose they are; none where the rows are of no child.
Columns = frozenset[str]
# Rows of children that do not say whose they are: nothing joins these to a child.
HIDDEN: Columns = frozenset({""})
NO_CHILD: Columns = frozenset()


class _NotByChildError(Exception):
    pass


def is_by_child(
    select: exp.Expr, child_column: Callable[[str], str | None], record_key: Callable[[str], str | None]
) -> bool:
    """Whether the rows of a child, told by the column `child_id`, follow from that child's rows.

    `child_column` gives a relation's column that says of which child a row is, `record_key` its key of one column: two
    relations with a key of one name hold the same records.
    """
    reader = _Reader(child_column, record_key)
    try:
        return "child_id" in reader.query(select, {})
    except _NotByChildError:
        return False


class _Reader:
    def __init__(self, child_column: Callable[[str], str | None], record_key: Callable[[str], str | None]) -> None:
        self.child_column = child_column
        self.record_key = record_key

    def query(self, query: exp.Expr, known: Mapping[str, Columns]) -> Columns:
        """The child's columns of what a query gives."""
        given = dict(known)
        common = query.args.get("with_")
        if common:
            _refuse(bool(common.args.get("recursive")))
            for one in common.expressions:
                given[one.alias] = self.query(one.this, given)
        if isinstance(query, exp.Subquery):
            return self.query(query.this, given)
        if isinstance(query, exp.Union):
            return self._either(query, given)
        _refuse(not isinstance(query, exp.Select))
        return self._select(query, given)

    def _either(self, union: exp.Union, known: Mapping[str, Columns]) -> Columns:
        left, right = (self.query(side, known) for side in (union.this, union.expression))
        if not left and not right:
            return NO_CHILD
        sides = _names(union.this), _names(union.expression)
        if "*" in sides[0] + sides[1]:  # which column is which is not written
            return HIDDEN
        names = zip(*sides, strict=True)
        return frozenset(one for one, other in names if one in left and other in right) or HIDDEN

    def _select(self, select: exp.Expr, known: Mapping[str, Columns]) -> Columns:
        sources: dict[str, Columns] = {}
        tables: dict[str, str] = {}
        joined: list[tuple[exp.Expr, exp.Join | None]] = [(join.this, join) for join in select.args.get("joins") or ()]
        if select.args.get("from_"):
            joined.insert(0, (select.args["from_"].this, None))
        where = select.args.get("where")
        for source, join in joined:
            columns = self._source(source, known)
            name = source.alias_or_name
            sources[name] = columns
            # It gives rows for what no child has.
            _refuse(join is not None and join.side in {"RIGHT", "FULL"} and any(sources.values()))
            tables[name] = source.name if isinstance(source, exp.Table) and source.name not in known else ""
            if not columns or join is None:
                continue
            conditions = [join.args.get("on"), where.this if where and not join.side else None]
            linked = any(self._links(pair, name, sources, tables) for pair in _equal(conditions))
            first = not any(there for other, there in sources.items() if other != name)
            # A row of no child that finds none of a child's is a row all the same.
            _refuse(not linked and (not first or bool(join.side)))
        if not any(sources.values()):
            return NO_CHILD
        self._apart(select, sources, known)
        found: set[str] = set()
        for one in select.expressions:
            if one.is_star and isinstance(one, exp.Column):
                found |= sources.get(one.table, NO_CHILD)
            elif _is_child(one.unalias(), sources):
                found.add(one.alias_or_name)
        return frozenset(found) or HIDDEN

    def _source(self, source: exp.Expr, known: Mapping[str, Columns]) -> Columns:
        if isinstance(source, exp.Table):
            if source.name in known:
                return known[source.name]
            child = self.child_column(source.name)
            return frozenset({child}) if child else NO_CHILD
        if isinstance(source, exp.Subquery):
            return self.query(source, known)
        _refuse(source.find(exp.Table, exp.Select) is not None)
        return NO_CHILD

    def _links(
        self, pair: tuple[exp.Column, exp.Column], name: str, sources: Mapping[str, Columns], tables: Mapping[str, str]
    ) -> bool:
        """Whether an equality ties a source to one before it: by the child, or as the same record."""
        one, other = pair if pair[0].table == name else pair[::-1]
        if one.table != name or other.table == name or not sources.get(other.table):
            return False
        if _is_child(one, sources) and _is_child(other, sources):
            return True
        keys = [self.record_key(tables[column.table]) for column in (one, other)]
        return keys == [one.name, other.name] and one.name == other.name

    def _apart(self, select: exp.Expr, sources: Mapping[str, Columns], known: Mapping[str, Columns]) -> None:
        """Refuse what puts rows of several children together, and what looks children's rows up from within."""
        _refuse(bool(select.args.get("limit")))
        distinct = select.args.get("distinct")
        if distinct and distinct.args.get("on"):
            _refuse(not _names_child(distinct.args["on"].expressions, sources))
        group = select.args.get("group")
        if group:
            _refuse(not _names_child(group.expressions, sources))
        for found in _own(select, exp.AggFunc, exp.Window, exp.Table):
            if isinstance(found, exp.Table):
                _refuse(bool(self._source(found, known)))
            elif isinstance(found, exp.Window):
                _refuse(not _names_child(found.args.get("partition_by") or (), sources))
            elif not isinstance(found.parent, exp.Window):
                _refuse(not group and not found.find_ancestor(exp.Window))


def _own(select: exp.Expr, *kinds: type[exp.Expr]) -> Iterable[exp.Expr]:
    """What stands in the expressions of a select: its columns, conditions and order, not its sources."""
    parts = [
        *select.expressions,
        *(select.args[part] for part in ("where", "having", "order") if select.args.get(part)),
    ]
    parts += [on for join in select.args.get("joins") or () if (on := join.args.get("on"))]
    for part in filter(None, parts):
        yield from part.find_all(*kinds)


def _refuse(is_so: bool) -> None:
    if is_so:
        raise _NotByChildError


def _names(query: exp.Expr) -> list[str]:
    return list(query.named_selects) if isinstance(query, exp.Query) else []


def _is_child(column: exp.Expr, sources: Mapping[str, Columns]) -> bool:
    return isinstance(column, exp.Column) and column.name in sources.get(column.table, NO_CHILD)


def _names_child(expressions: Iterable[exp.Expr], sources: Mapping[str, Columns]) -> bool:
    return any(_is_child(one, sources) for one in expressions)


def _equal(conditions: Iterable[exp.Expr | None]) -> Iterable[tuple[exp.Column, exp.Column]]:
    """The pairs of columns that the conditions hold to be equal, whatever else they say."""
    for condition in conditions:
        for one in condition.flatten() if isinstance(condition, exp.And) else [condition]:
            if (
                isinstance(one, exp.EQ | exp.NullSafeEQ)
                and isinstance(one.left, exp.Column)
                and isinstance(one.right, exp.Column)
            ):
                yield one.left, one.right
