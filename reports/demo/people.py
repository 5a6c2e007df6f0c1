"""The accounts of the demonstration: who plays which role where, and what to try as whom.

Everybody's middle name is "Mẫu" (specimen): the names read like names and belong to nobody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib.auth.hashers import make_password

from campaign.models import Campaign, Duty
from campaign.queries import duty_holder
from config import clock
from config.text import VIETNAM, fold
from reports.demo.dice import Dice, dice
from units.actions import appoint, end_appointment, save_user
from units.kinds import Kind, Role
from units.models import Unit, User

PASSWORD = "thi-dua-2023"  # noqa: S105  # the documented password of invented people
OPENING = datetime(2022, 7, 1, 8, tzinfo=VIETNAM)
"""The portal opens two days after the plan was issued."""
BASIS = "Phân công trong bản trình diễn (giả lập)"

SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Trịnh Tạ Lưu"
GIVEN = (
    "An Bình Chi Cường Dung Dũng Giang Hà Hải Hạnh Hằng Hiền Hòa Hùng Hương Khánh Lan Liên Linh "
    "Long Mai Minh Nam Nga Nhung Oanh Phong Phương Quân Quyên Sơn Tâm Thảo Thắng Thu Toàn Trang "
    "Trung Tuấn Tuyết Việt Yến"
)

REPORTER, LEADER = "baocao", "lanhdao"
_UNIT_NAME = re.compile(rf"[a-z0-9]+\.({REPORTER}|{LEADER})")


@dataclass(frozen=True)
class Account:
    """One account with its one role."""

    username: str
    role: Role
    unit: Unit
    position: str

    @property
    def full_name(self) -> str:
        return invented_name(dice("name", self.username))


def invented_name(luck: Dice) -> str:
    """A name that reads like one and belongs to nobody."""
    return f"{luck.choice(SURNAMES.split())} Mẫu {luck.choice(GIVEN.split())}"


BOARD_CHIEF, BOARD_MEMBER, BOARD_OUTSIDE = "thidua.truong", "thidua.chuyenvien", "thidua.phoihop"
ADMINISTRATOR, DESK = "quantri", "giamngheo"
COUNCIL, VIEWER = "hoidong", "lanhdaotinh"
PROVINCE_TRIES = {
    ADMINISTRATOR: "Quản trị: tài khoản, sổ đơn vị; Sắp xếp đơn vị: bản chuẩn bị sáp nhập hai xã",
    BOARD_CHIEF: "Rà soát: nhận, trả lại, chấm điểm; Xếp hạng: tính, công bố năm 2023; "
    "Xét khen thưởng: hồ sơ năm 2023 chờ thẩm định, công khai, đưa ra Hội đồng; năm 2022 đã xong, "
    "in bằng khen",
    BOARD_MEMBER: "Như trên; Gia hạn: cho một đơn vị nộp muộn có phép",
    BOARD_OUTSIDE: "Chấm báo cáo của Sở Nội vụ (người ngoài Sở Nội vụ)",
    DESK: "Hộ nghèo: nhập, đối chiếu số liệu; Tổng hợp: lập, chốt, tải báo cáo sơ kết 2023",
    VIEWER: "Tiến độ: đơn vị nào chậm; mục tiêu T1–T4; chỉ đọc",
    COUNCIL: "Hội đồng: phiên họp năm 2022 đã bỏ phiếu, kết quả và biên bản",
}
TRIES = {
    "tamdao.lanhdao": "Báo cáo năm 2023 đã điền đủ: đọc lại, ký và gửi, nhận biên nhận",
    "tamdao.baocao": "Sửa báo cáo đang soạn, thêm minh chứng; Rà soát: nhận báo cáo của các xã",
    "songlo.baocao": "Chưa lập báo cáo năm 2023: bắt đầu từ trang trắng",
    "vinhtuong.baocao": "Báo cáo điền dở một nửa: danh mục việc còn thiếu",
    "lapthach.baocao": "Báo cáo bị trả lại: xem yêu cầu ở từng mục, sửa, trình ký",
    "phucyen.lanhdao": "Báo cáo chờ ký",
    "yenlac.lanhdao": "Báo cáo đã gửi, chưa ai mở xem: còn rút lại được",
    "vinhyen.lanhdao": "Báo cáo đã được nhận; Rà soát: mở lại báo cáo của một phường",
    "nhcsxh.lanhdao": "Báo cáo đã được nhận, có biên nhận và điểm",
    "sxd.baocao": "Báo cáo của một sở bị trả lại",
    "stc.lanhdao": "Báo cáo của một sở đang chờ Ban TĐKT nhận",
    "xa08920.baocao": "Hộ của xã, đăng ký thoát nghèo; Nhập dữ liệu: một tệp chờ xác nhận",
    "xa08920.lanhdao": "Thôn, doanh nghiệp, người của xã: thêm, giao và kết thúc vai trò",
    "thon0892001.baocao": "Danh sách hộ của một thôn, không thấy hộ của thôn khác",
    "thon0892001.lanhdao": "Như trên, với vai trò trưởng thôn",
}
"""What a newcomer may try as people of single units."""


def is_demo_username(name: str) -> bool:
    """Whether an account of this name belongs to the demonstration."""
    return name in PROVINCE_TRIES or bool(_UNIT_NAME.fullmatch(name))


def province_accounts(campaign: Campaign, day: date) -> list[Account]:
    """Those who work for the whole province, the administrator first. One of the board sits

    outside Sở Nội vụ, so that somebody can score Sở Nội vụ from outside.
    """
    province = campaign.province
    board = duty_holder(campaign, Duty.Kind.RECEIVES_REPORTS, day)
    desk = duty_holder(campaign, Duty.Kind.POVERTY_LEAD, day)
    office = Unit.objects.as_of(day).get(code="VPUBND", parent=province)
    return [
        Account(ADMINISTRATOR, Role.ADMINISTRATOR, province, "Quản trị hệ thống"),
        Account(BOARD_CHIEF, Role.BOARD, board, "Trưởng ban"),
        Account(BOARD_MEMBER, Role.BOARD, board, "Chuyên viên"),
        Account(BOARD_OUTSIDE, Role.BOARD, office, "Chuyên viên phối hợp"),
        Account(COUNCIL, Role.COUNCIL, office, "Ủy viên Hội đồng TĐKT"),
        Account(DESK, Role.POVERTY_DESK, desk, "Chuyên viên giảm nghèo"),
        Account(VIEWER, Role.PROVINCE_VIEWER, province, "Lãnh đạo UBND tỉnh"),
    ]


def unit_stem(unit: Unit) -> str:
    """The first half of the usernames of a unit: tamdao, stc, xa08911, thon0892001."""
    if unit.kind == Kind.COMMUNE:
        return f"xa{unit.code}"
    if unit.kind == Kind.VILLAGE:
        return f"thon{unit.code}"
    if unit.kind == Kind.DISTRICT:
        return fold(unit.short_name).replace(" ", "")
    return unit.code.lower()


def unit_accounts(unit: Unit) -> list[Account]:
    """The reporter and the leader of a unit."""
    stem = unit_stem(unit)
    return [
        Account(f"{stem}.{REPORTER}", Role.REPORTER, unit, _writer_of(unit)),
        Account(f"{stem}.{LEADER}", Role.LEADER, unit, _head_of(unit)),
    ]


def _writer_of(unit: Unit) -> str:
    return "Cộng tác viên giảm nghèo" if unit.kind == Kind.VILLAGE else "Chuyên viên lập báo cáo"


def _head_of(unit: Unit) -> str:
    if unit.kind == Kind.VILLAGE:
        return "Trưởng thôn"
    if unit.kind in (Kind.DISTRICT, Kind.COMMUNE):
        return "Phó Chủ tịch UBND"
    return "Phó thủ trưởng"


def tries() -> dict[str, str]:
    """Username → what to try, for the accounts worth showing, those of the province first."""
    return PROVINCE_TRIES | TRIES


# Writing them


class Registrar:
    """Opens accounts and hands out roles as the administrator of the demonstration."""

    def __init__(self):
        self.administrator = User.objects.filter(username=ADMINISTRATOR).first()

    @cached_property
    def hash(self) -> str:
        """Slow on purpose, so once for all of them, the administrator first."""
        return self.administrator.password if self.administrator else make_password(PASSWORD)

    def open(self, accounts: Iterable[Account], *, at: datetime) -> None:
        """New accounts with their roles from the day of ``at`` on."""
        with clock.frozen(at):
            for account in accounts:
                user = self._user(account)
                appoint(
                    user, account.unit, account.role, by=self._by(), starts=at.date(), basis=BASIS
                )
                if account.role == Role.ADMINISTRATOR:
                    self.administrator = user

    def hand_over(self, old: Unit, new: Unit, *, at: datetime) -> None:
        """The people of a unit that became another one go on in the new one."""
        with clock.frozen(at):
            for account in unit_accounts(new):
                user = self._user(account)
                for seat in user.appointments.filter(unit=old, ends__isnull=True):
                    end_appointment(seat, by=self._by(), ends=at.date())
        self.open(unit_accounts(new), at=at)

    def _user(self, account: Account) -> User:
        user = User.objects.filter(username=account.username).first()
        if user:
            return user
        position = f"{account.position} (tài khoản trình diễn)"
        user = User(username=account.username, full_name=account.full_name, position=position)
        user.password = self.hash
        return save_user(user, by=self._by())

    def _by(self) -> User | None:
        """The administrator read anew: rights follow from the day the clock stands at."""
        return self.administrator and User.objects.get(pk=self.administrator.pk)
