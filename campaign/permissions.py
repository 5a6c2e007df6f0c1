"""Who: each predicate returns a reason in Vietnamese, or None when nothing is in the way."""

from django.db.models import Q

from units.kinds import Kind, Role
from units.models import Unit, path_below

KEEPERS = {Role.BOARD, Role.POVERTY_DESK, Role.ADMINISTRATOR}
"""Who keeps the ledger of contributions for the whole province."""


def sets_deadlines(user) -> str | None:
    """Due and lock dates are the board's to set (design 3)."""
    if Role.BOARD in user.role_names():
        return None
    return "Chỉ Ban Thi đua - Khen thưởng được đặt hạn nộp và ngày khóa sổ."


def may_extend(user, unit) -> str | None:
    """Leave comes from above: the board for every unit, a leader for the units below the own one.

    Nobody gives it to a unit they work in themselves.
    """
    if any(seat.unit_id == unit.pk for seat in user.seats()):
        return (
            f"{unit.name}: không tự gia hạn cho đơn vị mình công tác. Đề nghị đơn vị cấp trên "
            "hoặc Ban Thi đua - Khen thưởng gia hạn."
        )
    if Role.BOARD in user.role_names():
        return None
    if any(above.contains(unit) for above in user.units_as(Role.LEADER)):
        return None
    return f"{unit.name}: chỉ lãnh đạo đơn vị cấp trên hoặc Ban Thi đua - Khen thưởng được gia hạn."


def extendable_scope(user) -> Q:
    """The units of ``may_extend`` as one condition on units, for lists and look-ups."""
    scope = Q(pk__in=[])
    if Role.BOARD in user.role_names():
        scope = Q(pk__isnull=False)
    for unit in user.units_as(Role.LEADER):
        scope |= path_below(unit.path, inclusive=False)
    return scope & ~Q(pk__in=[seat.unit_id for seat in user.seats()])


def gives_leave(user) -> bool:
    """Whether the user may give leave to anybody at all; for the button on the list."""
    return bool(user.role_names() & {Role.BOARD, Role.LEADER})


def keeps_contributions(user) -> str | None:
    """Whether the user may record contributions at all: for the province, or for a commune."""
    if user.role_names() & KEEPERS or receiving_communes(user):
        return None
    return (
        "Chỉ Ban Thi đua - Khen thưởng, cán bộ theo dõi giảm nghèo của tỉnh, hoặc xã, phường, thị "
        "trấn nhận đóng góp mới được ghi đóng góp."
    )


def receiving_communes(user) -> list[Unit]:
    """The communes whose received contributions the user records."""
    return [unit for unit in user.units_as(*Role.OF_UNIT) if unit.kind == Kind.COMMUNE]


def may_record(user, receiver_pk: int, name: str) -> str | None:
    """A commune records what it received itself; the province's keepers for everybody."""
    if user.role_names() & KEEPERS:
        return None
    if any(unit.pk == receiver_pk for unit in receiving_communes(user)):
        return None
    return f"{name}: bạn chỉ được ghi đóng góp mà xã của mình nhận."


def recordable(user) -> Q:
    """The contributions of ``may_record`` as one condition."""
    if user.role_names() & KEEPERS:
        return Q(pk__isnull=False)
    return Q(receiver__in=receiving_communes(user))
