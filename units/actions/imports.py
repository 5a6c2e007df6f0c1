"""The one import road's own writes: upload, confirm, cancel, resume, undo, purge."""

from units.imports.kind import ImportKind
from units.models import Import, User


def upload_import(
    kind: ImportKind, upload, *, by: User | None, options: dict | None = None
) -> Import:
    """Read a file into waiting rows, or refuse it whole (``RuleViolation``).

    ``upload`` is a file object that knows its name; ``options`` are in JSON form. A page-sized
    file is read at once; a larger one is stored and read by a task.
    """
    raise NotImplementedError


def confirm_import(job: Import, *, by: User | None, seen: str | None = None) -> Import:
    """Write the waiting rows, all or none, as they stand against today's data.

    ``seen`` is ``road.revision`` of the preview that the person confirms. ``Stale`` when it was
    overtaken: nothing is written and the preview is made anew.
    """
    raise NotImplementedError


def cancel_import(job: Import, *, by: User | None) -> Import:
    """Give up an import that is not written yet; a job at work is asked to stop."""
    raise NotImplementedError


def resume_import(job: Import, *, by: User | None) -> Import:
    """Take up a job whose worker died."""
    raise NotImplementedError


def undo_import(job: Import, *, by: User | None) -> Import:
    """Put back what a finished import wrote, unless something was built upon it."""
    raise NotImplementedError


def purge_imports(*, by: User | None = None) -> int:
    """Let go of rows, findings and files of imports that nobody confirmed in time."""
    raise NotImplementedError
