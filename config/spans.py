"""Spans of time of one key that never overlap: what uniqueness is to a value.

``spans_apart("units_unit", same=("code",), starts="valid_from", ends="valid_to")`` in a migration:
at any time a code means one unit. Ends are the first day without the row, or NULL for "still".
SQLite drops triggers when a later migration alters the table: that one ends with the call again.
"""

from django.db import migrations

MESSAGE = "overlapping spans: %s"


def spans_apart(
    table: str,
    *,
    same: tuple[str, ...],
    starts: str,
    ends: str,
    inclusive: bool = False,
    only: str = "",
) -> migrations.RunPython:
    """A migration's operation: rows that agree in ``same`` hold at different times.

    ``inclusive``: whole numbers, the last one counted in (years), instead of dates. ``only``: a
    yes-or-no column; rows that say no may overlap. PostgreSQL
    keeps an exclusion constraint, past which two transactions at once cannot slip, and needs its
    own extension ``btree_gist`` for it; SQLite lets one writer in, so triggers are enough.
    """

    def forward(apps, schema_editor):
        backward(apps, schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            schema_editor.execute(_exclusion(table, same, starts, ends, inclusive, only))
        else:
            for statement in _triggers(table, same, starts, ends, inclusive, only):
                schema_editor.execute(statement)

    def backward(apps, schema_editor):
        for statement in _dropped(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    return migrations.RunPython(forward, backward)


def _dropped(vendor, table):
    if vendor == "postgresql":
        yield f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_apart"
    else:
        for act in ("insert", "update"):
            yield f"DROP TRIGGER IF EXISTS {table}_apart_{act}"


def _exclusion(table, same, starts, ends, inclusive, only) -> str:
    keys = "".join(f"{name} WITH =, " for name in same)
    span = f"int4range({starts}, {ends}, '[]')" if inclusive else f"daterange({starts}, {ends})"
    where = f" WHERE ({only})" if only else ""
    rule = f"EXCLUDE USING gist ({keys}{span} WITH &&){where}"
    return f"ALTER TABLE {table} ADD CONSTRAINT {table}_apart {rule}"


def _triggers(table, same, starts, ends, inclusive, only):
    before = "<=" if inclusive else "<"
    agree = "".join(f"other.{name} = NEW.{name} AND " for name in same)
    if only:
        agree += f"other.{only} AND NEW.{only} AND "
    overlap = (
        f"(other.{ends} IS NULL OR NEW.{starts} {before} other.{ends}) AND "
        f"(NEW.{ends} IS NULL OR other.{starts} {before} NEW.{ends})"
    )
    rival = f"SELECT 1 FROM {table} other WHERE {agree}{overlap} AND other.id IS NOT NEW.id"  # noqa: S608
    for act in ("insert", "update"):
        yield (
            f"CREATE TRIGGER {table}_apart_{act} BEFORE {act.upper()} ON {table} "
            f"WHEN EXISTS ({rival}) BEGIN SELECT RAISE(ABORT, '{MESSAGE % table}'); END"
        )
