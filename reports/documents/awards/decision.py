"""Quyết định khen thưởng, and the one that takes an award back."""

from reports.documents.awards import lists
from reports.documents.awards.reading import (
    body,
    common,
    day,
    decider,
    forms,
    kinds_said,
    lowered,
    merit,
    named,
    number_of,
    period_said,
    revokes,
    signature,
    sum_said,
    superior,
    told_of,
    total,
    unknown_sums,
    whereabouts,
)
from reports.papers.model import Paper, Paragraph

LISTED = "(có danh sách kèm theo)"
FROM_ABOVE = ("central", "ministry")


def issued_here(content: dict) -> bool:
    """Whether the paper is the unit's own: what the centre decides, the centre prints."""
    return content["office"] not in FROM_ABOVE


def collect(content: dict) -> Paper:
    """The paper of a decision; a draft while number, day or signer are missing."""
    number, symbol = number_of(content, "QĐ")
    alone = len(content["lines"]) == 1
    return Paper(
        body=body(content),
        superior_body=superior(content),
        symbol=symbol,
        number=number,
        place=content["place"],
        date=day(content["date"]),
        kind="Quyết định",
        title=_title(content),
        decider=decider(content),
        basis=tuple(content["grounds"]),
        resolution="QUYẾT ĐỊNH:",
        blocks=tuple(_revoking(content) if revokes(content) else _awarding(content)),
        signature=signature(content),
        recipients=("Như Điều 3", "Lưu: VT"),
        annexes=() if alone else (lists.annex(content, refund=revokes(content)),),
        draft=not (number and content["date"] and content["signer"]),
    )


def _title(content) -> str:
    form = "; ".join(forms(content))
    if revokes(content):
        return f"Về việc hủy bỏ tặng {form},\nthu hồi hiện vật khen thưởng và tiền thưởng"
    return f"Về việc tặng {form}"


def _awarding(content):
    form = "; ".join(forms(content))
    yield Paragraph(f"Tặng {form} cho {_whom(content)}.", lead="Điều 1.")
    yield Paragraph(lists.money_sentence(content), lead="Điều 2.")
    yield Paragraph(
        "Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các cơ quan, đơn vị có liên quan và "
        f"{_concerned(content)} chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 3.",
    )


def _whom(content) -> str:
    lines = content["lines"]
    if len(lines) == 1:
        return ", ".join(part for part in (_one(lines[0]), _merit_of(lines[0])) if part)
    period = period_said(common(content, "period"))
    told = f"{kinds_said(content, counted=True)} {LISTED}, {merit(content)}"
    return f"{told}, thời gian lập thành tích: {period}" if period else told


def _one(line) -> str:
    person = line["recipient"] in ("person", "household")
    name = lowered(named(line)) if person else named(line)
    return ", ".join(part for part in (name, whereabouts(line)) if part)


def _merit_of(line) -> str:
    period = period_said(line["period"])
    period = f"thời gian lập thành tích: {period}" if period else ""
    achieved = told_of(line["achievement"]) if line["achievement"] else ""
    return ", ".join(part for part in (achieved, period) if part)


def _concerned(content) -> str:
    kinds = kinds_said(content, counted=False)
    return f"{kinds} có tên tại Điều 1"


def _revoking(content):
    form, lines = "; ".join(forms(content)), content["lines"]
    alone = len(lines) == 1
    whom = _one(lines[0]) if alone else f"{kinds_said(content, counted=True)} {LISTED}"
    reason = lowered(content["reason"].rstrip(". "))
    yield Paragraph(f"Hủy bỏ việc tặng {form} đối với {whom}. Lý do: {reason}.", lead="Điều 1.")
    yield Paragraph(_refund(content), lead="Điều 2.")
    yield Paragraph(
        "Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các cơ quan, đơn vị có liên quan và "
        f"{_concerned(content)} chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 3.",
    )


def _refund(content) -> str:
    found = total(content)
    told = "Thu hồi hiện vật khen thưởng và tiền thưởng đã nhận."
    if found is not None:
        into = f" vào {content['fund']}" if content["fund"] else ""
        told += f" Số tiền phải nộp lại{into} là {sum_said(found)}."
    return f"{told} {unknown_sums(content)}".strip()
