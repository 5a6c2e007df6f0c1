"""The law and the rounds as tables to take away: what each column says."""

from collections.abc import Iterable, Iterator

from awards.models import Round
from config.columns import of_unit, whose
from config.paging import streamed
from config.sheets import DATE, YEAR, Column, Definition

LAW = Definition(
    title="Quy định khen thưởng",
    columns=(
        Column("table", "Bảng", help="Bảng của bộ quy định có hiệu lực ngày đã chọn.", width=24),
        Column("subject", "Hình thức, thời gian", help="Dòng này nói về gì.", width=36),
        Column("words", "Quy định", help="Nội dung; “chưa có căn cứ”: chưa tìm được.", width=60),
        Column("clause", "Điều khoản", help="Trống: chưa rõ điều khoản.", width=30),
        Column("source", "Nguồn", help="Văn bản, trang đã đọc.", width=40),
        Column("confidence", "Độ tin cậy", help="Đã đối chiếu văn bản đến đâu.", width=18),
        Column("note", "Ghi chú", help="Điều còn phải đối chiếu.", width=50, multiline=True),
    ),
)
ROUNDS = Definition(
    title="Đợt khen thưởng",
    columns=(
        Column("title", "Đợt", help="Tên đợt khen thưởng.", width=40),
        *whose("unit", "đơn vị", "Đơn vị tổ chức đợt"),
        Column("kind", "Loại đợt", help="Hằng năm, sơ kết, tổng kết, đột xuất, chuyên đề."),
        Column("year", "Năm", YEAR, help="Năm của ngày cuối thành tích.", grouped=False, width=8),
        Column("period_from", "Thành tích từ ngày", DATE, help="Ngày đầu.", width=13),
        Column("period_to", "Thành tích đến hết ngày", DATE, help="Ngày cuối.", width=13),
        Column("opens", "Nhận hồ sơ từ ngày", DATE, help="Ngày đầu nhận hồ sơ.", width=13),
        Column("due", "Hạn nhận hồ sơ", DATE, help="Nhận đến hết ngày này.", width=13),
        Column("council_on", "Ngày dự kiến họp Hội đồng", DATE, help="Trống: chưa định."),
        Column("state", "Trạng thái", help="Bản đang soạn chỉ người lập xem được.", width=12),
        Column("forms", "Hình thức (chỉ tiêu)", help="Trống: chưa chọn.", width=60, multiline=True),
    ),
)


def round_rows(rounds: Iterable[Round]) -> Iterator[dict]:
    """One row a round, in the order of the list."""
    days = ("period_from", "period_to", "opens", "due", "council_on")
    for round in streamed(rounds):
        yield {
            "title": round.title,
            **of_unit(round.unit),
            "kind": round.get_kind_display(),
            "year": round.year,
            **{name: getattr(round, name) for name in days},
            "state": round.get_state_display(),
            "forms": "\n".join(str(offer) for offer in round.offers.all()),
        }
