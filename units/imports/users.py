"""The kind of data "tai-khoan": accounts with a role in a unit. No file ever holds a password.

A row is a role. What is told of an account opens a new one, and waits in a part of its own; an
account that is there already is never changed by a file, nor told of to whoever guesses its name.
"""

from collections.abc import Callable, Iterator
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from config import clock
from config.sheets import CHOICE, CODE, DATE, NAME, TEXT, Column, Definition
from config.text import vn_date
from units import permissions, rules
from units.actions import users as actions
from units.actions.exports import note_taken_away
from units.imports.kind import Fault, ImportKind
from units.imports.seats import Around, look_around
from units.kinds import Role
from units.models import Appointment, Import, ImportRow, User
from units.models.people import kept_apart_from

Verdict = ImportRow.Verdict
USERNAME = User._meta.get_field("username")

DEFINITION = Definition(
    title="Tài khoản",
    columns=(
        Column("username", "Tên đăng nhập", TEXT, True, maximum=150, width=20,
               aliases=("ten_dang_nhap",), help="Chữ cái không dấu, chữ số, dấu chấm, gạch nối."),
        Column("full_name", "Họ và tên", NAME, maximum=150, width=28, aliases=("ho_ten",),
               help="Bắt buộc với tài khoản mới; tài khoản đã có thì để trống."),
        Column("position", "Chức vụ", TEXT, maximum=150, width=24, aliases=("chuc_vu",)),
        Column("email", "Thư điện tử", TEXT, maximum=254, width=28, aliases=("thu_dien_tu",),
               help="Nơi nhận thư để tự đặt mật khẩu; không ghi mật khẩu trong tệp."),
        Column("role", "Vai trò", CHOICE, True, choices=Role.choices, width=26,
               aliases=("vai_tro",)),
        Column("unit", "Mã đơn vị", CODE, True, maximum=20, width=14, aliases=("ma_don_vi",)),
        Column("starts", "Từ ngày", DATE, width=12, aliases=("tu_ngay",),
               help="Để trống: ngày chọn khi tải tệp lên."),
        Column("basis", "Căn cứ", TEXT, maximum=300, width=34, aliases=("can_cu",),
               help="Số, ngày của văn bản phân công."),
    ),
    intro=(
        "Mỗi dòng là một vai trò của một người trong một đơn vị; nhiều vai trò thì nhiều dòng.",
        "Tài khoản mới có thư điện tử nhận thư để đặt mật khẩu; không có thì lãnh đạo cấp sau.",
        "Lãnh đạo giao vai trò cho người mới, người đang hoặc đã giữ vai trò trong phạm vi mình.",
    ),
)  # fmt: skip

ACCOUNT = ("full_name", "position", "email")
"""What a row tells of a new account."""
NEW = "moi"
"""The part of the rows that are accounts to be opened."""


UNLIKE = "khác với dòng trước của cùng tên đăng nhập; hãy ghi giống nhau, hoặc để trống."
EXISTS = (
    "tên đăng nhập này đã có, tệp không sửa thông tin tài khoản. Nếu đúng là người cần giao, hãy "
    "để trống ô này; nếu không, hãy chọn tên đăng nhập khác."
)


LOCKED = "tài khoản này đang bị khóa; hãy bỏ dòng này."
ELSEWHERE = (
    "tên đăng nhập này đã có ở ngoài phạm vi của bạn. Lãnh đạo chỉ giao vai trò cho người đang "
    "giữ hoặc đã giữ vai trò trong đơn vị mình và các đơn vị trực thuộc; hãy chọn tên khác cho "
    "người mới, hoặc nhờ quản trị hệ thống."
)
"""All that is told of an account that the user does not know, whatever the other cells say."""
APART = (
    "người này cùng lúc giữ vai trò ở cấp khác: vai trò ở xã, thôn (nơi biết hộ theo tên) không "
    "giao chung một người với vai trò ở tỉnh, sở, ban, ngành, huyện. Hãy kết thúc vai trò đó "
    "trước, hoặc bỏ dòng này."
)
OWN = "không ai tự giao vai trò cho mình; hãy bỏ dòng này, hoặc nhờ quản trị hệ thống."


class RoleStart(forms.Form):
    """From which day the roles hold, where a row does not say."""

    tu = forms.DateField(
        label="Giữ vai trò từ ngày",
        help_text="Cho các dòng để trống cột Từ ngày.",
        error_messages={"invalid": "Ngày không đọc được. Hãy viết ngày/tháng/năm."},
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["tu"].initial = clock.today


class Users(ImportKind):
    """Accounts and roles: by administrators, and by leaders within their own subtree."""

    slug = "tai-khoan"
    title = "Tài khoản và vai trò"
    counted = "vai trò"
    about = "Mở tài khoản và giao vai trò cho nhiều người một lúc."
    options = RoleStart
    concealed = ACCOUNT
    parts = {NEW: "Tài khoản mới"}

    def refusal(self, user, options=None):
        if permissions.is_administrator(user) or user.role_names() & set(permissions.GRANTS):
            return None
        return "Chỉ quản trị hệ thống và lãnh đạo đơn vị được nhập tài khoản, vai trò."

    def definition(self, options):
        return DEFINITION

    def surroundings(self, options, user: User | None):
        return look_around(date.fromisoformat(options["tu"]), user)

    def key(self, values):
        if not all(values[name] for name in ("username", "role", "unit")):
            return ""
        starts = values["starts"] or ""
        return f"{values['username'].lower()[:80]}/{values['role']}/{values['unit']}/{starts}"

    def key_column(self):
        return "username"

    def judge(self, values, around: Around) -> Iterator[Fault]:
        if values["username"]:
            _remember(values, around)
        if refusal := _out_of_reach(values, around):
            yield refusal
            return
        if values["username"]:
            yield from _of_account(values, around)
        if values["unit"]:
            yield from _of_role(values, around)

    def judge_again(self, values, around: Around) -> Iterator[Fault]:
        """The role; what was told of the account waits in its own part."""
        if refusal := _out_of_reach(values, around):
            yield refusal
            return
        account = around.account(values)
        if account is not None and not account.is_active:
            yield Fault("username", "account_locked", LOCKED)
        yield from _of_role(values, around)

    def keep(self, values, around: Around):
        """The role, as it is on file where the account holds it already."""
        account, seat = around.account(values), around.seat(values)
        return {
            "username": account.username if account else values["username"],
            "role": values["role"],
            "unit": values["unit"],
            "starts": seat.starts if seat else around.starts(values),
            "basis": seat.basis if seat else values["basis"],
        }

    def finish(self, job: Import, around: Around) -> Iterator[ImportRow]:
        """The accounts to be opened, each once."""
        for name, told in around.told.items():
            if name not in around.accounts:
                values = {"username": told["username"]} | {
                    key: told.get(key, "") for key in ACCOUNT
                }
                yield ImportRow(part=NEW, number=0, key=name, verdict=Verdict.NEW, values=values)

    def unit_of(self, values, around: Around):
        life = around.life(values)
        return life.pk if life else None

    def on_file(self, keys, around: Around):
        """The roles on file; of an account without this role nothing is told."""
        found = {}
        for key in keys:
            names = ("username", "role", "unit", "starts")
            values = dict(zip(names, key.split("/"), strict=True))
            values["starts"] = values["starts"] and date.fromisoformat(values["starts"])
            if seat := around.seat(values):
                account = around.account(values)
                found[key] = _as_row(account, values["role"], values["unit"], seat)
        return found

    def write(self, job: Import, rows, around: Around, *, by, at):
        accounts = {row.key: row for row in job.rows.filter(part=NEW)}
        for row in rows:
            if not row.part:
                account = accounts.get(row.values["username"].lower())
                row.object_id = actions.write_role(row, account, by=by).pk

    def hold_back(self, job: Import):
        return actions.built_upon(job)

    def undo(self, job: Import, rows, *, by, at):
        for row in rows:
            if not row.part:
                actions.take_back_role(row, by=by)

    def shown_columns(self, user, options, part=""):
        if part:
            return ("username", *ACCOUNT)
        return ("username", "role", "unit", "starts", "basis")

    def result_url(self, job: Import):
        return reverse("units:list")

    def rows(self, options, user: User | None):
        """The roles in force on the day that the user may hand out himself."""
        if user is not None:
            note_taken_away(User, by=user)
        day = date.fromisoformat(options["tu"])
        seats = Appointment.objects.in_force(day).select_related("user", "unit")
        for seat in seats.order_by("unit__path", "pk").iterator(chunk_size=2_000):
            if user is None or permissions.may_appoint(user, seat.unit, seat.role) is None:
                account = {name: getattr(seat.user, name) for name in ACCOUNT}
                yield account | _as_row(seat.user, seat.role, seat.unit.code, seat)


def _as_row(account: User, role: str, unit: str, seat) -> dict:
    return {
        "username": account.username,
        "role": role,
        "unit": unit,
        "starts": seat.starts,
        "basis": seat.basis,
    }


# Faults


def _remember(values: dict, around: Around) -> None:
    """What the file says of the account, its first row first."""
    told = around.told.setdefault(values["username"].lower(), {"username": values["username"]})
    for name in ACCOUNT:
        if values[name]:
            told.setdefault(name, values[name])


def _out_of_reach(values: dict, around: Around) -> Fault | None:
    """A unit or an account that is not the user's: nothing more is told of such a row."""
    life, account = around.life(values), around.account(values)
    judged = around.user and life and values["role"]
    if judged and (refusal := permissions.may_appoint(around.user, life, values["role"])):
        return Fault("unit", "outside_scope", refusal)
    if account is not None and account.pk not in around.known:
        return Fault("username", "account_elsewhere", ELSEWHERE)
    return None


def _of_account(values: dict, around: Around) -> Iterator[Fault]:
    """The account is there already, or can be opened as the row tells."""
    account = around.account(values)
    told = around.told[values["username"].lower()]
    for name in ACCOUNT:
        if values[name] not in ("", told.get(name)):
            yield Fault(name, "contradiction", UNLIKE)
    if account is None:
        yield from _of_new(values, told)
        return
    if not account.is_active:
        yield Fault("username", "account_locked", LOCKED)
    for name in ACCOUNT:
        if values[name] not in ("", getattr(account, name)):
            yield Fault(name, "account_exists", EXISTS)


def _of_new(values: dict, told: dict) -> Iterator[Fault]:
    """An account is opened with a name; ``told``: what the file says of it so far."""
    if values["email"] and not _passes(validate_email, values["email"]):
        message = "không phải địa chỉ thư; nhập theo dạng ten@vinhphuc.gov.vn."
        yield Fault("email", "bad_address", message)
    if not _passes(USERNAME.run_validators, values["username"]):
        message = "chỉ gồm chữ cái, chữ số và các dấu . _ - + @, không có dấu cách; hãy sửa."
        yield Fault("username", "bad_character", message)
    if not told.get("full_name"):
        message = "chưa có tài khoản này, cần họ tên để lập; hãy ghi, hoặc sửa tên đăng nhập."
        yield Fault("full_name", "missing_name", message)


def _passes(check: Callable, text: str) -> bool:
    try:
        check(text)
    except ValidationError:
        return False
    return True


def _of_role(values: dict, around: Around) -> Iterator[Fault]:
    """The unit exists on the first day, the role fits it, and the person may hold it."""
    life, starts = around.life(values), around.starts(values)
    if life is None:
        yield Fault("unit", *around.lives.refusal(values["unit"], starts))
        return
    if not values["role"]:
        return
    if refusal := rules.seat_fits_role(life, values["role"]):
        yield Fault("role", "level_mismatch", refusal)
    seat = around.seat(values)
    if seat is None:
        yield from _of_giving(values, around)
    elif values["starts"] and seat.starts != values["starts"]:
        message = (
            f"người này giữ vai trò này từ {vn_date(seat.starts)}; hãy ghi ngày đó, để trống ô "
            "này, hoặc kết thúc vai trò cũ trước."
        )
        yield Fault("starts", "holds_already", message)


def _of_giving(values: dict, around: Around) -> Iterator[Fault]:
    """Nobody gives a role to himself, nor one beside a role that is kept apart from it."""
    account, life = around.account(values), around.life(values)
    if account is None:
        return
    if around.user and account.pk == around.user.pk:
        yield Fault("username", "own_role", OWN)
    apart, starts = kept_apart_from(life.kind), around.starts(values)
    for place in around.places.get(account.pk, ()):
        begins_in_time = life.ends is None or place.starts < life.ends
        if place.kind in apart and begins_in_time and (place.ends is None or place.ends > starts):
            yield Fault("unit", "names_apart", APART)
            return
