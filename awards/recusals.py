"""Who must not vote on a case: what the portal itself knows about members and candidates."""

from collections.abc import Iterable

from awards.kinds import Recipient
from awards.models import Case, Seat
from awards.names import name_key
from units.kinds import Role
from units.models import Appointment

IS_CANDIDATE = "là người được đề nghị khen thưởng"
SAME_NAME = "trùng họ và tên với người được đề nghị"
OF_CANDIDATE = "làm việc tại tập thể, đơn vị được đề nghị"
OF_HOME = "làm việc tại đơn vị quản lý đối tượng được đề nghị"
OF_PROPOSER = "làm việc tại đơn vị đề nghị"


def derived(cases: Iterable[Case], seats: Iterable[Seat], day) -> list[tuple[Case, Seat, str]]:
    """Each case and seat that exclude each other on the day, with the reason; one query."""
    seats = list(seats)
    units = _units_of(seats, day)
    found = []
    for case in cases:
        for seat in seats:
            if reason := _why(case.nomination, seat, units.get(seat.member.user_id, set())):
                found.append((case, seat, reason))
    return found


def _units_of(seats: list[Seat], day) -> dict[int, set[int]]:
    """By account the units that its holder works in."""
    users = [seat.member.user_id for seat in seats if seat.member.user_id]
    found: dict[int, set[int]] = {}
    rows = Appointment.objects.in_force(day).filter(user__in=users, role__in=Role.OF_UNIT)
    for user, unit in rows.values_list("user", "unit"):
        found.setdefault(user, set()).add(unit)
    return found


def _why(nomination, seat: Seat, units: set[int]) -> str | None:
    is_open = nomination.recipient in Recipient.OPEN
    if not is_open and (reason := _by_name(nomination, seat, units)):
        return reason
    if nomination.unit_id in units:
        return OF_CANDIDATE if is_open else OF_HOME
    return OF_PROPOSER if nomination.proposer_id in units else None


def _by_name(nomination, seat: Seat, units: set[int]) -> str | None:
    """One name and one unit are one person; of a member without an account no unit is known."""
    if name_key(seat.name, Recipient.PERSON) != nomination.name_key:
        return None
    if nomination.unit_id in units:
        return IS_CANDIDATE
    return None if seat.member.user_id else SAME_NAME
