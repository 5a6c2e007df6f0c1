"""The words of a paper in the order of print: the one source of the Word and the PDF file.

Layout after NĐ 30/2020/NĐ-CP, Phụ lục I. ``content`` gives plain JSON values: numbers are
already words, blanks are already drawn, lists are already punctuated. What the makers of files
add is form only.
"""

from dataclasses import replace

from config.text import clean_line, clean_text
from reports.papers import model
from reports.papers.tables import table

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
LETTER = "CÔNG VĂN"
BLANK = "\N{NO-BREAK SPACE}" * 8
TEXT_WIDTH = 165  # mm: A4 less 30 left and 15 right
LANDSCAPE_WIDTH = 252  # mm, lying
HEAD_LEFT, HEAD_RIGHT = 64, 101  # mm: the two halves of the head
PEOPLES_BODIES = ("ỦY BAN NHÂN DÂN ", "HỘI ĐỒNG NHÂN DÂN ")
SNAPSHOT_SHOWN = 16


def content(paper: model.Paper) -> dict:
    """Everything that is printed, in reading order."""
    letter = paper.kind.upper() == LETTER
    return {
        "document": clean_line(f"{'' if letter else paper.kind} {paper.title}"),
        "author": clean_line(paper.body),
        "country": COUNTRY,
        "motto": MOTTO,
        **_issuer(paper),
        "number": _number(paper),
        "subject": f"V/v {clean_text(paper.title)}" if letter else "",
        "place_date": f"{clean_line(paper.place)}, {day(paper.date)}",
        "draft": DRAFT if paper.draft else "",
        "kind": "" if letter else clean_line(paper.kind).upper(),
        "title": "" if letter else clean_text(paper.title),
        "title_rule": 0 if letter else _rule(clean_text(paper.title), 14, TEXT_WIDTH),
        "addressees": _listed(paper.addressees),
        "decider": clean_text(paper.decider).upper(),
        "basis": _ended(paper.basis),
        "resolution": clean_line(paper.resolution),
        "blocks": blocks(paper.blocks),
        "signature": _signature(paper.signature),
        "left_signature": _signature(paper.left_signature),
        "recipients": _listed(paper.recipients, single=True),
        "annexes": _annexes(paper),
        "footer": _footer(paper),
        "landscape": paper.landscape,
    }


def day(moment) -> str:
    """“ngày 05 tháng 02 năm 2026”: days under 10, months 1 and 2 with a zero; None is blank."""
    if moment is None:
        return "ngày … tháng … năm …"
    month = f"{moment.month:02}" if moment.month <= 2 else str(moment.month)
    return f"ngày {moment.day:02} tháng {month} năm {moment.year}"


def roman(number: int) -> str:
    """1 → I, 4 → IV; appendices are counted so."""
    text = ""
    for value, letters in (
        *((100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
        *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        count, number = divmod(number, value)
        text += letters * count
    return text


def blocks(parts) -> list[dict]:
    """The body, block by block; heading levels never skip one, so that readers can navigate."""
    printed, level = [], 0
    for part in parts:
        if isinstance(part, model.Heading):
            level = max(1, min(part.level, level + 1, 3))
            part = replace(part, level=level)
        printed += _BLOCKS[type(part)](part)
    return printed


def _heading(part):
    return [{"kind": f"heading{part.level}", "text": clean_line(part.text)}]


def _paragraph(part):
    first, *others = clean_text(part.text).split("\n")
    opening = {"kind": "paragraph", "lead": clean_line(part.lead), "text": first}
    return [opening] + [{"kind": "paragraph", "lead": "", "text": t} for t in others if t.strip()]


def _bullets(part):
    return [{"kind": "bullet", "text": clean_line(item)} for item in part.items]


def _quote(part):
    lines = [words for words in clean_text(part.text).split("\n") if words.strip()]
    source = [{"kind": "source", "text": f"({clean_line(part.source)})"}] if part.source else []
    return [{"kind": "quote", "text": words} for words in lines] + source


def _table(part):
    return [{"kind": "table", **table(part)}]


def _chart(part):
    words = {
        "title": clean_text(part.title),
        "alt": clean_line(part.alt),
        "note": clean_text(part.note),
    }
    return [{"kind": "chart", **words, "spec": part.spec}]


_BLOCKS = {
    model.Heading: _heading,
    model.Paragraph: _paragraph,
    model.Bullets: _bullets,
    model.Quote: _quote,
    model.Table: _table,
    model.Chart: _chart,
}


def _issuer(paper):
    body = _head_lines(paper.body)
    return {
        "superior": _head_lines(paper.superior_body),
        "body": body,
        "body_rule": _rule(body, 13, HEAD_LEFT),
    }


def _head_lines(name):
    """Capitals; the people's bodies break before the name of their place, as is the custom."""
    capitals = clean_text(name).upper()
    for opening in PEOPLES_BODIES:
        if capitals.startswith(opening) and "\n" not in capitals:
            return f"{opening.strip()}\n{capitals.removeprefix(opening)}"
    return capitals


def _rule(text, size, room):
    """Length in mm of the line beneath: two fifths of the text (the decree: 1/3 to 1/2)."""
    points = max(_em(part) for part in text.split("\n")) * size
    return round(min(points * 25.4 / 72, room) * 0.4, 1)


def _em(text):
    """Estimated width of bold serif text in em, near enough for a line's length."""
    return sum(0.25 if c == " " else 0.72 if c.isupper() else 0.5 for c in text)


def _number(paper):
    number, symbol = clean_line(paper.number), clean_line(paper.symbol)
    if not symbol:
        return f"Số: {number}" if number else ""
    if number.isdecimal() and len(number) == 1:
        number = f"0{number}"
    return f"Số: {number}/{symbol}" if number else f"Số:{BLANK}/{symbol}"


def _bare(items):
    return [bare for item in items if (bare := clean_line(item).lstrip("-– ").rstrip(";., "))]


def _listed(items, *, single=False):
    """“A;” “B;” … “Z.”: each but the last ends with a semicolon. One alone stays bare."""
    bare = _bare(items)
    if len(bare) < 2 and not single:
        return bare
    return [f"{item};" for item in bare[:-1]] + [f"{item}." for item in bare[-1:]]


def _ended(items):
    """The basis: semicolons, a full stop at the end; an ending the author chose is kept."""
    grounds = [ground for item in items if (ground := clean_line(item))]
    last = len(grounds) - 1
    return [
        ground if ground[-1] in ";,.:" else ground + (";" if place < last else ".")
        for place, ground in enumerate(grounds)
    ]


def _signature(signature):
    if signature is None:
        return None
    return {
        "authority": clean_text(signature.authority).upper(),
        "post": clean_text(signature.post).upper(),
        "name": clean_line(signature.name),
    }


def _annexes(paper):
    several = len(paper.annexes) > 1
    return [
        {
            "label": f"Phụ lục {roman(place)}" if several else "Phụ lục",
            "title": clean_text(annex.title).upper(),
            "note": _enclosed(paper),
            "landscape": annex.landscape,
            "blocks": blocks(annex.blocks),
        }
        for place, annex in enumerate(paper.annexes, start=1)
    ]


def _enclosed(paper):
    number = _number(paper).removeprefix("Số:").strip(" ")
    kind = clean_line(paper.kind).capitalize()
    return f"(Kèm theo {kind} số {number} {day(paper.date)} của {clean_line(paper.body)})"


def _footer(paper):
    frozen = (
        f"Mã số liệu chốt: {clean_line(paper.snapshot)[:SNAPSHOT_SHOWN]}" if paper.snapshot else ""
    )
    return " – ".join(part for part in (DRAFT if paper.draft else "", frozen) if part)
