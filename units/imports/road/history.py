"""What came in by file, when, by whom: for those who did it, and without the rows for others."""

from units.imports.kind import kind_of
from units.models import Import, User


def imports_of(user: User):
    """Own imports of everybody, all for administrators, newest first."""
    return Import.objects.visible_to(user).for_list()


def waiting_for(user: User):
    """Own files that wait for a decision, or on which work goes on."""
    open_states = (*Import.State.UNCONFIRMED, Import.State.WRITING, Import.State.UNDOING)
    return Import.objects.of(user).filter(state__in=open_states).for_list()


def title_of(job: Import) -> str:
    """The name of the kind of data, also of one that is not taken any more."""
    kind = kind_of(job.kind)
    return kind.title if kind else job.kind
