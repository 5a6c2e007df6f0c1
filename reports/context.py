"""What every page shows around its content."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from campaign.queries import current_campaign
from config import access, clock
from reports.queries.tasks import to_receive
from units.imports.kind import allowed_to
from units.kinds import Role
from units.models import User
from units.permissions import is_administrator


@dataclass(frozen=True)
class Door:
    """An entry of the navigation: its words, its page, and the roles that need it."""

    label: str
    page: str
    roles: tuple[str, ...]
    asks: Callable[[User], bool] | None = None
    """What else lets a user in, where roles alone do not tell."""

    def is_open(self, user: User | None, held: set[str]) -> bool:
        """Whether the entry is shown to this user, or to a stranger."""
        if not held & set(self.roles):
            return False
        return self.asks is None or bool(user and self.asks(user))


def brings_data_in(user: User) -> bool:
    """Whether there is any kind of data that the user may bring in by file."""
    return is_administrator(user) or bool(allowed_to(user))


@dataclass(frozen=True)
class Section:
    """Entries that belong together; one with a single open entry is that entry."""

    label: str
    doors: tuple[Door, ...]


WIDE = tuple(Role.PROVINCE_WIDE)
SECTIONS = (
    Section("Việc của tôi", (Door("Việc của tôi", "reports:home", (access.SIGNED_IN,)),)),
    Section(
        "Báo cáo",
        (
            Door("Danh sách báo cáo", "reports:list", (*Role.OF_UNIT, *WIDE)),
            Door("Rà soát", "reports:queue", (*Role.OF_UNIT, Role.BOARD)),
            Door("Tiến độ", "reports:progress", (*Role.OF_UNIT, *WIDE)),
            Door("Tổng hợp", "reports:summaries", WIDE),
            Door("Gia hạn", "campaign:extensions", (Role.LEADER, Role.BOARD)),
        ),
    ),
    Section(
        "Thi đua, khen thưởng",
        (
            Door("Xếp hạng", "criteria:rankings", (access.SIGNED_IN,)),
            Door("Sổ khen thưởng", "awards:honours", (access.SIGNED_IN,)),
            Door("Quyết định", "awards:decisions", (*Role.OF_UNIT, Role.BOARD)),
            Door("Thống kê khen thưởng", "awards:statistics", (access.SIGNED_IN,)),
            Door("Quy định khen thưởng", "awards:rule_set", (access.SIGNED_IN,)),
        ),
    ),
    Section(
        "Xét khen thưởng",
        (
            Door("Đợt khen thưởng", "awards:rounds", (access.SIGNED_IN,)),
            Door("Hồ sơ đề nghị", "awards:nominations", (*Role.OF_UNIT, Role.BOARD)),
            Door("Thẩm định", "awards:appraisals", (Role.BOARD, Role.LEADER)),
            Door("Công khai lấy ý kiến", "awards:postings", (Role.BOARD, Role.LEADER)),
            Door("Hội đồng", "awards:councils", (Role.BOARD, Role.LEADER, Role.COUNCIL)),
            Door("Tờ trình", "awards:submissions", (Role.BOARD, Role.LEADER)),
        ),
    ),
    Section(
        "Số liệu",
        (
            Door("Hộ nghèo", "units:poverty", (access.SIGNED_IN,)),
            Door("Danh sách hộ", "units:households", (*Role.OF_UNIT, *WIDE, Role.ADMINISTRATOR)),
            Door("Chuỗi số liệu", "reports:series", (access.SIGNED_IN,)),
            Door("Đóng góp", "campaign:contributions", (*Role.OF_UNIT, *WIDE)),
        ),
    ),
    Section(
        "Nhập dữ liệu",
        (Door("Nhập dữ liệu", "imports:home", (access.SIGNED_IN,), brings_data_in),),
    ),
    Section(
        "Đơn vị",
        (
            Door("Sổ đơn vị", "units:list", (access.SIGNED_IN,)),
            Door("Sắp xếp đơn vị", "units:reorganisations", (Role.ADMINISTRATOR,)),
        ),
    ),
    Section("Kế hoạch", (Door("Kế hoạch", "campaign:plan", (access.PUBLIC,)),)),
    Section("Quản trị", (Door("Quản trị", "admin:index", (Role.ADMINISTRATOR,)),)),
)


def portal(request):
    """The campaign's name, the user's seats and navigation, and the mark of a demonstration."""
    campaign = current_campaign()
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "portal": {
            "campaign": campaign,
            "campaign_name": campaign.short_title if campaign else "Phong trào thi đua",
            "organ": campaign.issuer if campaign else "",
            "help": settings.HELP_CONTACT,
            "seats": user.seats() if signed_in else [],
            "nav": list(_navigation(request, user if signed_in else None)),
            "demo": bool(settings.CLOCK_SHIFT_DAYS),
            "now": clock.now(),
        }
    }


def _navigation(request, user):
    """The sections with an open entry: words, where they lead, whether one is there, its pages."""
    held = {access.PUBLIC}
    if user:
        held |= {access.SIGNED_IN} | user.role_names()
    found = [
        (
            section,
            [(door, reverse(door.page)) for door in section.doors if door.is_open(user, held)],
        )
        for section in SECTIONS
    ]
    urls = [url for _, doors in found for _, url in doors]
    here = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    for section, doors in found:
        if doors:
            pages = [_page(door, url, here, user) for door, url in doors]
            label = section.label if len(pages) > 1 else pages[0]["label"]
            yield {
                "label": label,
                "url": pages[0]["url"],
                "active": any(page["active"] for page in pages),
                "count": sum(page["count"] for page in pages),
                "pages": pages,
            }


def _page(door: Door, url: str, here: str, user: User | None) -> dict:
    count = to_receive(user).count() if user and door.page == "reports:queue" else 0
    return {"label": door.label, "url": url, "active": url == here, "count": count}
