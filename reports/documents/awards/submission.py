"""Tờ trình: a body puts nominations before whoever decides, with the list of them."""

from config.text import vn_date
from reports.documents.awards import lists
from reports.documents.awards.reading import (
    addressee,
    body,
    common,
    day,
    decider,
    forms,
    kinds_said,
    number_of,
    period_said,
    submitter,
    superior,
)
from reports.papers.model import Bullets, Heading, Paper, Paragraph

ENCLOSED = (
    "Danh sách đề nghị khen thưởng (kèm theo Tờ trình này)",
    "Biên bản họp Hội đồng Thi đua - Khen thưởng",
    "Báo cáo thành tích của các trường hợp đề nghị khen thưởng, có xác nhận của cấp trình",
    "Tài liệu khác có liên quan (nếu có)",
)


def collect(content: dict) -> Paper:
    """The paper; a draft while it has no number and day."""
    number, symbol = number_of(content, "TTr")
    return Paper(
        body=body(content),
        superior_body=superior(content),
        symbol=symbol,
        number=number,
        place=content["place"],
        date=day(content["date"]),
        kind="Tờ trình",
        title=f"Về việc đề nghị tặng {'; '.join(forms(content))}\n{_for(content)}",
        addressees=(addressee(content),),
        basis=tuple(content["grounds"]),
        blocks=tuple(_blocks(content)),
        signature=submitter(content),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(lists.annex(content),),
        draft=not (number and content["date"]),
    )


def _for(content) -> str:
    campaign = content["campaign"]
    return f"trong {campaign}" if campaign else content["round"]


def _blocks(content):
    yield Paragraph(
        f"{body(content)} kính trình {decider(content)} xem xét, quyết định khen thưởng "
        f"{content['award_type']} đối với {kinds_said(content, counted=True)} có thành tích "
        f"{_for(content)} ({content['round']}), cụ thể như sau:"
    )
    yield Heading(1, "1. Hình thức, đối tượng đề nghị khen thưởng")
    yield lists.by_form(content)
    yield Paragraph("Danh sách chi tiết kèm theo Tờ trình này.")
    yield Heading(1, "2. Thời gian lập thành tích")
    yield Paragraph(_period(content))
    yield Heading(1, "3. Kết quả xét khen thưởng")
    yield from _considered(content)
    yield Heading(1, "4. Tiền thưởng")
    yield Paragraph(lists.money_sentence(content))
    yield Heading(1, "5. Hồ sơ kèm theo")
    yield Bullets(ENCLOSED)
    yield Paragraph(f"{body(content)} kính trình {decider(content)} xem xét, quyết định./.")


def _period(content) -> str:
    period = period_said(common(content, "period") or content["period"])
    return (
        f"Thành tích lập được trong {period}."
        if period
        else "Theo từng trường hợp trong danh sách kèm theo."
    )


def _considered(content):
    """What the council and the public said; what did not take place is not spoken of."""
    told = [_voted(content["council"]), content["posting"]]
    for sentence in filter(None, told):
        yield Paragraph(sentence)
    if not any(told):
        yield Paragraph("Các trường hợp trên đã được thẩm định đủ điều kiện khen thưởng.")


def _voted(council: dict | None) -> str:
    if council is None:
        return ""
    members = f", tổng số {council['members']:02} thành viên" if council["members"] else ""
    return (
        f"Hội đồng Thi đua, khen thưởng họp xét ngày {vn_date(day(council['held_on']))}{members}: "
        "các trường hợp trong danh sách đều được Hội đồng thông qua, số phiếu ghi trong Biên bản "
        "kèm theo."
    )
