"""Words that the law on emulation and commendation fixes. Imports nothing of ``awards``."""

from enum import nonmember

from django.db.models import TextChoices

from units.kinds import Kind


class Recipient(TextChoices):
    """Who is honoured."""

    COLLECTIVE = "collective", "tập thể"
    ENTERPRISE = "enterprise", "doanh nghiệp, tổ chức"
    PERSON = "person", "cá nhân"
    HOUSEHOLD = "household", "hộ gia đình"

    OPEN = nonmember(("collective", "enterprise"))
    """Whose honours every user sees by name."""


class AwardType(TextChoices):
    """For what kind of achievement; a thing apart from the form.

    Results of ``MOVEMENT`` and ``UNEXPECTED`` are no basis for ``MERIT`` (NĐ 98/2023 Đ4 k3).
    """

    MERIT = "merit", "theo công trạng"
    MOVEMENT = "movement", "theo phong trào thi đua (theo đợt, chuyên đề)"
    UNEXPECTED = "unexpected", "đột xuất"
    DEDICATION = "dedication", "quá trình cống hiến"
    TENURE = "tenure", "theo niên hạn"
    FOREIGN = "foreign", "đối ngoại"

    CLAUSE = nonmember("Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 8")


class Office(TextChoices):
    """Where the person sits who decides: a kind of unit, or the centre."""

    CENTRAL = "central", "trung ương"
    PROVINCE = Kind.PROVINCE.value, "tỉnh"
    DEPARTMENT = Kind.DEPARTMENT.value, "cơ quan, sở, ban, ngành"
    DISTRICT = Kind.DISTRICT.value, "huyện"
    COMMUNE = Kind.COMMUNE.value, "xã"
    ENTERPRISE = Kind.ENTERPRISE.value, "doanh nghiệp"


class Document(TextChoices):
    """What lies in a dossier."""

    SUBMISSION = "submission", "tờ trình"
    REQUEST = "request", "văn bản đề nghị kèm danh sách"
    REPORT = "report", "báo cáo thành tích, có xác nhận của cấp trình"
    OWN_REPORT = "own_report", "báo cáo thành tích do hộ gia đình tự lập"
    MINUTES = "minutes", "biên bản xét khen thưởng của Hội đồng"
    OBLIGATIONS = "obligations", "xác nhận nghĩa vụ thuế, bảo hiểm xã hội"
    RELATED = "related", "tài liệu có liên quan"


class VoteBase(TextChoices):
    """Of whom a share of votes is taken; the absent are asked in writing and count."""

    ALL = "all", "tổng số thành viên Hội đồng"
    LESS_RECUSALS = "less_recusals", "tổng số thành viên Hội đồng, trừ người không được bỏ phiếu"


class Rounding(TextChoices):
    """How a bonus becomes round. The law says "lên hàng chục nghìn đồng"; practice differs."""

    UP = "up", "làm tròn lên"
    HALF_UP = "half_up", "làm tròn đến số gần nhất"
    NONE = "none", "không làm tròn"
