"""Who keeps the ledger of honours: each predicate returns a reason, or None."""

from awards.models import Honour
from units.kinds import Role

KEEPERS = {Role.BOARD, Role.ADMINISTRATOR}


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
