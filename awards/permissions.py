"""Who keeps the ledger of honours, the law and the rounds: each returns a reason, or None."""

from awards.models import Honour
from units.kinds import Kind, Role

KEEPERS = {Role.BOARD, Role.ADMINISTRATOR}
HOLDERS = (Kind.PROVINCE, Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE)
"""The kinds of unit that hold rounds of commendation."""


def keeps_honours(user) -> str | None:
    """The board keeps the ledger; administrators help with files in the admin."""
    if user.role_names() & KEEPERS:
        return None
    return "Chỉ Ban Thi đua - Khen thưởng được ghi khen thưởng đã có."


def may_honour(user, recipient: str) -> str | None:
    """Persons and households by name are not the administrators' concern."""
    if refusal := keeps_honours(user):
        return refusal
    if recipient in Honour.Recipient.OPEN or Role.BOARD in user.role_names():
        return None
    return "Khen thưởng cá nhân, hộ gia đình: chỉ Ban Thi đua - Khen thưởng được ghi."


def keeps_law(user) -> str | None:
    """The board keeps the rule sets, the administrator helps; everybody reads them."""
    if user.role_names() & KEEPERS:
        return None
    return "Chỉ Ban Thi đua - Khen thưởng và quản trị hệ thống được sửa quy định khen thưởng."


def holds_rounds(user, unit) -> str | None:
    """The board holds the province's rounds, a leader those of the own unit."""
    if unit.kind == Kind.PROVINCE:
        if Role.BOARD in user.role_names():
            return None
        return "Chỉ Ban Thi đua - Khen thưởng được lập, sửa, mở, đóng đợt khen thưởng của tỉnh."
    if unit.kind not in HOLDERS:
        return (
            f"{unit} không tổ chức đợt khen thưởng; chỉ tỉnh, sở, ban, ngành, đoàn thể, huyện, xã "
            "tổ chức."
        )
    if unit in user.units_as(Role.LEADER):
        return None
    return f"Chỉ lãnh đạo của {unit} được lập, sửa, mở, đóng đợt khen thưởng của đơn vị."


def keeps_round(user, round, now=None) -> str | None:
    """Whoever holds the rounds of the unit keeps this one."""
    return holds_rounds(user, round.unit)
