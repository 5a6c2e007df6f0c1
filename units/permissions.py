"""Who may keep accounts, roles and the register: each predicate returns a reason, or None."""

from collections.abc import Iterable

from django.db.models import QuerySet

from units.kinds import Kind, Role
from units.models import Appointment, Unit, User

GRANTS = {Role.LEADER: (Role.REPORTER, Role.LEADER)}
"""What a role may hand out within its own subtree; an administrator hands out everything.

Roles for the whole province, the council's and the administrator's stand above any leader's.
"""

CHAINED = (Kind.VILLAGE, Kind.ENTERPRISE)
"""The kinds that the unit above keeps; they have nothing below them and follow it through time."""


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


def keeps_unit(user: User, unit: Unit) -> str | None:
    """Administrators keep the register; a unit keeps the villages and enterprises below itself.

    Those of a unit that it took over whole are its own as well.
    """
    if is_administrator(user):
        return None
    if unit.kind in CHAINED and unit.parent_id in keeps_below(user):
        return None
    return (
        f"{unit.name}: chỉ người lập báo cáo, lãnh đạo của {unit.parent or 'tỉnh'} hoặc quản trị "
        "hệ thống mới được thêm, sửa, kết thúc đơn vị này."
    )


def keeps_below(user: User) -> set[int]:
    """The units whose villages and enterprises the user keeps, apart from administrators."""
    return {unit.pk for unit in (*user.units_as(*Role.OF_UNIT), *user.taken_over())}


def keeps_persons(user: User, unit: Unit) -> str | None:
    """The reporters and leaders of a unit keep its persons and those of all units below.

    So do those of the unit that took it over whole.
    """
    own = (*user.units_as(*Role.OF_UNIT), *user.taken_over())
    if any(above.contains(unit) for above in own):
        return None
    return (
        f"Đơn vị: {unit.name} không thuộc phạm vi của bạn. Chỉ người lập báo cáo, lãnh đạo của đơn "
        "vị hoặc cấp trên của đơn vị mới ghi được cá nhân tham gia."
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


UNKNOWN_ACCOUNT = (
    "Không có tài khoản trong phạm vi của bạn mang tên đăng nhập hoặc địa chỉ thư này. Lãnh đạo "
    "chỉ giao vai trò cho người đang giữ hoặc đã giữ vai trò trong đơn vị mình và các đơn vị trực "
    "thuộc. Hãy kiểm tra lại, lập tài khoản cho người mới, hoặc nhờ quản trị hệ thống."
)
"""Said alike of an account that is not there and of one that is not the leader's to know."""
OWN_ACCOUNT = (
    "Không ai tự giao vai trò cho mình. Hãy nhờ lãnh đạo khác có thẩm quyền hoặc quản trị hệ thống."
)


def gives_to(user: User, account: User) -> str | None:
    """Nobody gives a role to himself, and leaders give none to people they do not know."""
    if account.pk == user.pk:
        return OWN_ACCOUNT
    if known_accounts(user).filter(pk=account.pk).exists():
        return None
    return UNKNOWN_ACCOUNT


def known_accounts(user: User) -> QuerySet[User]:
    """The accounts that the user may give a role to; see ``User.account_scope``."""
    everybody = User.objects.all()
    return everybody if is_administrator(user) else everybody.filter(user.account_scope())


def keeps_account(
    user: User, account: User, unit: Unit | None = None, role: str = ""
) -> str | None:
    """Administrators keep accounts; whoever may hand out a role opens a new account for it."""
    if account.pk is None and unit is not None:
        return may_appoint(user, unit, role)
    return keeps_catalogues(user)


def renews_password(user: User, account: User, seats: Iterable[Appointment]) -> str | None:
    """A first password is given anew by whoever hands out all the roles of the account.

    Only while it was never used: afterwards it would open what somebody else has done there.
    ``seats``: every role that the account holds or will hold.
    """
    if is_administrator(user):
        return None
    if account.last_login is not None:
        return (
            f"{account} đã đăng nhập, chỉ quản trị hệ thống mới cấp lại được mật khẩu; hoặc "
            "người dùng tự đặt lại bằng mục “Quên mật khẩu”."
        )
    told = [may_appoint(user, seat.unit, seat.role) for seat in seats]
    if told and not any(told):
        return None
    return f"{account} có vai trò ngoài đơn vị bạn lãnh đạo; hãy nhờ quản trị hệ thống."


def manages_people(user: User, unit: Unit) -> str | None:
    """Whoever may hand out the first role of a unit sees who works there: leaders of the unit or

    of one above it, and administrators.
    """
    return may_appoint(user, unit, Role.REPORTER)


def imports_reviews(user: User) -> str | None:
    """The poverty desk alone writes the yearly review and the plan figures; others read them."""
    if user.is_active and Role.POVERTY_DESK in user.role_names():
        return None
    return (
        "Chỉ cán bộ theo dõi giảm nghèo của tỉnh được nhập kết quả rà soát và chỉ tiêu giảm "
        "nghèo; tài khoản của bạn chỉ xem. Hãy nhờ cán bộ được giao nhiệm vụ này."
    )


def imports_all_households(user: User | None) -> str | None:
    """The poverty desk brings in lists of households of any commune; the system as well."""
    if user is None or (user.is_active and Role.POVERTY_DESK in user.role_names()):
        return None
    return "Chỉ cán bộ theo dõi giảm nghèo của tỉnh được nhập danh sách hộ của mọi xã."


def imports_households(user: User, options: dict | None = None) -> str | None:
    """A commune brings in its own list; with ``options``, the one of the commune in "xa"."""
    if imports_all_households(user) is None:
        return None
    communes = [unit.pk for unit in user.units_as(*Role.OF_UNIT) if unit.kind == Kind.COMMUNE]
    if communes and (options is None or options.get("xa") in communes):
        return None
    return (
        "Chỉ người lập báo cáo, lãnh đạo của xã được nhập danh sách hộ của chính xã mình; cán bộ "
        "theo dõi giảm nghèo của tỉnh nhập được của mọi xã."
    )


def keeps_households(user: User, unit: Unit) -> str | None:
    """Households are entered and corrected by their own commune or village alone."""
    if user.is_active and Unit.objects.filter(pk=unit.pk).filter(user.household_scope("pk")):
        return None
    return (
        f"{unit.name}: chỉ người lập báo cáo, lãnh đạo của chính xã, thôn đó được ghi danh sách hộ."
    )
