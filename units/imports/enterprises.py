"""The kind of data "doanh-nghiep": enterprises and organisations that take part (III.1.f)."""

from config.sheets import CHOICE, CODE, NAME, Column, Definition
from units.imports.participants import Participants
from units.kinds import SUBTYPES, Kind

DEFINITION = Definition(
    title="Doanh nghiệp, tổ chức",
    columns=(
        Column(
            "code",
            "Mã số thuế",
            CODE,
            True,
            maximum=20,
            help="10 chữ số, đơn vị phụ thuộc 13 chữ số. Tổ chức không có mã số thuế: mã tự đặt "
            "bắt đầu bằng chữ cái.",
            width=16,
            aliases=("ma_so_thue",),
        ),
        Column("name", "Tên doanh nghiệp, tổ chức", NAME, True, maximum=200, width=40,
               aliases=("ten",)),
        Column("subtype", "Loại hình", CHOICE, True,
               choices=[(name, name) for name in SUBTYPES[Kind.ENTERPRISE]], width=22,
               aliases=("loai_hinh",)),
        Column("above", "Mã xã", CODE, True, maximum=20, width=12, aliases=("ma_xa",),
               help="Xã đặt trụ sở vào ngày đã chọn; hoặc mã của huyện, sở, tỉnh theo dõi."),
    ),
    max_rows=200_000,
    intro=(
        "Doanh nghiệp, hợp tác xã, tổ chức tham gia phong trào, mỗi đơn vị một dòng.",
        "Đơn vị cấp trên đã có ngày kết thúc trong sổ: tự chuyển sang đơn vị kế thừa từ ngày đó.",
    ),
)  # fmt: skip


class Enterprises(Participants):
    """Enterprises and organisations under the unit that follows their part in the campaign."""

    slug = "doanh-nghiep"
    title = "Doanh nghiệp, tổ chức"
    counted = "doanh nghiệp, tổ chức"
    about = "Danh sách doanh nghiệp, hợp tác xã, tổ chức, trước khi nhập đóng góp."
    kind = Kind.ENTERPRISE

    def definition(self, options):
        return DEFINITION
