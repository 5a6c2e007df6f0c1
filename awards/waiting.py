"""What waits for a user among the dossiers: one condition for each kind of work.

Home counts by them, the list is filtered by them, so that both always agree.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Q

from awards.models import Nomination
from awards.states import NominationState
from units.kinds import Kind, Role
from units.models import User

NOTHING = Q(pk__isnull=True)


@dataclass(frozen=True)
class Work:
    """A kind of work: its words in the filter, and the dossiers that wait for it."""

    label: str
    of: Callable[[User], Q]


def _own(user: User) -> list:
    return [*user.units_as(*Role.OF_UNIT), *user.taken_over()]


def _led(user: User) -> list:
    led = user.units_as(Role.LEADER)
    return [*led, *user.taken_over()] if led else []


def _to_mend(user):
    return Q(proposer__in=_own(user), state=NominationState.RETURNED)


def _to_finish(user):
    return Q(proposer__in=_own(user), state=NominationState.DRAFT)


def _at_desk(user) -> Q:
    """As ``permissions.at_desk`` tells it of one, but for what an ended unit left behind."""
    found = Q(desk__in=_led(user)) & ~Q(desk__kind=Kind.PROVINCE)
    if Role.BOARD in user.role_names():
        found |= Q(desk__kind=Kind.PROVINCE)
    return found & Q(state=NominationState.SUBMITTED)


def _to_endorse(user):
    return _at_desk(user) & ~Q(desk=F("offer__round__unit"))


def _to_appraise(user):
    return _at_desk(user) & Q(desk=F("offer__round__unit"))


WORK = {
    "sua": Work("bị trả lại, chờ sửa", _to_mend),
    "lap": Work("đang lập, chưa trình", _to_finish),
    "chuyen": Work("chờ xem xét, chuyển lên", _to_endorse),
    "tham-dinh": Work("chờ thẩm định", _to_appraise),
}


def waiting_for(user: User, name: str) -> Q:
    """The dossiers that wait for one kind of work; ``tat-ca`` for any."""
    if name in WORK:
        return WORK[name].of(user)
    found = NOTHING
    for work in WORK.values():
        found |= work.of(user)
    return found


def numbers_waiting(user: User) -> dict[str, int]:
    """How many wait for each kind of work, in one query."""
    concerned = Nomination.objects.filter(waiting_for(user, "tat-ca"))
    counts = {name: Count("pk", filter=work.of(user)) for name, work in WORK.items()}
    row = concerned.aggregate(**{name.replace("-", "_"): count for name, count in counts.items()})
    return {name: row[name.replace("-", "_")] for name in WORK}
