"""What a person who leaves has in hand: told before the roles go over to somebody else."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from units.models import Import, Unit, User

State = Import.State
IN_HAND = (State.READING, State.FAULTY, State.WAITING, State.FAILED)
NAMED = 20


class Work(NamedTuple):
    """Something begun and not done; ``address`` where the reader may look at it."""

    words: str
    note: str = ""
    address: str = ""


def imports_of(leaver: User, unit: Unit, reader: User) -> Iterable[Work]:
    """Files that the person brought in and has not confirmed: nobody else can."""
    waiting = Import.objects.of(leaver).filter(state__in=IN_HAND).order_by("-uploaded_at", "-pk")
    for job in waiting[:NAMED]:
        note = "chỉ người tải tệp lên xác nhận hoặc hủy được, hãy làm trước ngày bàn giao"
        yield Work(f"Tệp “{job.name}” {job.get_state_display()}", note)


open_work: list[Callable[[User, Unit, User], Iterable[Work]]] = [imports_of]
"""Each tells what the leaver (first) has in hand in the unit, as the reader (last) may know it.

The apps above add theirs in ``AppConfig.ready``.
"""


def in_hand(leaver: User, unit: Unit, reader: User) -> list[Work]:
    """Everything begun and not done."""
    return [work for source in open_work for work in source(leaver, unit, reader)]
