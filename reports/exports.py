"""The lists of ``reports`` as tables to take away: what each column says, and its values."""

from collections.abc import Iterable, Iterator

from config.columns import at, moment, of_unit, whose
from config.paging import streamed
from config.sheets import CODE, DATE, DECIMAL, INTEGER, YEAR, Column, Definition
from reports.models import Report
from reports.queries.expected import Completeness, described
from reports.queries.summaries import PeriodLine
from reports.queries.summary_page import SumPart

STATE = (
    Column("state", "Trạng thái", help="Báo cáo đang ở bước nào; trống: chưa lập.", width=16),
    Column("timeliness", "Thời hạn", help="Đúng hạn, nộp muộn có phép, nộp muộn.", width=18),
    *moment("sent", "Gửi", "Lúc gửi lần gần nhất; trống: chưa gửi."),
)
REPORTS = Definition(
    title="Báo cáo",
    columns=(
        *whose(),
        Column("above", "Thuộc", help="Đơn vị cấp trên.", width=26),
        Column("tier", "Nhóm đơn vị", help="Nhóm ở mục III.1 của Kế hoạch.", width=40),
        Column("period", "Kỳ", help="Kỳ báo cáo.", width=26),
        *STATE,
        *moment("accepted", "Nhận", "Lúc đơn vị nhận xác nhận; trống: chưa nhận."),
    ),
)
COUNTS = (
    Column("expected", "Phải nộp", INTEGER, help="Số đơn vị phải báo cáo trong kỳ."),
    Column("sent", "Đã gửi", INTEGER, help="Số đơn vị đã gửi."),
    Column("missing", "Chưa gửi", INTEGER, help="Phải nộp trừ đã gửi."),
    Column("percent_sent", "% đã gửi", INTEGER, help="Đã gửi trên phải nộp, làm tròn."),
    Column("on_time", "Đúng hạn", INTEGER, help="Số đơn vị gửi đúng hạn."),
    Column("excused", "Muộn có phép", INTEGER, help="Gửi sau hạn chung, được gia hạn."),
    Column("late", "Muộn", INTEGER, help="Gửi sau hạn, không được gia hạn."),
    Column("returned", "Bị trả lại", INTEGER, help="Đang phải sửa."),
    Column("accepted", "Đã nhận", INTEGER, help="Đơn vị nhận đã xác nhận."),
    Column("started", "Đã bắt đầu", INTEGER, help="Đã lập báo cáo, gửi hay chưa."),
)
BY_TIER = Definition(
    title="Tiến độ theo nhóm",
    columns=(
        Column("label", "Nhóm đơn vị", help="Nhóm ở mục III.1 của Kế hoạch.", width=34),
        *COUNTS,
        *moment("due", "Hạn nộp", "Hạn của nhóm."),
    ),
)
BY_PARENT = Definition(
    title="Tiến độ theo cấp trên",
    columns=(
        Column("label", "Đơn vị cấp trên", help="Đơn vị có các đơn vị trực thuộc.", width=34),
        *COUNTS,
    ),
)
BY_UNIT = Definition(
    title="Tiến độ từng đơn vị",
    columns=(
        *whose(),
        Column("above", "Thuộc", help="Đơn vị cấp trên.", width=26),
        *STATE,
    ),
)
SUMMARIES = Definition(
    title="Báo cáo tổng hợp",
    columns=(
        Column("period", "Kỳ", help="Kỳ của báo cáo tổng hợp.", width=34),
        Column("clause", "Điều khoản", help="Điều khoản của Kế hoạch.", width=14),
        Column("edition", "Bản", INTEGER, help="Lập lần thứ mấy; trống: chưa lập.", width=8),
        Column("state", "Trạng thái", help="Đang soạn, đã chốt, đã ban hành.", width=16),
        Column("lead", "Chủ trì", help="Đơn vị chủ trì.", width=32),
        Column("number", "Số văn bản", help="Số của văn bản đã ký.", width=16),
        Column("signed_on", "Ngày ký", DATE, help="Ngày ký văn bản."),
        *moment("frozen", "Chốt", "Lúc chốt số liệu; trống: chưa."),
        Column("sha256", "Mã số liệu chốt", help="SHA-256 của bản chụp số liệu.", width=66),
    ),
)
PARTS = Definition(
    title="Từng báo cáo đã cộng",
    columns=(
        Column("year", "Năm", YEAR, help="Năm của báo cáo.", grouped=False, width=8),
        Column("unit", "Đơn vị", help="Đơn vị báo cáo.", width=32),
        Column("value", "Giá trị", DECIMAL, help="Giá trị đã cộng vào chỉ tiêu.", width=16),
        Column("receipt", "Biên nhận", CODE, help="Số biên nhận của lần gửi.", width=20),
        Column("accepted_on", "Nhận ngày", help="Ngày báo cáo được nhận.", width=14),
    ),
)
SOURCES = Definition(
    title="Báo cáo làm nguồn",
    columns=(
        Column("year", "Năm", YEAR, help="Năm của báo cáo.", grouped=False, width=8),
        Column("unit", "Đơn vị", help="Đơn vị báo cáo.", width=32),
        Column("above", "Thuộc", help="Đơn vị cấp trên.", width=26),
        Column("receipt", "Biên nhận", CODE, help="Số biên nhận của lần gửi.", width=20),
        Column("sha256", "Dấu vân SHA-256", help="Của nội dung báo cáo đã nhận.", width=66),
    ),
)


def report_rows(reports) -> Iterator[dict]:
    """The reports of a list or of a queue, with the unit above."""
    return map(_report, streamed(reports.select_related("unit__parent", "period")))


def _report(report: Report) -> dict:
    return {
        "above": report.unit.parent.name if report.unit.parent else "",
        "tier": report.get_tier_display(),
        "period": report.period.title,
        "state": report.get_state_display(),
        "timeliness": report.get_timeliness_display(),
        **of_unit(report.unit),
        **at("sent", report.submitted_at),
        **at("accepted", report.accepted_at),
    }


def completeness_rows(rows: Iterable[Completeness]) -> Iterator[dict]:
    """Counts by tier or by the unit above."""
    for row in rows:
        counts = {column.name: getattr(row, column.name) for column in COUNTS}
        due = row.deadline.due if row.deadline else None
        yield {"label": row.label, **counts, **at("due", due)}


def expected_rows(units) -> Iterator[dict]:
    """The units of a tier with how far their report is."""
    for unit in streamed(units.select_related("parent")):
        described([unit])
        yield {
            "above": unit.parent.name if unit.parent else "",
            "state": unit.state_label,
            "timeliness": unit.timeliness_label,
            **of_unit(unit),
            **at("sent", unit.report_sent_at),
        }


def summary_rows(lines: Iterable[PeriodLine]) -> Iterator[dict]:
    """The editions of every period; one without any stands alone."""
    for line in lines:
        period = {"period": line.period.title, "clause": line.period.clause}
        if not line.editions:
            yield period
        for summary in line.editions:
            yield period | {
                "edition": summary.edition,
                "state": "đã ban hành" if summary.is_issued else summary.get_state_display(),
                "lead": summary.lead.name,
                "number": summary.number,
                "signed_on": summary.signed_on,
                "sha256": summary.sha256,
                **at("frozen", summary.frozen_at),
            }


def part_rows(parts: Iterable[SumPart]) -> Iterator[dict]:
    """What each report contributed to an indicator."""
    names = [column.name for column in PARTS.columns]
    for part in parts:
        yield {name: getattr(part, name) for name in names}


def source_rows(sources: Iterable[dict]) -> Iterator[dict]:
    """The accepted reports behind a summary, with receipt and hash."""
    names = [column.name for column in SOURCES.columns]
    for source in sources:
        yield {name: source[name] for name in names}
