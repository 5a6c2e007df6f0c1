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
    """Files that the person brought in and has not confirmed: nobody else can.

    Those for this unit with their names; of all others only how many there are.
    """
    note = "chỉ người tải tệp lên xác nhận hoặc hủy được, hãy làm trước ngày bàn giao"
    waiting = Import.objects.of(leaver).filter(state__in=IN_HAND).order_by("-uploaded_at", "-pk")
    told = [job.options["xa"] for job in waiting if job.options.get("xa")]
    within = set(Unit.objects.below(unit).filter(pk__in=told).values_list("pk", flat=True))
    own = [job for job in waiting if job.options.get("xa") in within]
    for job in own[:NAMED]:
        yield Work(f"Tệp “{job.name}” {job.get_state_display()}", note)
    if others := len(waiting) - len(own):
        yield Work(f"{others} tệp khác của người này chưa xong", note)


open_work: list[Callable[[User, Unit, User], Iterable[Work]]] = [imports_of]
"""Each tells what the leaver (first) has in hand in the unit, as the reader (last) may know it.

The apps above add theirs in ``AppConfig.ready``.
"""


def in_hand(leaver: User, unit: Unit, reader: User) -> list[Work]:
    """Everything begun and not done."""
    return [work for source in open_work for work in source(leaver, unit, reader)]
