"""The list of recipients as a table, and the sums below it in figures and words."""

from reports.documents.awards.reading import (
    forms,
    kinds_said,
    named,
    period_said,
    sum_said,
    total,
    unknown_sums,
    whereabouts,
)
from reports.papers.model import Annex, Column, Paragraph, Table

FROZEN = "Nội dung đã chốt của tờ trình, quyết định"


def annex(content, *, refund: bool = False) -> Annex:
    """The list on pages of its own, lying."""
    whose = "; ".join(forms(content))
    what = "được đề nghị tặng" if content["addressee"] else "được tặng"
    what = "bị hủy bỏ" if refund else what
    return Annex(
        f"Danh sách {kinds_said(content, counted=False)}\n{what} {whose}",
        (table(content, refund=refund), *sums(content, refund=refund)),
        landscape=True,
    )


def table(content, *, refund: bool = False) -> Table:
    """One row a recipient, and the sum of what is known."""
    money_header = "Tiền thưởng phải nộp lại (đồng)" if refund else "Tiền thưởng (đồng)"
    columns = (
        Column("STT", "order", width=5),
        Column("Họ và tên; tên tập thể", width=24, source=FROZEN),
        Column("Chức vụ, đơn vị, địa chỉ", width=24, source=FROZEN),
        Column("Hình thức", width=17, source=FROZEN),
        Column("Thành tích", width=30, source=FROZEN, meaning="Thành tích và thời gian lập"),
        Column(
            money_header, "int", width=12, meaning="Trống: chưa tính được, xem ghi chú dưới bảng"
        ),
    )
    rows = tuple(
        (
            line["position"],
            named(line),
            whereabouts(line),
            line["form"],
            _achieved(line),
            line["paid"],
        )
        for line in content["lines"]
    )
    summed = (None, f"Cộng: {kinds_said(content, counted=True)}", "", "", "", total(content))
    return Table("", columns, (*rows, summed), totals=(-1,), note=unknown_sums(content))


def _achieved(line) -> str:
    period = period_said(line["period"])
    return "\n".join(part for part in (line["achievement"], period and f"({period})") if part)


def sums(content, *, refund: bool = False):
    """“Tổng số tiền thưởng: 1.490.000 đồng (bằng chữ: …).”; nothing where no sum is known."""
    found = total(content)
    if found is not None:
        what = "Tổng số tiền phải nộp lại" if refund else "Tổng số tiền thưởng"
        yield Paragraph(f"{what}: {sum_said(found)}{_but(content)}.")


def _but(content) -> str:
    unknown = content["unknown"]
    return f", chưa kể {unknown:02} trường hợp chưa tính được" if unknown else ""


def money_sentence(content) -> str:
    """Money and where it comes from, for a submission and for Điều 2 of a decision."""
    found, fund = total(content), content["fund"]
    source = f", trích từ {fund}" if fund else ""
    if found is None:
        return f"Chưa tính được tiền thưởng kèm theo. {unknown_sums(content)}".strip()
    said = f"Tổng số tiền thưởng kèm theo là {sum_said(found)}{source}."
    return f"{said} {unknown_sums(content)}".strip()


def by_form(content) -> Table:
    """Forms by kinds of recipient, with the sum of every form."""
    kinds = list(dict.fromkeys(row["recipient_label"] for row in content["totals"]))
    columns = (
        Column("Hình thức khen thưởng", width=40),
        *(Column(kind[:1].upper() + kind[1:], "int", "Số lượng", width=14) for kind in kinds),
        Column("Cộng", "int", "Số lượng", width=10),
    )
    names = list(dict.fromkeys(row["form"] for row in content["totals"]))
    rows = [(name, *_counts(content, kinds, name)) for name in names]
    if len(names) > 1:
        rows.append(("Cộng", *_counts(content, kinds)))
    return Table(
        "Tổng hợp hình thức, đối tượng đề nghị",
        columns,
        tuple(rows),
        (-1,) if len(names) > 1 else (),
    )


def _counts(content, kinds, name=None) -> list[int]:
    rows = [row for row in content["totals"] if name in (None, row["form"])]
    each = [sum(row["count"] for row in rows if row["recipient_label"] == kind) for kind in kinds]
    return [*each, sum(each)]
