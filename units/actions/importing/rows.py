"""Waiting rows and findings into the database and out of it, many at a time."""

import io
from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import IntegrityError, connection, transaction

from config.sheets import Problem
from units.imports.road.judging import Doubles, Line
from units.imports.road.sizes import is_page_sized
from units.imports.road.values import encoded, stored
from units.imports.road.waiting import CHUNK
from units.models import Import, ImportProblem, ImportRow

MOST_KEPT = 10_000
"""Findings of each sort that are kept with an import; those beyond are counted."""
DELETED_AT_ONCE = 20_000


def store(job: Import, lines: Sequence[Line], doubles: Doubles, address) -> list[Line]:
    """Keep a chunk of lines as waiting rows; the lines as they are judged in the end.

    Keys that the file had before are found out by the database itself: a chunk is written as if
    there were none, and looked through only when the database objects.
    """
    once, doubled = doubles.apart(lines, address, {})
    try:
        with transaction.atomic():
            _insert(job, once)
    except IntegrityError:
        rows = job.rows.filter(part="", key__in=[line.key for line in once])
        once, more = doubles.apart(once, address, dict(rows.values_list("key", "number")))
        _insert(job, once)
        doubled += more
    return [*once, *doubled]


def _insert(job: Import, lines: Iterable[Line]) -> None:
    _put(
        job,
        (
            ("", line.number, line.key, line.unit, line.verdict, line.values, line.before, None)
            for line in lines
            if line.key
        ),
    )


def store_parts(job: Import, rows: Iterable[ImportRow]) -> None:
    """Keep rows that a kind made itself, as they come: a generator may be long."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        with transaction.atomic():
            _put(job, map(_fields, chunk))


def _fields(row: ImportRow) -> tuple:
    before = row.before and stored(row.before)
    values = stored(row.values)
    return (
        row.part, row.number, row.key, row.unit_id, row.verdict, values, before, row.object_id,
    )  # fmt: skip


FIELDS = ("part", "number", "key", "unit_id", "verdict", "values", "before", "object_id")


def _put(job: Import, rows: Iterable[tuple]) -> None:
    """Rows, as values of ``FIELDS``, into the table, inside the present transaction.

    Past the ORM: of a national file every microsecond counts a million times.
    """
    if connection.vendor == "postgresql":
        _copy(job, rows)
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            _INSERT,
            (
                (job.pk, *place, encoded(new), None if old is None else encoded(old), written)
                for *place, new, old, written in rows
            ),
        )


_COLUMNS = ", ".join(f'"{name}"' for name in ("source_id", *FIELDS))
_MARKS = ", ".join(["%s"] * (len(FIELDS) + 1))
_INSERT = f"INSERT INTO units_importrow ({_COLUMNS}) VALUES ({_MARKS})"  # noqa: S608
_COPY = f"COPY units_importrow ({_COLUMNS}) FROM STDIN"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy(job: Import, rows: Iterable[tuple]) -> None:
    """The quick way into PostgreSQL."""
    source, out = job.pk, io.StringIO()
    for part, number, key, unit, verdict, values, before, written in rows:
        unit = "\\N" if unit is None else unit
        written = "\\N" if written is None else written
        before = "\\N" if before is None else encoded(before).replace("\\", "\\\\")
        kept = encoded(values).replace("\\", "\\\\")
        key = key.translate(_ESCAPES)
        out.write(
            f"{source}\t{part}\t{number}\t{key}\t{unit}\t{verdict}\t{kept}\t{before}\t{written}\n"
        )
    out.seek(0)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.cursor.copy_expert(_COPY, out)


class Findings:
    """The findings of one file: so many are kept, all are counted."""

    def __init__(self, job: Import):
        self.job = job
        self.errors = self.notes = self.normalised = 0
        self.known: set[tuple[int, str, str]] = set()
        """Findings that stand on file already, by number, label and message."""
        self._found: list[ImportProblem] = []

    def add(self, number: int, problem: Problem) -> None:
        """Count a finding about a row, and keep it while there is room."""
        if (number, problem.label, problem.message) in self.known:
            return
        if problem.blocking:
            self.errors += 1
        elif problem.rule == NORMALISED:
            self.normalised += 1
        else:
            self.notes += 1
        if (self.errors if problem.blocking else self.notes + self.normalised) <= MOST_KEPT:
            self._found.append(
                ImportProblem(
                    source=self.job,
                    number=number,
                    address=problem.address,
                    label=problem.label,
                    rule=problem.rule,
                    message=problem.message,
                    blocking=problem.blocking,
                )
            )

    def store(self) -> None:
        """Write what was kept since the last time."""
        found, self._found = self._found, []
        ImportProblem.objects.bulk_create(found, batch_size=CHUNK)

    @property
    def counts(self) -> dict[str, int]:
        return {"errors": self.errors, "notes": self.notes, "normalised": self.normalised}


NORMALISED = "normalised"
"""Blanks, accents and digits put in order: told in one line, however many there are."""


def save_object_ids(rows: Iterable[ImportRow], before: dict[int, int | None]) -> None:
    """Keep the keys of the rows that a kind wrote, where they are new."""
    found = [(row.object_id, row.pk) for row in rows if row.object_id != before[row.pk]]
    if not found:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE units_importrow r SET object_id = found.object FROM "
                "unnest(%s::bigint[], %s::bigint[]) AS found (object, id) WHERE r.id = found.id",
                [list(column) for column in zip(*found, strict=True)],
            )
        else:
            cursor.executemany("UPDATE units_importrow SET object_id = %s WHERE id = %s", found)


def settle(job: Import) -> None:
    """After many rows came in PostgreSQL must count them, or it plans for a table that is empty."""
    if connection.vendor == "postgresql" and not is_page_sized(job):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE units_importrow")


def drop_rows(job: Import) -> None:
    """Let go of all that an import read, in short transactions."""
    ImportProblem.objects.filter(source=job).delete()
    while True:
        rows = ImportRow.objects.filter(source=job).order_by("pk")
        last = rows.values_list("pk", flat=True)[:DELETED_AT_ONCE]
        keys = list(last)
        if not keys:
            return
        ImportRow.objects.filter(source=job, pk__lte=keys[-1]).delete()
