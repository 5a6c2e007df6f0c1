"""Công văn that tells a proposing unit what became of what it proposed."""

from reports.documents.awards import lists
from reports.documents.awards.reading import (
    abbreviation,
    body,
    decider,
    kinds_said,
    numbered,
    revokes,
    submitter,
    sum_said,
    superior,
    total,
)
from reports.papers.model import Paper, Paragraph


def of_lines(content: dict, positions) -> dict:
    """The content with some of its lines alone, sums worked out anew from them."""
    lines = [line for line in content["lines"] if line["position"] in positions]
    paid = [line["paid"] for line in lines if line["paid"] is not None]
    return {**content, "lines": lines, "total": sum(paid), "unknown": len(lines) - len(paid)}


def collect(content: dict, addressee: str) -> Paper:
    """The letter to one unit, of the lines that ``content`` was cut to; number and day are blank.

    The register of outgoing letters gives both, so it is always a draft.
    """
    what = "hủy bỏ khen thưởng" if revokes(content) else "khen thưởng"
    return Paper(
        body=body(content),
        superior_body=superior(content),
        symbol="-".join(part for part in (abbreviation(content), "TĐKT") if part),
        place=content["place"],
        kind="Công văn",
        title=f"thông báo kết quả xét {what}",
        addressees=(addressee,),
        blocks=tuple(_blocks(content, what)),
        signature=submitter(content),
        recipients=("Như trên", "Lưu: VT"),
    )


def _blocks(content, what):
    yield Paragraph(
        f"{decider(content)} đã ban hành Quyết định {numbered(content)} "
        f"về {what}. {body(content)} thông báo kết quả đối với {kinds_said(content, counted=True)} "
        f"do đơn vị đề nghị ({content['round']}) như sau:"
    )
    yield lists.table(content, refund=revokes(content))
    found = total(content)
    if found is not None:
        told = "phải nộp lại" if revokes(content) else "thưởng"
        yield Paragraph(f"Tổng số tiền {told}: {sum_said(found)}.")
    if revokes(content):
        yield Paragraph(
            "Đề nghị đơn vị thông báo cho người bị hủy bỏ khen thưởng, thu lại hiện vật khen "
            "thưởng và tiền thưởng để nộp theo Quyết định./."
        )
    else:
        yield Paragraph(
            "Đề nghị đơn vị thông báo cho các trường hợp được khen thưởng, phối hợp tổ chức công "
            "bố, trao tặng theo quy định./."
        )
