"""Who may keep accounts, roles and the register: each predicate returns a reason, or None."""

from units.kinds import Role
from units.models import Unit, User

GRANTS = {Role.LEADER: (Role.REPORTER, Role.LEADER)}
"""What a role may hand out within its own subtree; an administrator hands out everything.

Roles for the whole province, the council's and the administrator's stand above any leader's.
"""


def is_administrator(user: User) -> bool:
    """By an appointment in force today; the flags of the account give nothing.

    A password that somebody else knows opens nothing before it is changed.
    """
    own = user.is_active and not user.password_given
    return own and Role.ADMINISTRATOR in user.role_names()


def keeps_catalogues(user: User) -> str | None:
    """Accounts, registers and standards are the administrators' work."""
    if is_administrator(user):
        return None
    return (
        "Chỉ quản trị hệ thống được sửa tài khoản và danh mục. Hãy gửi đề nghị tới quản trị viên."
    )


def works_in(user: User, unit: Unit) -> str | None:
    """The reporters and leaders of a unit do its work."""
    if unit in user.units_as(*Role.OF_UNIT):
        return None
    return f"Chỉ người lập báo cáo hoặc lãnh đạo của {unit} mới làm được việc này."


def may_appoint(user: User, unit: Unit, role: str) -> str | None:
    """Nobody grants above the own role or outside the own subtree; administrators may."""
    if is_administrator(user):
        return None
    above = [seat for seat in user.seats() if seat.role in GRANTS and seat.unit.contains(unit)]
    if not above:
        return (
            f"Đơn vị {unit.name}: bạn chỉ được giao, rút vai trò trong đơn vị do mình lãnh đạo và "
            "các đơn vị trực thuộc. Hãy nhờ lãnh đạo đơn vị đó hoặc quản trị hệ thống."
        )
    if any(role in GRANTS[seat.role] for seat in above):
        return None
    return (
        f"Vai trò “{Role(role).label}”: không được giao, rút vai trò cao hơn vai trò của mình. "
        "Hãy nhờ quản trị hệ thống."
    )


def imports_reviews(user: User) -> str | None:
    """The poverty desk alone writes the yearly review and the plan figures; others read them."""
    if user.is_active and Role.POVERTY_DESK in user.role_names():
        return None
    return (
        "Chỉ cán bộ theo dõi giảm nghèo của tỉnh được nhập kết quả rà soát và chỉ tiêu giảm "
        "nghèo; tài khoản của bạn chỉ xem. Hãy nhờ cán bộ được giao nhiệm vụ này."
    )
