"""Kinds of unit, tiers of criteria, roles of people: words that the law and the plan fix.

Imports nothing of ours.
"""

from enum import nonmember

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a unit is. It does not change while the unit lives."""

    PROVINCE = "province", "tỉnh"
    DEPARTMENT = "department", "sở, ban, ngành, đoàn thể tỉnh"
    DISTRICT = "district", "huyện, thành phố"
    COMMUNE = "commune", "xã, phường, thị trấn"
    VILLAGE = "village", "thôn, khu dân cư"
    ENTERPRISE = "enterprise", "doanh nghiệp, tổ chức"


class Tier(TextChoices):
    """The seven groups of Section III.1 of the plan, letters a to f."""

    DEPARTMENT = "department", "Sở, ban, ngành, Mặt trận Tổ quốc, đoàn thể tỉnh"
    DISTRICT = "district", "Huyện, thành phố"
    COMMUNE = "commune", "Xã, phường, thị trấn"
    VILLAGE = "village", "Thôn, khu dân cư"
    HOUSEHOLD = "household", "Hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo"
    CADRE = "cadre", "Cán bộ, công chức, viên chức, người làm công tác giảm nghèo"
    ENTERPRISE = "enterprise", "Doanh nghiệp, tổ chức, cá nhân"

    # The tiers whose units send a report; households and cadres are nominated, not reporting.
    REPORTING = nonmember(("department", "district", "commune", "village", "enterprise"))


def reporting_tiers() -> list[tuple[str, str]]:
    """The groups whose units report, as choices of a form or filter."""
    return [(tier.value, tier.label) for tier in Tier if tier in Tier.REPORTING]


TIER_ORDER = {tier.value: place for place, tier in enumerate(Tier)}
"""The order of Section III.1: bodies of the province first, then districts."""

TIER_OF_KIND = {
    Kind.DEPARTMENT: Tier.DEPARTMENT,
    Kind.DISTRICT: Tier.DISTRICT,
    Kind.COMMUNE: Tier.COMMUNE,
    Kind.VILLAGE: Tier.VILLAGE,
    Kind.ENTERPRISE: Tier.ENTERPRISE,
}


TERRITORIES = {
    "tỉnh": (Kind.PROVINCE, False),
    "thành phố": (Kind.DISTRICT, True),
    "thị xã": (Kind.DISTRICT, True),
    "quận": (Kind.DISTRICT, True),
    "huyện": (Kind.DISTRICT, False),
    "thị trấn": (Kind.COMMUNE, True),
    "phường": (Kind.COMMUNE, True),
    "đặc khu": (Kind.COMMUNE, False),
    "xã": (Kind.COMMUNE, False),
}
"""How the full name of a territory begins (Luật Tổ chức chính quyền địa phương): its kind, and

whether it is urban; what a list of changes tells of a new unit beside its code.
"""


VILLAGE_TYPES = (
    "thôn",
    "tổ dân phố",
    "khu dân cư",
    "làng",
    "xóm",
    "ấp",
    "bản",
    "buôn",
    "bon",
    "phum",
    "sóc",
    "khu phố",
    "khối phố",
    "khóm",
    "tiểu khu",
)
"""What a village is called (TT 04/2012/TT-BNV Đ1; "khu dân cư" as in III.1.d of the plan)."""

TAXED_TYPES = (
    "doanh nghiệp tư nhân",
    "doanh nghiệp nhà nước",
    "công ty TNHH",
    "công ty cổ phần",
    "công ty hợp danh",
    "hợp tác xã",
    "liên hiệp hợp tác xã",
)
"""Enterprises and co-operatives: each has a tax code, which is its code here."""

BODY_TYPES = ("tổ chức trong nước", "tổ chức nước ngoài", "tổ chức quốc tế")
"""Organisations that take part (II.1, III.1.f); they may have no tax code."""

SUBTYPES = {Kind.VILLAGE: VILLAGE_TYPES, Kind.ENTERPRISE: TAXED_TYPES + BODY_TYPES}


class Confidence(TextChoices):
    """How sure a fact of the register is; shown beside it."""

    CONFIRMED = "confirmed", "đã đối chiếu"
    ESTABLISHED = "established", "theo hướng dẫn chung"
    SECONDARY = "secondary", "theo nguồn thứ cấp"
    INFERRED = "inferred", "suy ra"
    PARTIAL = "partial", "chưa đủ căn cứ"


class Role(TextChoices):
    """What an appointment lets a person do, in the unit and at the dates it names."""

    REPORTER = "reporter", "Người lập báo cáo"
    LEADER = "leader", "Lãnh đạo đơn vị"
    BOARD = "board", "Cán bộ thi đua, khen thưởng của tỉnh"
    COUNCIL = "council", "Thành viên Hội đồng TĐKT"
    POVERTY_DESK = "poverty_desk", "Cán bộ theo dõi giảm nghèo của tỉnh"
    PROVINCE_VIEWER = "province_viewer", "Lãnh đạo tỉnh"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"

    # The roles that write, sign and read what belongs to the unit they are seated in.
    OF_UNIT = nonmember(("reporter", "leader"))

    # The roles that work for the whole province of the unit they are seated in.
    PROVINCE_WIDE = nonmember(("board", "poverty_desk", "province_viewer"))


ROLE_DESCRIPTIONS = {
    Role.REPORTER: "Lập, sửa và trình ký báo cáo của đơn vị; đính kèm minh chứng.",
    Role.LEADER: "Ký và gửi báo cáo; nhận, trả lại báo cáo và gia hạn cho đơn vị bên dưới.",
    Role.BOARD: "Rà soát, chấm điểm, xếp hạng; mở lại báo cáo; gia hạn; quản lý bộ tiêu chí.",
    Role.COUNCIL: "Đọc hồ sơ khen thưởng và bỏ phiếu.",
    Role.POVERTY_DESK: "Nhập kết quả rà soát hộ nghèo; lập báo cáo sơ kết, tổng kết.",
    Role.PROVINCE_VIEWER: "Xem tiến độ, kết quả và báo cáo tổng hợp toàn tỉnh; không sửa.",
    Role.ADMINISTRATOR: "Quản lý tài khoản, vai trò, danh mục và lịch của phong trào.",
}
