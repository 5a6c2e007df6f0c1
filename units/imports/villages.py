"""The kind of data "thon": villages of communes, each with its life in every commune to come."""

from collections.abc import Iterator

from config.sheets import CHOICE, CODE, INTEGER, NAME, Column, Definition
from units.imports.kind import Fault
from units.imports.participants import Participants
from units.kinds import VILLAGE_TYPES, Kind
from units.models import Import

DEFINITION = Definition(
    title="Thôn, tổ dân phố",
    columns=(
        Column(
            "code",
            "Mã thôn",
            CODE,
            True,
            maximum=20,
            help="Mã của thôn trong danh sách hộ; không đổi khi xã được sắp xếp lại.",
            width=14,
            aliases=("ma_thon",),
        ),
        Column("name", "Tên thôn, tổ dân phố", NAME, True, maximum=200, width=34,
               aliases=("ten_thon",)),
        Column("subtype", "Loại", CHOICE, True, choices=[(name, name) for name in VILLAGE_TYPES],
               width=16, aliases=("loai",)),
        Column("above", "Mã xã", CODE, True, maximum=20, help="Mã của xã vào ngày đã chọn.",
               width=12, aliases=("ma_xa",)),
        Column("households", "Tổng số hộ", INTEGER, maximum=1_000_000, width=12,
               aliases=("tong_ho",), help="Không ghi vào sổ đơn vị; số hộ nhập theo từng năm."),
    ),
    max_rows=200_000,
    intro=(
        "Danh sách thôn, tổ dân phố của các xã vào ngày đã chọn, mỗi thôn một dòng.",
        "Xã đã có ngày kết thúc trong sổ: thôn tự chuyển sang xã kế thừa từ ngày đó.",
    ),
)  # fmt: skip


class Villages(Participants):
    """Villages under communes (III.1.d).

    The number of households that lists carry along belongs to a year, and the day of such a list is
    seldom the end of one: it is read and let go of, with a note that says where it goes.
    """

    slug = "thon"
    title = "Thôn, tổ dân phố"
    counted = "thôn"
    about = "Danh sách thôn của các xã, trước khi nhập hộ và số liệu của thôn."
    kind = Kind.VILLAGE

    def definition(self, options):
        return DEFINITION

    def shown_columns(self, user, options, part=""):
        return self.fields

    def keep(self, values, around):
        if values.get("households") is not None:
            around.let_go.add("households")
        return super().keep(values, around)

    def finish(self, job: Import, around) -> Iterator[Fault]:
        """Numbers of households were read and let go of: say so, once."""
        if around.let_go:
            yield Fault(
                "households",
                "not_kept",
                "Cột “Tổng số hộ” không được ghi vào sổ đơn vị. Tổng số hộ là số của từng năm, hãy "
                "nhập bằng bảng số liệu hộ nghèo của thôn, xã.",
                False,
            )
