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
    """Where the person sits who decides: a kind of unit, or the centre.

    The centre decides what the province puts forward; a ministry has a channel of its own.
    """

    CENTRAL = "central", "trung ương"
    MINISTRY = "ministry", "bộ, ban, ngành, đoàn thể trung ương"
    PROVINCE = Kind.PROVINCE.value, "tỉnh"
    DEPARTMENT = Kind.DEPARTMENT.value, "cơ quan, sở, ban, ngành"
    DISTRICT = Kind.DISTRICT.value, "huyện"
    COMMUNE = Kind.COMMUNE.value, "xã"
    ENTERPRISE = Kind.ENTERPRISE.value, "doanh nghiệp"


OFFICES = {Kind.PROVINCE.value: (Office.PROVINCE, Office.CENTRAL)}
"""For whose decision a kind of unit gathers nominations; of other kinds its own alone."""


class RoundKind(TextChoices):
    """What a round of commendation is held for."""

    YEARLY = "yearly", "hằng năm"
    INTERIM = "interim", "sơ kết"
    FINAL = "final", "tổng kết"
    UNEXPECTED = "unexpected", "đột xuất"
    THEMATIC = "thematic", "chuyên đề"

    ONCE_A_YEAR = nonmember(("yearly", "interim", "final"))


class Document(TextChoices):
    """What lies in a dossier."""

    SUBMISSION = "submission", "tờ trình"
    REQUEST = "request", "văn bản đề nghị kèm danh sách"
    REPORT = "report", "báo cáo thành tích, có xác nhận của cấp trình"
    OWN_REPORT = "own_report", "báo cáo thành tích do hộ gia đình tự lập"
    MINUTES = "minutes", "biên bản xét khen thưởng của Hội đồng"
    OBLIGATIONS = "obligations", "xác nhận nghĩa vụ thuế, bảo hiểm xã hội"
    RELATED = "related", "tài liệu có liên quan"
    CONSULTATION = "consultation", "văn bản hiệp y"

    WRITTEN_HERE = nonmember(("report", "own_report"))
    """What the portal itself prints from the dossier; a signed copy may be attached as well."""


class VoteBase(TextChoices):
    """Of whom a share of votes is taken; the absent are asked in writing and count."""

    ALL = "all", "tổng số thành viên Hội đồng"
    LESS_RECUSALS = "less_recusals", "tổng số thành viên Hội đồng, trừ người không được bỏ phiếu"


class Rounding(TextChoices):
    """How a bonus becomes round. The law says "lên hàng chục nghìn đồng"; practice differs."""

    UP = "up", "làm tròn lên"
    HALF_UP = "half_up", "làm tròn đến số gần nhất"
    NONE = "none", "không làm tròn"


class HoldKind(TextChoices):
    """Why a dossier waits (NĐ 98/2023 Đ4 k4)."""

    DISCIPLINE = "discipline", "đang xem xét kỷ luật"
    INVESTIGATION = "investigation", "đang điều tra"
    INSPECTION = "inspection", "thanh tra, kiểm tra có dấu hiệu vi phạm"
    COMPLAINT = "complaint", "khiếu nại, tố cáo đang được xác minh"
    PRESS = "press", "báo chí nêu, đang được xác minh"
    OTHER = "other", "lý do khác"


class Severity(TextChoices):
    """How much a finding about a nomination weighs."""

    BLOCK = "block", "chặn"
    HOLD = "hold", "cần quyết định"
    WARN = "warn", "lưu ý"
    INFO = "info", "để biết"

    STOPPING = nonmember(("block", "hold"))


class Check(TextChoices):
    """What is checked of a nomination (Luật 06/2022/QH15 Đ5; NĐ 98/2023 Đ4, Đ30, Đ31, Đ46 …)."""

    SAME = "same", "một thành tích không khen nhiều lần, nhiều hình thức"
    NEXT_PERIOD = "next_period", "mốc tính thành tích lần sau"
    MERIT_BASIS = "merit_basis", "kết quả chuyên đề, đột xuất không làm căn cứ xét công trạng"
    INQUIRY = "inquiry", "chưa xét khi đang bị xem xét, xác minh"
    DISCIPLINE = "discipline", "thành tích sau kỷ luật"
    WOMEN = "women", "ưu tiên nữ; tập thể có tỷ lệ nữ (%) từ"
    STATE_ONCE = "state_once", "số lần khen cấp nhà nước trong một năm cho một đối tượng"
    TWO_ORDERS = "two_orders", "không hai hình thức cấp nhà nước cho một thành tích"
    DISSOLVED = "dissolved", "không khen tập thể đã giải thể"
    HEIRS = "heirs", "đơn vị đã sắp xếp"
    OBLIGATIONS = "obligations", "xác nhận nghĩa vụ thuế, bảo hiểm xã hội của doanh nghiệp"
    CONSULTED = "consulted", "hiệp y"
    POSTED = "posted", "công khai lấy ý kiến"
    ALIKE = "alike", "báo cáo giống báo cáo khác"
    DOSSIER = "dossier", "thành phần hồ sơ"
    AUTHORITY = "authority", "thẩm quyền quyết định"
    QUOTA = "quota", "chỉ tiêu của đợt"
    NAMESAKES = "namesakes", "khen thưởng ghi cùng tên cần xem lại"
    DIRECT = "direct", "tỷ lệ người trực tiếp lao động, công tác"


class Verdict(TextChoices):
    """What an appraisal comes to."""

    PASS = "pass", "đủ điều kiện, đưa đi tiếp"
    RETURN = "return", "trả lại để bổ sung"
    REFUSE = "refuse", "không đề nghị khen"


class CouncilPost(TextChoices):
    CHAIR = "chair", "Chủ tịch Hội đồng"
    VICE_CHAIR = "vice_chair", "Phó Chủ tịch Hội đồng"
    STANDING = "standing", "Ủy viên thường trực"
    SECRETARY = "secretary", "Thư ký Hội đồng"
    MEMBER = "member", "Ủy viên"


class Presence(TextChoices):
    """How a member takes part in a session."""

    UNKNOWN = "unknown", "chưa điểm danh"
    PRESENT = "present", "có mặt"
    WRITTEN = "written", "vắng mặt, cho ý kiến bằng văn bản"
    ABSENT = "absent", "vắng mặt"

    TAKING_PART = nonmember(("present", "written"))


class VoteWay(TextChoices):
    SCREEN = "screen", "bỏ phiếu trên cổng"
    PAPER = "paper", "phiếu giấy"


class Choice(TextChoices):
    """What a ballot says about one case."""

    FOR = "for", "đồng ý"
    AGAINST = "against", "không đồng ý"
    INVALID = "invalid", "không hợp lệ (phiếu trắng)"


class DecisionKind(TextChoices):
    AWARD = "award", "tặng, khen"
    REVOCATION = "revocation", "hủy bỏ quyết định khen thưởng, thu hồi"
