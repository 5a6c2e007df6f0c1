"""What units and appointments must keep to: a reason in Vietnamese, or None."""

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from config.text import vn_date
from units.administrators import leaves_a_gap, span, span_within
from units.kinds import TAXED_TYPES, Kind, Role
from units.models import Appointment, Person, PovertyStandard, Unit, User
from units.models.people import kept_apart_from

PARENT_KINDS = {
    Kind.PROVINCE: (),
    Kind.DEPARTMENT: (Kind.PROVINCE, Kind.DEPARTMENT),
    Kind.DISTRICT: (Kind.PROVINCE,),
    Kind.COMMUNE: (Kind.PROVINCE, Kind.DISTRICT),
    Kind.VILLAGE: (Kind.COMMUNE,),
    Kind.ENTERPRISE: (Kind.PROVINCE, Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE),
}
"""Under which kinds a unit may stand; communes stand under the province since 2025-07-01."""

PLAIN_CODE = re.compile("[0-9A-Z][0-9A-Z.-]*")
TAX_CODE = re.compile("[0-9]{10}([0-9]{3})?")
BRANCH_CODE = re.compile("[0-9]{10}-[0-9]{3}")
IDENTITY = ("code", "kind", "parent_id", "valid_from")


# Units


def has_units_below(unit: Unit) -> bool:
    """Whether units of this kind may have others under them."""
    return any(unit.kind in kinds for kinds in PARENT_KINDS.values())


def keeps_identity(unit: Unit, before: Unit | None) -> str | None:
    """Code, kind, parent and first day do not change while a unit lives."""
    if before is None or all(getattr(unit, name) == getattr(before, name) for name in IDENTITY):
        return None
    return (
        f"{before.name}: không đổi mã, cấp, đơn vị cấp trên hoặc ngày bắt đầu của một đơn vị đã "
        "có. Hãy ghi ngày kết thúc cho đơn vị này, thêm đơn vị mới và ghi kế thừa giữa hai đơn vị."
    )


def fits_under_parent(unit: Unit) -> str | None:
    """A village stands under a commune, a commune under a district or the province, and so on."""
    allowed = PARENT_KINDS[Kind(unit.kind)]
    if not allowed or unit.parent is None or unit.parent.kind in allowed:
        return None
    names = ", ".join(Kind(kind).label for kind in allowed)
    return (
        f"Đơn vị cấp trên: {Kind(unit.kind).label} chỉ thuộc {names}, không thuộc "
        f"{unit.parent.name}. Hãy chọn lại đơn vị cấp trên."
    )


def lives_within_parent(unit: Unit) -> str | None:
    """A unit exists only on days on which its parent exists."""
    parent = unit.parent
    if parent is None:
        return None
    ends_later = parent.valid_to and (unit.valid_to is None or unit.valid_to > parent.valid_to)
    if parent.valid_from <= unit.valid_from and not ends_later:
        return None
    until = f" đến hết {vn_date(parent.last_day)}" if parent.last_day else ""
    return (
        f"Thời gian hoạt động: {parent.name} có từ {vn_date(parent.valid_from)}{until}, đơn vị "
        "trực thuộc phải nằm trọn trong thời gian đó. Hãy sửa ngày hoặc chọn đơn vị cấp trên khác."
    )


def outlives_children(unit: Unit) -> str | None:
    """A unit ends on the day its last child ends, or later."""
    if unit.pk is None or unit.valid_to is None:
        return None
    left = unit.children.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=unit.valid_to))
    names = list(left.in_order().values_list("name", flat=True)[:4])
    if not names:
        return None
    told = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    return (
        f"Ngày hết: {unit.name} còn đơn vị trực thuộc hoạt động sau ngày đó ({told}). "
        "Hãy kết thúc hoặc chuyển các đơn vị này trước."
    )


def keeps_code_apart(unit: Unit) -> str | None:
    """At any time a code means one unit."""
    others = Unit.objects.filter(code=unit.code).exclude(pk=unit.pk)
    others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=unit.valid_from))
    if unit.valid_to:
        others = others.filter(valid_from__lt=unit.valid_to)
    other = others.order_by("valid_from").first()
    return code_is_taken(unit, other) if other else None


def code_is_taken(unit: Unit, other: Unit) -> str:
    """The refusal of a code that another unit carries at the same time."""
    return (
        f"Mã {unit.code}: đang chỉ {other.name} (từ {vn_date(other.valid_from)}) trong khoảng thời "
        "gian này. Hãy dùng mã khác, hoặc kết thúc đơn vị kia trước."
    )


def code_fits_kind(kind: str, subtype: str, code: str) -> str | None:
    """A village's code is of letters and digits; an enterprise goes by its tax code.

    A tax code has 10 digits, that of a dependent branch 3 more (TT 105/2020/TT-BTC Đ5). An
    organisation without one gets a code that starts with a letter, so that it is taken for no
    other code.
    """
    if kind == Kind.VILLAGE and not PLAIN_CODE.fullmatch(code):
        return "Mã: chỉ gồm chữ cái không dấu, chữ số, dấu chấm, dấu gạch nối, không có dấu cách."
    if kind != Kind.ENTERPRISE or TAX_CODE.fullmatch(code):
        return None
    if subtype in TAXED_TYPES:
        return (
            "Mã: mã số thuế gồm 10 chữ số, hoặc 13 chữ số đối với đơn vị phụ thuộc; hãy ghi đúng "
            "theo giấy chứng nhận đăng ký."
        )
    if PLAIN_CODE.fullmatch(code) and code[0].isalpha():
        return None
    return (
        "Mã: ghi mã số thuế 10 hoặc 13 chữ số; tổ chức không có mã số thuế thì tự đặt mã bắt đầu "
        "bằng chữ cái không dấu, ví dụ TC-001."
    )


def written_code(code: str) -> str:
    """One spelling for a code: capitals, the 13 digits of a branch without their hyphen."""
    code = code.upper()
    return code.replace("-", "") if BRANCH_CODE.fullmatch(code) else code


def starts_under_parent(unit: Unit) -> str | None:
    """The unit above exists on the first day; what comes after its end is reckoned."""
    parent = unit.parent
    if parent is None or parent.exists_on(unit.valid_from):
        return None
    until = f" đến hết {vn_date(parent.last_day)}" if parent.last_day else ""
    return (
        f"Có từ ngày: {parent.name} có từ {vn_date(parent.valid_from)}{until}; hãy chọn ngày trong "
        "thời gian đó."
    )


def obstacles_to_saving(unit: Unit, before: Unit | None) -> list[str]:
    """Everything that stands against the unit as it would be written; empty means nothing."""
    reasons = (
        keeps_identity(unit, before),
        fits_under_parent(unit),
        lives_within_parent(unit),
        outlives_children(unit),
        keeps_code_apart(unit),
        *(_moves_its_end(unit, before) if before and unit.valid_to != before.valid_to else ()),
    )
    return [reason for reason in reasons if reason]


def _moves_its_end(unit: Unit, before: Unit) -> Iterator[str | None]:
    yield ends_when_handed_over(unit, before)
    yield leaves_a_gap(
        lambda seat: [
            span_within(seat, unit.valid_from, unit.valid_to)
            if seat.unit_id == unit.pk
            else span(seat)
        ]
    )


def ends_when_handed_over(unit: Unit, before: Unit) -> str | None:
    """What others took over stays ended; an end without heir may move to another day."""
    links = before.handovers.order_by("pk")
    links = links.filter(successor__isnull=False) if unit.valid_to else links
    link = links.first()
    if link is None or link.date == unit.valid_to:
        return None
    return (
        f"Ngày hết: sổ đã ghi {before.name} chuyển giao từ {vn_date(link.date)} theo {link.basis}. "
        "Hãy hoàn tác việc sắp xếp đó thay vì sửa ngày."
    )


def obstacles_to_ending_unit(lives: list[Unit], ends: date) -> list[str]:
    """What stands against the end of a village or enterprise, given its lives in order.

    It ends after it began, not later than it ends already, and nobody holds a role in it then.
    """
    first, last = lives[0], lives[-1]
    if ends <= first.valid_from:
        return [f"Ngày hết: {first.name} có từ {vn_date(first.valid_from)}; hãy chọn ngày sau đó."]
    if last.valid_to and ends >= last.valid_to:
        return [
            f"Ngày hết: {last.name} đã hết từ {vn_date(last.valid_to)}; hãy chọn ngày trước đó."
        ]
    seats = Appointment.objects.filter(unit__in=lives, unit__valid_from__lt=ends)
    seats = seats.filter(Q(ends__isnull=True) | Q(ends__gt=ends)).select_related("user")
    names = dict.fromkeys(str(seat.user) for seat in seats.order_by("pk"))
    if not names:
        return []
    return [
        f"Ngày hết: {', '.join(names)} còn giữ vai trò ở {last.name} sau ngày đó. Hãy kết thúc các "
        "phân công này trước."
    ]


# Persons


def takes_part_in_lifetime(person: Person) -> str | None:
    """A person begins to take part in a unit that exists then; its heirs carry the person on."""
    if person.unit.exists_on(person.takes_part_from):
        return None
    return (
        f"Đơn vị: {person.unit.name} không hoạt động vào ngày {vn_date(person.takes_part_from)}. "
        "Hãy chọn đơn vị có vào ngày đó, hoặc sửa ngày tham gia."
    )


# Standards


def measures_alone(standard: PovertyStandard) -> str | None:
    """Each year is measured by one standard; two would make its figures mean two things."""
    others = PovertyStandard.objects.exclude(pk=standard.pk).order_by("first_year")
    others = others.filter(first_year__lte=standard.last_year, last_year__gte=standard.first_year)
    other = others.first()
    if other is None:
        return None
    return (
        f"Năm đầu, năm cuối: {other.name} đã đo các năm {other.first_year}–{other.last_year}. Mỗi "
        "năm chỉ một chuẩn; hãy sửa để các năm không trùng nhau."
    )


# Appointments


def seat_in_lifetime(unit: Unit, starts: date) -> str | None:
    """A role starts on a day on which the unit exists."""
    if unit.exists_on(starts):
        return None
    return (
        f"Từ ngày: {unit.name} không hoạt động vào ngày {vn_date(starts)}. Hãy chọn ngày trong "
        "thời gian hoạt động của đơn vị, hoặc chọn đơn vị kế thừa."
    )


def seat_fits_role(unit: Unit, role: str) -> str | None:
    """A role for the whole province is held in the province or one of its bodies.

    The emulation officer of a district is its reporter or leader: "board" there, chosen by
    mistake, would open every report of the province.
    """
    if role in Role.OF_UNIT or unit.kind in (Kind.PROVINCE, Kind.DEPARTMENT):
        return None
    return (
        f"Vai trò “{Role(role).label}”: làm việc cho toàn tỉnh nên chỉ giao ở tỉnh hoặc sở, ban, "
        f"ngành, không giao ở {unit.name}. Hãy chọn đơn vị khác, hoặc vai trò của đơn vị."
    )


def obstacles_to_appointing(seat: Appointment) -> list[str]:
    """What stands against a new appointment, apart from who grants it."""
    reasons = [
        seat_in_lifetime(seat.unit, seat.starts),
        seat_fits_role(seat.unit, seat.role),
        holds_already(seat),
        keeps_names_apart(seat),
    ]
    if not seat.user.is_active:
        reasons.append(f"Tài khoản {seat.user} đang bị khóa. Hãy mở khóa trước khi giao vai trò.")
    return [reason for reason in reasons if reason]


def keeps_names_apart(seat: Appointment) -> str | None:
    """Nobody works at once where households are known by name and in an office above."""
    kinds = kept_apart_from(seat.unit.kind)
    other = Appointment.objects.beside(seat).filter(unit__kind__in=kinds).order_by("pk").first()
    if other is None:
        return None
    return (
        f"{other.user} cùng lúc giữ vai trò “{other.role_label}” ở {other.unit}. Vai trò ở xã, "
        "thôn (nơi biết hộ theo tên) không giao chung một người với vai trò ở tỉnh, sở, ban, "
        "ngành, huyện. Hãy kết thúc vai trò đó trước, hoặc giao cho người khác."
    )


def holds_already(seat: Appointment) -> str | None:
    """One role in one unit is held once at a time."""
    others = Appointment.objects.filter(user=seat.user, unit=seat.unit, role=seat.role)
    others = others.filter(Q(ends__isnull=True) | Q(ends__gt=seat.starts))
    if seat.ends:
        others = others.filter(starts__lt=seat.ends)
    other = others.order_by("starts").first()
    if other is None:
        return None
    until = f" đến trước {vn_date(other.ends)}" if other.ends else ""
    return (
        f"{seat.user} đã giữ vai trò “{other.get_role_display()}” ở {seat.unit} từ "
        f"{vn_date(other.starts)}{until}. Hãy kết thúc phân công cũ, hoặc chọn thời gian khác."
    )


def obstacles_to_ending(seat: Appointment, *, waived: bool = False) -> list[str]:
    """What stands against the end of a role: the last of some name a successor first.

    ``waived``: an administrator ends the last leader all the same, and has said why.
    """
    if seat.ends is None:
        return []
    if seat.role == Role.ADMINISTRATOR:
        reason = leaves_a_gap(lambda each: [span(seat if each == seat else each)])
    else:
        reason = None if waived else leaves_a_leader(seat)
    return [reason] if reason else []


def leaves_a_leader(seat: Appointment) -> str | None:
    """A unit that lives on keeps somebody who can sign."""
    if seat.role != Role.LEADER or not seat.unit.exists_on(seat.ends):
        return None
    others = Appointment.objects.in_force(seat.ends).filter(unit=seat.unit, role=Role.LEADER)
    if others.filter(user__is_active=True).exclude(pk=seat.pk).exists():
        return None
    return (
        f"Từ {vn_date(seat.ends)}, {seat.unit} không còn lãnh đạo nào để ký báo cáo. Hãy giao vai "
        "trò này cho người kế nhiệm trước, hoặc bàn giao; khi phải kết thúc ngay, quản trị hệ "
        "thống ghi lý do."
    )


# Accounts


def name_is_free(user: User) -> str | None:
    """Capitals do not part two names: who signs in may write them either way."""
    others = User.objects.filter(username__iexact=user.username).exclude(pk=user.pk)
    other = others.order_by("pk").first()
    if other is None:
        return None
    return (
        f"Tên đăng nhập: đã có tài khoản “{other.username}”, chữ hoa và chữ thường được coi như "
        "nhau. Hãy chọn tên khác."
    )


def obstacles_to_account(user: User, before: User | None) -> list[str]:
    """Everything that stands against the account as it would be written."""
    locked = before and before.is_active and not user.is_active
    reasons = [name_is_free(user), *(obstacles_to_locking(user) if locked else ())]
    return [reason for reason in reasons if reason]


def obstacles_to_locking(user: User) -> list[str]:
    """The portal keeps an administrator who can sign in."""
    reason = leaves_a_gap(lambda seat: [] if seat.user_id == user.pk else [span(seat)])
    return [reason] if reason else []
