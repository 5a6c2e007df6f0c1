"""Bảng tiền thưởng of a decision: how every sum was worked out, and a place to sign for it."""

from reports.documents.awards.lists import sums
from reports.documents.awards.reading import (
    body,
    day,
    figure,
    forms,
    kinds_said,
    named,
    numbered,
    revokes,
    superior,
    total,
    unknown_sums,
    whereabouts,
)
from reports.papers.model import Bullets, Column, Paper, Paragraph, Signature, Table


def collect(content: dict, law: tuple[str, ...]) -> Paper:
    """The sheet, lying; ``law`` tells by what and since when coefficient and base salary hold."""
    title = f"tiền thưởng kèm theo {'; '.join(forms(content))}"
    return Paper(
        body=body(content),
        superior_body=superior(content),
        symbol="",
        place=content["place"],
        kind="Bảng",
        title=f"{title}\n(Kèm theo Quyết định {numbered(content)})",
        blocks=(table(content), *sums(content, refund=revokes(content)), *_by(law)),
        signature=Signature("Thủ trưởng đơn vị"),
        left_signature=Signature("Người lập bảng"),
        landscape=True,
        draft=not (content["number"] and content["date"]),
        date=day(content["date"]),
    )


def _by(law):
    if law:
        yield Paragraph("Căn cứ tính tiền thưởng tại ngày ký quyết định:")
        yield Bullets(law)


def table(content: dict) -> Table:
    """Coefficient × base salary = product, rounded to what is paid (đồng)."""
    last = "Ký nộp" if revokes(content) else "Ký nhận"
    columns = (
        Column("STT", "order", width=5),
        Column("Họ và tên; tên tập thể", width=24),
        Column("Chức vụ, đơn vị, địa chỉ", width=26),
        Column("Hệ số", "decimal", width=8, digits=2, meaning="Hệ số so với mức lương cơ sở"),
        Column("Mức lương cơ sở", "int", width=12, meaning="Tại ngày ký quyết định"),
        Column("Hệ số × lương cơ sở", "decimal", width=13, meaning="Trước khi làm tròn"),
        Column(_paid_header(content), "int", width=13, meaning="Sau khi làm tròn"),
        Column(last, width=18),
    )
    rows = tuple(
        (
            line["position"],
            named(line),
            whereabouts(line),
            figure(line["coefficient"]),
            line["salary"],
            figure(line["product"]),
            line["paid"],
            "",
        )
        for line in content["lines"]
    )
    summed = (None, f"Cộng: {kinds_said(content, counted=True)}", "")
    summed += (None, None, None, total(content), "")
    note = unknown_sums(content)
    return Table("", columns, (*rows, summed), totals=(-1,), unit="đồng", note=note)


def _paid_header(content) -> str:
    return "Phải nộp lại" if revokes(content) else "Được nhận"
