"""Tables that only grow: a trigger refuses what no code of ours would do.

SQLite builds a table anew when a migration alters it, and drops the triggers with the old one: such
a migration ends with ``guard`` once more. ``tests/config/test_append_only.py`` notices.
"""

from django.db import migrations

MESSAGE = "append-only: %s"


def _add(table):
    def forward(apps, schema_editor):
        for statement in _statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    return forward


def _statements(vendor, table):
    """SQLite guards UPDATE alone: its test databases are emptied by DELETE; PostgreSQL both."""
    yield _dropped(vendor, table)
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE % table}' USING ERRCODE = 'check_violation'; "
            "END; $$ LANGUAGE plpgsql"
        )
        yield (
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()"
        )
    elif vendor == "sqlite":
        yield (
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE % table}'); END"
        )


def _dropped(vendor, table) -> str:
    on_table = f" ON {table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {table}_only_grows{on_table}"


def _remove(table):
    def backward(apps, schema_editor):
        schema_editor.execute(_dropped(schema_editor.connection.vendor, table))

    return backward


def guard(table: str) -> migrations.RunPython:
    """A migration's operation: from now on the rows of ``table`` are not changed nor removed."""
    return migrations.RunPython(_add(table), _remove(table))


def freeze(table: str, *, columns: tuple[str, ...], when: str) -> migrations.RunPython:
    """From now on the columns do not change in rows that satisfy ``when`` (SQL over the old row).

    The words of ``when`` are the migration's own, never a visitor's.
    """
    condition = f"OLD.{when}"
    name, named = f"{table}_frozen", ", ".join(columns)

    def forward(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION "
                f"'frozen: {table}' USING ERRCODE = 'check_violation'; END; $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE OF {named} ON {table} FOR EACH ROW "
                f"WHEN ({condition}) EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE OF {named} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, 'frozen: {table}'); END"
            )

    def backward(apps, schema_editor):
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")

    return migrations.RunPython(forward, backward)


def freeze_parts(table: str, *, of: str, key: str, when: str) -> migrations.RunPython:
    """From now on the parts of a whole stand as they are once the whole satisfies ``when``.

    ``key``: the column of ``table`` that names the row of ``of``; ``when``: SQL over that row. No
    part comes or changes; on PostgreSQL none goes either.
    """
    name = f"{table}_frozen"
    whole = f"SELECT 1 FROM {of} WHERE {when} AND id IN"  # noqa: S608  # the migration's own words

    def forward(apps, schema_editor):
        backward(apps, schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
                f"IF EXISTS ({whole} (OLD.{key}, NEW.{key})) THEN RAISE EXCEPTION "
                f"'frozen: {table}' USING ERRCODE = 'check_violation'; END IF; "
                "RETURN COALESCE(NEW, OLD); END; $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
            return
        for act, rows in (("insert", f"(NEW.{key})"), ("update", f"(OLD.{key}, NEW.{key})")):
            schema_editor.execute(
                f"CREATE TRIGGER {name}_{act} BEFORE {act.upper()} ON {table} "
                f"WHEN EXISTS ({whole} {rows}) BEGIN SELECT RAISE(ABORT, 'frozen: {table}'); END"
            )

    def backward(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            return
        for act in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_{act}")

    return migrations.RunPython(forward, backward)
