"""What came in by file, when, by whom: for those who did it, and without the rows for others."""

from typing import NamedTuple

from units.imports.kind import ImportKind, kind_of
from units.imports.road.known import counts_for
from units.models import Import, User

State = Import.State
TONES = {
    State.FAULTY: "danger",
    State.FAILED: "danger",
    State.WAITING: "warning",
    State.DONE: "success",
    State.READING: "info",
    State.WRITING: "info",
    State.UNDOING: "info",
}


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


class Mark(NamedTuple):
    """A state as a badge shows it."""

    label: str
    tone: str


def state_of(job: Import) -> Mark:
    return Mark(job.get_state_display(), TONES.get(job.state, "neutral"))


class Listed(NamedTuple):
    """An import as a line of the history."""

    job: Import
    title: str
    state: Mark
    counts: dict


def page_of(page, user: User):
    """A page of imports with what each line shows to this user."""
    page.rows = [
        Listed(job, title_of(job), state_of(job), counts_for(job, user)) for job in page.object_list
    ]
    return page


def before(kind: ImportKind) -> list[str]:
    """The titles of what must be in before this kind."""
    known = (kind_of(slug) for slug in kind.sequence)
    return [found.title for found in known if found]
