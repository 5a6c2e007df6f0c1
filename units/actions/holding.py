"""The register held still: rows are hung on units, or units reorganised, never both at once.

Whoever takes this lock takes it before any other, so that nobody waits in a circle. SQLite lets
one writer in at a time anyway.
"""

from django.db import OperationalError, connection, transaction

from config.workflow import RuleViolation

REGISTER = 1660
"""Under which first number the lock of the register lies."""
PATIENCE = "10s"
"""So long a reorganisation waits for files that are being written."""


def hold_register() -> None:
    """Until the end of the transaction no reorganisation and no new register moves the units."""
    _ask("SELECT pg_advisory_xact_lock_shared(%s, 0)")


def hold_register_alone() -> None:
    """Until the end of the transaction nobody else hangs anything on a unit by file, or keeps

    units. ``RuleViolation`` when a large file is being written.
    """
    try:
        with transaction.atomic():
            _ask(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            _ask("SELECT pg_advisory_xact_lock(%s, 0)")
            _ask("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        raise RuleViolation(
            "Cổng đang ghi một tệp dữ liệu gắn với các đơn vị. Chưa làm gì; hãy chờ vài phút rồi "
            "bấm lại."
        ) from error


def hold_administrators() -> None:
    """Until the end of the transaction nobody else ends an administrator: of two who end each

    other one is refused.
    """
    _ask("SELECT pg_advisory_xact_lock(%s, 1)")


def _ask(sql: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, [REGISTER] if "%s" in sql else None)
