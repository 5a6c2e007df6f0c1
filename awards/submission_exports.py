"""The tờ trình as a table to take away."""

from collections.abc import Iterable, Iterator

from awards.models import Submission
from config.columns import of_unit, whose
from config.paging import streamed
from config.sheets import DATE, INTEGER, Column, Definition

SUBMISSIONS = Definition(
    title="Tờ trình khen thưởng",
    columns=(
        Column("number", "Số tờ trình", help="Trống: dự thảo.", width=18),
        Column("dated_on", "Ngày tờ trình", DATE, help="Trống: dự thảo.", width=13),
        Column("state", "Trạng thái", help="Dự thảo hoặc đã trình.", width=12),
        *whose("unit", "đơn vị", "Đơn vị trình"),
        Column("round", "Đợt khen thưởng", help="Tên đợt.", width=36),
        Column("award_type", "Loại khen thưởng", help="Luật 2022, Điều 8.", width=30),
        Column("decider", "Người quyết định", help="Theo thẩm quyền.", width=32),
        Column("addressee", "Kính gửi", help="Nơi nhận tờ trình.", width=32),
        Column("size", "Số hồ sơ", INTEGER, help="Số hồ sơ trong tờ trình.", width=9),
        Column("open", "Chờ quyết định", INTEGER, help="Số hồ sơ chưa có quyết định.", width=9),
    ),
)


def submission_rows(submissions: Iterable[Submission]) -> Iterator[dict]:
    """One row a tờ trình, in the order of the list."""
    for row in streamed(submissions):
        yield {
            "number": row.number,
            "dated_on": row.dated_on,
            "state": row.get_state_display(),
            **of_unit(row.unit),
            "round": row.round.title,
            "award_type": row.get_award_type_display(),
            "decider": row.decider,
            "addressee": row.addressee,
            "size": row.size,
            "open": row.open,
        }
