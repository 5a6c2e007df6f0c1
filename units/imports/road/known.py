"""The counts of an import as one user may know them.

Of a list with names the number of changed rows tells which guess was right; whoever may not know
these names learns how many rows are on file already, and no more.
"""

from units.imports.kind import kind_of
from units.models import Import, ImportRow, User

TOGETHER = (ImportRow.Verdict.CHANGED, ImportRow.Verdict.SAME)


def tells_changes(job: Import, user: User) -> bool:
    """Whether this user may know which rows of an import change anything."""
    kind = kind_of(job.kind)
    return kind is None or kind.tells_changes(user, job.options)


def counts_for(job: Import, user: User) -> dict:
    """``Import.counts``, or with one number ``known`` in place of changed and unchanged rows."""
    if not job.counts or tells_changes(job, user):
        return job.counts
    counts = {name: number for name, number in job.counts.items() if isinstance(number, int)}
    others = {name: number for name, number in counts.items() if name not in TOGETHER}
    return others | {"known": on_file(job)}


def on_file(job: Import) -> int:
    """How many rows are of what is on file already."""
    return sum(job.counts.get(verdict, 0) for verdict in TOGETHER)
