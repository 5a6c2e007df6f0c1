"""Báo cáo thành tích of a dossier: who, what they did, how they judge themselves, who confirms.

Made of the plain values that ``reports.queries.award_papers.achievement_of`` collects.
"""

from itertools import groupby

from config.text import clean_line, clean_text, fold
from reports.documents.awards.reading import body, lowered, superior
from reports.papers.model import Bullets, Column, Heading, Paper, Paragraph, Signature, Table

DASHES = ("-", "–", "+", "•")
WRITERS = {"person": "Người báo cáo thành tích", "household": "Đại diện hộ gia đình"}
CONFIRMING = {
    "person": "Xác nhận của thủ trưởng đơn vị,\ncấp trình",
    "household": "Xác nhận của Ủy ban nhân dân cấp xã,\ncấp trình",
}


def collect(told: dict) -> Paper:
    """The report; a draft while the dossier has not been sent."""
    return Paper(
        body=body(told),
        superior_body=superior(told),
        symbol="",
        place=told["place"],
        kind="Báo cáo thành tích",
        title=f"Đề nghị tặng {told['form']}\n(Thành tích {told['period']})",
        blocks=tuple(_blocks(told)),
        signature=Signature(WRITERS.get(told["recipient"], "Thủ trưởng đơn vị")),
        left_signature=Signature(CONFIRMING.get(told["recipient"], "Xác nhận của cấp trình")),
        draft=told["draft"],
    )


def _blocks(told):
    yield head(told)
    for heading, parts in groupby(told["parts"], key=lambda part: part["heading"]):
        yield Heading(1, heading.upper())
        several = list(parts)
        for place, part in enumerate(several, start=1):
            if len(several) > 1 or fold(part["title"]) not in fold(heading):
                yield Heading(2, f"{place}. {part['title']}" if len(several) > 1 else part["title"])
            yield from _text(part["text"])
    if told["criteria"]:
        yield Heading(1, "TỰ ĐÁNH GIÁ THEO TIÊU CHÍ")
        yield criteria(told)


def head(told: dict) -> Table:
    """Who is proposed for what, by whom."""
    rows = (
        ("Tên, họ và tên", told["name"]),
        ("Đối tượng", told["recipient_label"]),
        ("Chức vụ, nghề nghiệp", told["post"]),
        ("Đơn vị, địa chỉ", told["address"]),
        ("Hình thức đề nghị", told["form"]),
        ("Loại khen thưởng", told["award_type"]),
        ("Đợt khen thưởng", told["round"]),
        ("Thời gian lập thành tích", told["period"]),
        ("Đơn vị đề nghị", told["unit"]),
        ("Thành tích đề nghị ghi", told["achievement"]),
    )
    columns = (Column("Nội dung", width=30), Column("Thông tin", width=70))
    return Table("", columns, tuple(row for row in rows if row[1]))


def _text(written: str):
    """Free text as paragraphs; lines that open with a dash are points."""
    lines = [line.strip() for line in clean_text(written).splitlines() if line.strip()]
    for dashed, group in groupby(lines or ["(Chưa có nội dung.)"], key=_is_point):
        if dashed:
            yield Bullets(tuple(line.lstrip("-–+• ") for line in group))
        else:
            yield from (Paragraph(line) for line in group)


def _is_point(line) -> bool:
    return line.startswith(DASHES)


def criteria(told: dict) -> Table:
    """The answers to the criteria of the candidate's group, year by year where there are many."""
    periods = any(row["period"] for row in told["criteria"])
    columns = (
        *((Column("Kỳ", width=12),) if periods else ()),
        Column("Điều khoản", width=12),
        Column("Tiêu chí", width=36),
        Column("Mức đạt", width=14),
        Column("Diễn giải", width=26),
    )
    rows = tuple(
        (
            *((row["period"],) if periods else ()),
            row["clause"],
            row["statement"],
            lowered(clean_line(row["said"])),
            clean_text(row["explanation"]),
        )
        for row in told["criteria"]
    )
    return Table("", columns, rows)
