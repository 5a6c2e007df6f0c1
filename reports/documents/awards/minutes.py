"""Biên bản họp Hội đồng, from what ``awards.minutes`` froze: who was there, votes, verdicts."""

from datetime import datetime

from config.text import VIETNAM, clean_line, clean_text
from reports.documents.issuing import COMMITTEE, running
from reports.papers.model import (
    Annex,
    Bullets,
    Column,
    Heading,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from units.kinds import TERRITORIES

VERDICTS = {True: "Thông qua", False: "Không thông qua", None: "Hội đồng kết luận"}
GROUPS = (
    ("present", "Có mặt"),
    ("written", "Vắng mặt, cho ý kiến bằng văn bản"),
    ("absent", "Vắng mặt"),
)


def collect(minutes: dict, place: str) -> Paper:
    """The paper; a draft until the votes are counted. ``place`` is the địa danh of the council."""
    closed = bool(minutes["closed"])
    return Paper(
        superior_body=_superior(minutes["unit"]),
        body=minutes["council"],
        symbol="BB-HĐTĐKT",
        place=place,
        date=datetime.fromisoformat(minutes["held_at"]).astimezone(VIETNAM).date(),
        kind="Biên bản",
        title=f"Họp {minutes['council']}\nvề việc xét: {minutes['round']}",
        blocks=tuple(_blocks(minutes)),
        signature=Signature("Chủ trì", minutes["chair"]),
        left_signature=Signature("Thư ký", minutes["secretary"]),
        recipients=("Thành viên Hội đồng", "Lưu: VT, hồ sơ khen thưởng"),
        annexes=(Annex("Kết quả bỏ phiếu", (table(minutes),), landscape=True),),
        draft=not closed,
    )


def _superior(unit: str) -> str:
    return (
        f"{COMMITTEE} {running(unit)}" if running(unit).partition(" ")[0] in TERRITORIES else unit
    )


def _blocks(minutes):
    yield Heading(1, "I. THỜI GIAN, ĐỊA ĐIỂM")
    yield Paragraph(f"Hội đồng họp từ {minutes['held']}, tại {clean_line(minutes['place'])}.")
    yield Heading(1, "II. THÀNH PHẦN")
    yield from _attendance(minutes)
    yield Heading(1, "III. NỘI DUNG")
    yield Paragraph(clean_text(minutes["agenda"]) or f"Xét khen thưởng: {minutes['round']}.")
    yield Heading(1, "IV. KẾT QUẢ BỎ PHIẾU")
    yield from _results(minutes)
    yield Heading(1, "V. KẾT LUẬN")
    yield from _conclusion(minutes)


def _attendance(minutes):
    yield Paragraph(
        f"Chủ trì: {minutes['chair'] or '…'}. Thư ký: {minutes['secretary'] or '…'}. Tổng số thành "
        f"viên Hội đồng: {minutes['members']:02}; {minutes['quorum']}."
    )
    for name, label in GROUPS:
        people = minutes[name]
        if people:
            yield Paragraph(f"{label}: {len(people):02} thành viên")
            yield Bullets(tuple(_member(person) for person in people))


def _member(person) -> str:
    return ", ".join(part for part in (person["name"], person["position"], person["post"]) if part)


def _results(minutes):
    cases = minutes["cases"]
    yield Paragraph(
        f"Hội đồng xét {len(cases):02} trường hợp; {minutes['voters']:02} thành viên tham gia bỏ "
        "phiếu. Số phiếu, tỷ lệ của từng trường hợp ghi tại Phụ lục kèm theo Biên bản này."
    )
    rules = dict.fromkeys(_rule(case) for case in cases if case["rule"])
    if rules:
        yield Paragraph("Quy định về tỷ lệ phiếu:")
        yield Bullets(tuple(rules))
    recusals = tuple(
        f"{recusal['name']} không bỏ phiếu đối với {case['name']}: {recusal['reason']}"
        for case in cases
        for recusal in case["recusals"]
    )
    if recusals:
        yield Paragraph("Thành viên không tham gia bỏ phiếu:")
        yield Bullets(recusals)


def _rule(case) -> str:
    return f"{case['form']}: {case['rule']} ({case['rule_clause'] or 'chưa có căn cứ'})"


def _conclusion(minutes):
    counted = [case for case in minutes["cases"] if case["counted"]]
    if not counted:
        yield Paragraph("Chưa kiểm phiếu.")
        return
    passed = [case for case in counted if case["passed"]]
    yield Paragraph(
        f"Hội đồng thông qua {len(passed):02}/{len(counted):02} trường hợp đề nghị khen thưởng."
    )
    if len(passed) < len(counted):
        yield Paragraph("Các trường hợp không được thông qua:")
        yield Bullets(tuple(_named(case) for case in counted if not case["passed"]))
    concluded = tuple(
        f"{_named(case)}: {case['conclusion']}" for case in counted if case["conclusion"]
    )
    if concluded:
        yield Paragraph("Kết luận riêng của Hội đồng:")
        yield Bullets(concluded)
    end = f" lúc {minutes['closed']}" if minutes["closed"] else ""
    yield Paragraph(f"Hội đồng bỏ phiếu, kiểm phiếu xong{end}. Biên bản được thông qua./.")


def _named(case) -> str:
    return f"{case['name']} ({case['form']})"


def table(minutes: dict) -> Table:
    """Case by case: votes, of how many members, what was needed, share, verdict."""
    columns = (
        Column("STT", "order", width=5),
        Column("Người, tập thể được xét", width=24),
        Column("Hình thức", width=18),
        Column("Đồng ý", "int", "Số phiếu", width=8),
        Column("Không đồng ý", "int", "Số phiếu", width=8),
        Column("Không hợp lệ", "int", "Số phiếu", width=8),
        Column("Số thành viên để tính", "int", width=9, meaning="Mẫu số của tỷ lệ"),
        Column("Số phiếu cần", "int", width=8),
        Column("Tỷ lệ", width=9, meaning="Phiếu đồng ý trên số thành viên để tính"),
        Column("Kết quả", width=22, meaning="Kết quả và cách tính"),
    )
    return Table("", columns, tuple(_row(case) for case in minutes["cases"]))


def _row(case):
    whom = ", ".join(part for part in (case["name"], case["post"], case["address"]) if part)
    opening = (case["position"], whom, case["form"])
    if not case["counted"]:
        return (*opening, None, None, None, None, None, "", "Chưa kiểm phiếu")
    votes = (case["for"], case["against"], case["invalid"], case["base"], case["needed"])
    told = "\n".join(part for part in (VERDICTS[case["passed"]], case["verdict"]) if part)
    return (*opening, *votes, case["percent"], told)
