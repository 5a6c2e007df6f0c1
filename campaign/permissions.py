"""Who: each predicate returns a reason in Vietnamese, or None when nothing is in the way."""

from django.db.models import Q

from units.kinds import Role
from units.models import path_below


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
