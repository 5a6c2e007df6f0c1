"""Papers to try the engine on: a report, a decision, a letter, and words that look like code."""

import datetime
from decimal import Decimal

from reports.papers import charts
from reports.papers.model import (
    Annex,
    Bullets,
    Chart,
    Column,
    Heading,
    Paper,
    Paragraph,
    Quote,
    Signature,
    Table,
)

HOSTILE = (
    """A & B <c> "d" 'e' {{ 7 * 7 }} {% raw %} #panic("x") $x$ *b* `c` @ref <w:p> ]]> \\n // 😀 """
    + "x" * 90
)
TEXT_FIELDS = (
    *("superior_body", "body", "symbol", "number", "place", "kind", "title"),
    *("decider", "resolution", "snapshot"),
)
DISTRICTS = ("Thành phố Vĩnh Yên", "Huyện Lập Thạch", "Huyện Sông Lô")
COLUMNS = (
    Column("TT", "order"),
    Column("Huyện, thành phố", meaning="Đơn vị hành chính cấp huyện", source="Danh mục"),
    Column("Số hộ", "int", group="Hộ nghèo"),
    Column("Tỷ lệ (%)", "percent", group="Hộ nghèo"),
    Column("Kinh phí", "decimal"),
)
ROWS = tuple(
    (place, name, 1234 * place, Decimal("1.5") * place, Decimal("1234567.5"))
    for place, name in enumerate(DISTRICTS, start=1)
)
TOTAL = (None, "Tổng cộng", 7404, Decimal("9"), Decimal("3703702.5"))


def table(**changes) -> Table:
    values = {
        "title": "Bảng 1. Hộ nghèo năm 2023",
        "columns": COLUMNS,
        "rows": (*ROWS, TOTAL),
        "totals": (-1,),
        "unit": "hộ; triệu đồng",
        "note": "Số liệu chính thức.",
    }
    return Table(**(values | changes))


def chart() -> Chart:
    spec = charts.lines(
        [("2021", "Hộ nghèo", Decimal("0.84")), ("2022", "Hộ nghèo", Decimal("1.52"))],
        unit="%",
        title="Tỷ lệ hộ nghèo",
        alt="Năm 2022 là 1,52%",
        target=Decimal("0.5"),
        breaks=("2022",),
    )
    return Chart("Biểu đồ 1. Tỷ lệ hộ nghèo", spec, "Tỷ lệ năm 2022 là 1,52%", "Chuẩn nghèo mới.")


def report(**changes) -> Paper:
    values = {
        "superior_body": "Ủy ban nhân dân tỉnh Vĩnh Phúc",
        "body": "Sở Lao động -\nThương binh và Xã hội",
        "symbol": "BC-SLĐTBXH",
        "number": "5",
        "place": "Vĩnh Phúc",
        "date": datetime.date(2023, 12, 5),
        "kind": "BÁO CÁO",
        "title": "Kết quả thực hiện Phong trào thi đua năm 2023",
        "addressees": ("Chủ tịch Ủy ban nhân dân tỉnh", "Ban Thi đua - Khen thưởng tỉnh"),
        "blocks": (
            Paragraph("Thực hiện Kế hoạch số 166/KH-UBND, Sở báo cáo như sau:"),
            Heading(1, "I. KẾT QUẢ"),
            Bullets(("Ban hành 12 văn bản;", "Tổ chức 240 buổi tuyên truyền.")),
            Quote("Gia đình tôi đã thoát nghèo.", "UBND xã Đồng Ích"),
            table(),
            chart(),
        ),
        "signature": Signature("PHÓ GIÁM ĐỐC", "Nguyễn Văn A", "KT. GIÁM ĐỐC"),
        "recipients": ("Như trên", "Lưu: VT, BTXH"),
        "annexes": (
            Annex("Biểu tổng hợp", (table(),), landscape=True),
            Annex("Văn bản chỉ đạo", (Heading(1, "I. Danh mục"), Paragraph("Không có."))),
        ),
        "draft": False,
        "snapshot": "3f2a9c1b77d0e4a5ff00",
    }
    return Paper(**(values | changes))


def decision(**changes) -> Paper:
    values = {
        "body": "Ủy ban nhân dân tỉnh Vĩnh Phúc",
        "symbol": "QĐ-CT",
        "place": "Vĩnh Phúc",
        "kind": "QUYẾT ĐỊNH",
        "title": "Về việc tặng Bằng khen",
        "decider": "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Phúc",
        "basis": ("Luật Thi đua, khen thưởng ngày 15/6/2022", "Xét Tờ trình số 12/TTr-SNV;"),
        "resolution": "QUYẾT ĐỊNH:",
        "blocks": (Paragraph("Tặng Bằng khen cho 05 tập thể.", lead="Điều 1."),),
        "signature": Signature("CHỦ TỊCH"),
        "recipients": ("Như Điều 3", "Lưu: VT"),
        "annexes": (Annex("Danh sách", (table(),)),),
    }
    return Paper(**(values | changes))


def letter(**changes) -> Paper:
    values = {
        "body": "Sở Nội vụ",
        "symbol": "SNV-BTĐKT",
        "number": "123",
        "place": "Vĩnh Phúc",
        "date": datetime.date(2024, 2, 10),
        "kind": "CÔNG VĂN",
        "title": "đôn đốc báo cáo năm 2023",
        "addressees": ("Ủy ban nhân dân huyện Lập Thạch",),
        "blocks": (Paragraph("Đề nghị gửi báo cáo."),),
        "signature": Signature("GIÁM ĐỐC", "Trần Thị B"),
        "recipients": ("Như trên", "Lưu: VT"),
    }
    return Paper(**(values | changes))


def hostile() -> Paper:
    """Every field that takes words holds words that look like markup of some engine."""
    rows = ((HOSTILE, HOSTILE), (HOSTILE, 3))
    columns = (Column(HOSTILE), Column(HOSTILE, "int", group=HOSTILE))
    grid = Table(HOSTILE, columns, rows, (1,), HOSTILE, HOSTILE)
    parts = (
        Heading(2, HOSTILE),
        Paragraph(HOSTILE, lead=HOSTILE),
        Bullets((HOSTILE,)),
        Quote(HOSTILE, HOSTILE),
        grid,
    )
    return Paper(
        **dict.fromkeys(TEXT_FIELDS, HOSTILE),
        addressees=(HOSTILE, HOSTILE),
        basis=(HOSTILE,),
        blocks=parts,
        signature=Signature(HOSTILE, HOSTILE, HOSTILE),
        left_signature=Signature(HOSTILE),
        recipients=(HOSTILE,),
        annexes=(Annex(HOSTILE, parts, landscape=True),),
    )


def words(value):
    """Every text in ``content``, in order, but for keys and names of kinds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from words(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("kind", "aligns", "spec", "alt", "document", "author"):
                yield from words(part)


def squeezed(text: str) -> str:
    """Without blanks, for files break lines where they like."""
    return "".join(text.split())
