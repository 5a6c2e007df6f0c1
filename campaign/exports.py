"""The lists of ``campaign`` as tables to take away: what each column says, and its values."""

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst

from campaign.queries.deadlines import PeriodDeadlines
from campaign.queries.duties import DutyRow
from campaign.queries.plan import CalendarYear
from config.columns import at, moment, of_unit, whose
from config.paging import streamed
from config.sheets import DATE, INTEGER, YEAR, Column, Definition

CALENDAR = Definition(
    title="Lịch và hạn báo cáo",
    columns=(
        Column("year", "Năm", YEAR, help="Năm của kỳ báo cáo.", grouped=False, width=8),
        Column("what", "Việc", help="Hạn nộp, khóa sổ, hoặc kỳ sơ kết, tổng kết.", width=40),
        *moment("due", "Thời điểm", "Hết thời điểm này; sơ kết, tổng kết: ngày chốt số liệu."),
        Column("tiers", "Đơn vị", help="Các nhóm đơn vị có chung thời điểm.", width=60),
        Column("clause", "Điều khoản", help="Điều khoản của Kế hoạch.", width=14),
    ),
)
DUTIES = Definition(
    title="Nhiệm vụ theo kế hoạch",
    columns=(
        Column("duty", "Nhiệm vụ", help="Việc mà Kế hoạch giao.", width=40),
        *whose(title="Đơn vị giữ nhiệm vụ"),
        Column("as_written", "Kế hoạch ghi", help="Tên cơ quan như trong Kế hoạch.", width=30),
        Column("starts", "Từ ngày", DATE, help="Ngày đầu tiên giữ nhiệm vụ."),
        Column("ends", "Hết từ ngày", DATE, help="Ngày đầu tiên không giữ nữa; trống: còn."),
        Column("clause", "Điều khoản", help="Điều khoản của Kế hoạch.", width=14),
        Column("basis", "Căn cứ", help="Văn bản làm căn cứ.", width=40),
        Column("confidence", "Độ tin cậy", help="Đã đối chiếu văn bản đến đâu.", width=18),
    ),
)
DEADLINES = Definition(
    title="Hạn nộp và khóa sổ",
    columns=(
        Column("period", "Kỳ báo cáo", help="Kỳ mà đơn vị phải báo cáo.", width=26),
        Column("tier", "Nhóm đơn vị", help="Nhóm ở mục III.1 của Kế hoạch.", width=40),
        *moment("due", "Hạn nộp", "Nộp sau thời điểm này là nộp muộn."),
        *moment("lock", "Khóa sổ", "Sau thời điểm này chỉ đơn vị được gia hạn gửi được."),
        Column("extensions", "Số lượt gia hạn", INTEGER, help="Số lượt gia hạn đã cho."),
        Column("basis", "Căn cứ", help="Ai đặt hạn, lý do; trống: theo Kế hoạch.", width=50),
    ),
)
EXTENSIONS = Definition(
    title="Gia hạn nộp báo cáo",
    columns=(
        *whose(),
        Column("above", "Thuộc", help="Đơn vị cấp trên.", width=26),
        Column("period", "Kỳ báo cáo", help="Kỳ được gia hạn.", width=26),
        *moment("due", "Hạn chung", "Hạn của cả nhóm đơn vị."),
        *moment("until", "Được nộp đến", "Hạn mới của riêng đơn vị."),
        Column("reason", "Lý do", help="Vì sao được nộp muộn.", width=50, multiline=True),
        Column("granted_by", "Người cho phép", help="Người cho gia hạn.", width=24),
        *moment("granted", "Cho phép", "Lúc cho gia hạn."),
    ),
)

COMMUNE_SUMS = Definition(
    title="Đóng góp theo xã",
    columns=(
        Column("year", "Năm", YEAR, help="Năm đóng góp.", grouped=False, width=8),
        *whose("commune", "xã nhận", "Xã nhận"),
        Column("above", "Thuộc", help="Đơn vị cấp trên của xã.", width=26),
        Column("givers", "Số doanh nghiệp", INTEGER, help="Số doanh nghiệp, tổ chức đóng góp."),
        Column("amount", "Số tiền (đồng)", INTEGER, help="Tổng số tiền, đồng.", width=18),
        Column("households", "Số hộ được hỗ trợ", INTEGER, help="Tổng số hộ được hỗ trợ."),
        Column("jobs", "Số việc làm", INTEGER, help="Tổng số việc làm."),
    ),
)


def calendar_rows(years: Iterable[CalendarYear]) -> Iterator[dict]:
    """Every due and lock date; the reviews for which units owe nothing stand with their day."""
    for year in years:
        for entry in year.entries:
            yield {
                "year": year.year,
                "what": entry.label,
                "tiers": "; ".join(entry.tiers),
                "clause": entry.period.clause,
                **at("due", entry.at),
            }
        for period in year.reviews:
            yield {
                "year": year.year,
                "what": period.title,
                "due_on": period.reference_date,
                "due_at": "",
                "tiers": "Cơ quan chủ trì; các đơn vị không nộp báo cáo riêng",
                "clause": period.clause,
            }


def duty_rows(rows: Iterable[DutyRow]) -> Iterator[dict]:
    """Who holds each duty; one that nobody holds stands alone."""
    for row in rows:
        name = capfirst(row.kind.label)
        if not row.holders:
            yield {"duty": name}
        for duty in row.holders:
            yield {
                "duty": name,
                "as_written": duty.as_written,
                "starts": duty.starts,
                "ends": duty.ends,
                "clause": duty.clause,
                "basis": duty.basis,
                "confidence": duty.get_confidence_display(),
                **of_unit(duty.unit),
            }


def deadline_rows(periods: Iterable[PeriodDeadlines]) -> Iterator[dict]:
    """The deadlines of every period in the order of the page."""
    for period in periods:
        for row in period.rows:
            deadline, act = row.deadline, row.set_by
            yield {
                "period": period.period.title,
                "tier": deadline.get_tier_display(),
                "extensions": row.extensions,
                "basis": f"{act.by}: {act.reason}" if act else deadline.note,
                **at("due", deadline.due),
                **at("lock", deadline.lock),
            }


def extension_rows(extensions) -> Iterator[dict]:
    """The leave that a list shows."""
    return map(_extension, streamed(extensions))


def _extension(leave) -> dict:
    return {
        "above": leave.unit.parent.name if leave.unit.parent else "",
        "period": leave.deadline.period.title,
        "reason": leave.reason,
        "granted_by": str(leave.granted_by),
        **of_unit(leave.unit),
        **at("due", leave.deadline.due),
        **at("until", leave.until),
        **at("granted", leave.granted_at),
    }


def commune_sum_rows(sums) -> Iterator[dict]:
    """Sums of contributions by receiving commune and year."""
    names = ("year", "givers", "amount", "households", "jobs")
    for row in streamed(sums):
        figures = {name: row[name] for name in names}
        above = row["above"] or ""
        yield figures | {"commune_code": row["code"], "commune": row["name"], "above": above}
