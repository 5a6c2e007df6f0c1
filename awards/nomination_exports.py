"""Dossiers and flags as tables to take away: what each column says."""

from collections.abc import Iterable, Iterator

from awards.models import Flag, Nomination
from config.columns import at, moment, of_unit, whose
from config.paging import streamed
from config.sheets import DATE, NAME, Column, Definition

NOMINATIONS = Definition(
    title="Hồ sơ đề nghị khen thưởng",
    columns=(
        Column("name", "Tên", NAME, help="Tên ghi trong quyết định.", width=36),
        Column("recipient", "Đối tượng", help="Tập thể, doanh nghiệp, cá nhân, hộ.", width=20),
        Column("post", "Chức vụ, nghề nghiệp", help="Của cá nhân.", width=24),
        Column("address", "Đơn vị công tác, địa chỉ", help="Nơi làm việc, nơi ở.", width=36),
        Column("form", "Hình thức", help="Hình thức đề nghị.", width=36),
        Column("award_type", "Loại khen thưởng", help="Theo phong trào, công trạng …", width=24),
        Column("round", "Đợt", help="Đợt khen thưởng.", width=30),
        *whose("proposer", "đơn vị đề nghị", "Đơn vị đề nghị"),
        Column("period_from", "Thành tích từ ngày", DATE, help="Ngày đầu.", width=13),
        Column("period_to", "Thành tích đến hết ngày", DATE, help="Ngày cuối.", width=13),
        Column("achievement", "Thành tích", help="Câu ghi trong quyết định.", width=60),
        Column("state", "Trạng thái", help="Hồ sơ đang ở bước nào.", width=18),
        Column("desk", "Đang ở đơn vị", help="Đến lượt đơn vị nào xử lý.", width=30),
        Column("received_on", "Ngày nhận", DATE, help="Ngày trình lần đầu.", width=13),
    ),
)
FLAGS = Definition(
    title="Giới thiệu khen thưởng",
    columns=(
        Column("name", "Được giới thiệu", NAME, help="Người, tập thể, hộ.", width=36),
        Column("recipient", "Đối tượng", help="Tập thể, doanh nghiệp, cá nhân, hộ.", width=20),
        Column("reason", "Thành tích", help="Vì sao nên khen.", width=60, multiline=True),
        *whose("unit", "đơn vị phụ trách", "Đơn vị phụ trách"),
        *whose("from_unit", "đơn vị giới thiệu", "Đơn vị giới thiệu"),
        *moment("at", "Giới thiệu", "Lúc giới thiệu."),
        Column("state", "Trạng thái", help="Đã trả lời chưa.", width=16),
        Column("answer", "Trả lời", help="Vì sao không lập hồ sơ.", width=50, multiline=True),
    ),
)


def nomination_rows(nominations: Iterable[Nomination]) -> Iterator[dict]:
    """One row a dossier, in the order of the list."""
    same = ("name", "post", "address", "period_from", "period_to", "achievement", "received_on")
    for row in streamed(nominations):
        yield {
            **{name: getattr(row, name) for name in same},
            "recipient": row.get_recipient_display(),
            "form": str(row.form),
            "award_type": row.get_award_type_display(),
            "round": row.round.title,
            **of_unit(row.proposer, "proposer"),
            "state": row.get_state_display(),
            "desk": row.desk.name,
        }


def flag_rows(flags: Iterable[Flag]) -> Iterator[dict]:
    """One row a flag, in the order of the list."""
    for flag in streamed(flags):
        yield {
            **{name: getattr(flag, name) for name in ("name", "reason", "answer")},
            "recipient": flag.get_recipient_display(),
            **of_unit(flag.unit),
            **of_unit(flag.from_unit, "from_unit"),
            **at("at", flag.at),
            "state": flag.get_state_display(),
        }
