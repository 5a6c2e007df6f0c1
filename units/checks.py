"""System checks of the connected database: one index range of a path must be one subtree."""

from django.core.checks import Error, Tags, register
from django.db import connections

from units.models import Unit

# On SQLite every comparison is by bytes; PostgreSQL compares by the locale of the database.
ORDERED = ("path", "sort_key")

HINT = (
    'Đường dẫn và thứ tự của đơn vị cần so sánh theo byte (COLLATE "C"). Chạy lại migrate trên '
    'cơ sở dữ liệu trống, hoặc đổi kiểu cột thành varchar COLLATE "C".'
)


@register(Tags.database)
def byte_order(app_configs=None, databases=None, **kwargs):
    """Rights follow from subtrees, so a database that orders paths by its locale is refused."""
    errors = []
    for alias in databases or ():
        errors += [
            Error(message, hint=HINT, obj=f"{alias}", id="units.E001")
            for message in _faults(connections[alias])
        ]
    return errors


def _faults(connection):
    table = Unit._meta.db_table
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return []  # before the first migration
        columns = connection.introspection.get_table_description(cursor, table)
    found = {column.name: column.collation for column in columns}
    return [
        f"Cột {table}.{name} dùng thứ tự “{found[name]}” thay cho “C”."
        for name in ORDERED
        if found[name] != "C"
    ]
