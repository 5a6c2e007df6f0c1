"""The parts that people wrote: the three texts of the summary, and what units wrote."""

from reports.documents.summary.reading import heading_titles, lower, span, tier_name
from reports.papers.model import Bullets, Heading, Paragraph, Quote

DASHES = ("-", "–", "+", "•")
EMPTY = "(Chưa có nội dung.)"


def text(written: str):
    """Free text as paragraphs; lines that open with a dash are points."""
    points = []
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    for line in lines or [EMPTY]:
        if line.startswith(DASHES):
            points.append(line.lstrip("-–+• "))
            continue
        if points:
            yield Bullets(tuple(points))
            points = []
        yield Paragraph(line)
    if points:
        yield Bullets(tuple(points))


def situation(snapshot):
    """Who takes part, who leads, from what the figures come; then the assessment."""
    yield Paragraph(_taking_part(snapshot))
    yield Paragraph(_sources(snapshot))
    yield from text(snapshot["texts"]["assessment"])


def _taking_part(snapshot) -> str:
    issuer, rows = snapshot["issuer"], snapshot["completeness"]
    drafter = f" Đơn vị chủ trì tổng hợp: {issuer['drafter']}." if issuer["drafter"] else ""
    if not rows:
        return f"Phong trào được triển khai trên địa bàn {issuer['province']}.{drafter}"
    newest = rows[-1]
    counts = ", ".join(
        f"{tier['expected']} {lower(tier_name(tier['tier']))}"
        for tier in newest["tiers"]
        if tier["expected"]
    )
    return (
        f"Năm {newest['year']}, đơn vị thuộc diện báo cáo kết quả phong trào trên địa bàn "
        f"{issuer['province']} gồm: {counts}.{drafter}"
    )


def _sources(snapshot) -> str:
    received = len(snapshot["sources"])
    stages = ", ".join(
        f"năm {year['year']} ({year['stage_label']})"
        for year in snapshot["poverty"]
        if year["stage"]
    )
    review = f"; kết quả rà soát hộ nghèo {stages}" if stages else ""
    return (
        f"Số liệu {span(snapshot)} được tổng hợp từ {received} báo cáo đã được nhận của các đơn "
        f"vị{review}. Báo cáo của cấp huyện đã gồm số của cấp xã nên mỗi địa bàn chỉ tính một lần."
    )


def voices(snapshot):
    """Chosen passages under the headings they were written for, each with its source."""
    if not snapshot["passages"]:
        yield Paragraph("Kỳ này không chọn đoạn trích từ báo cáo của đơn vị.")
        return
    titles, last, place = heading_titles(snapshot), None, 0
    for passage in _by_heading(snapshot["passages"]):
        number = passage["section_code"].split("-")[0]
        if number != last:
            place += 1
            yield Heading(2, f"{place}. {titles.get(number, passage['section'])}")
            last = number
        yield Quote(passage["text"], f"{passage['unit']}, {passage['period']}")


def _by_heading(passages):
    """Passages of one heading together; headings by the place of their first passage."""
    first = {}
    for place, passage in enumerate(passages):
        first.setdefault(passage["section_code"].split("-")[0], place)
    return sorted(passages, key=lambda passage: first[passage["section_code"].split("-")[0]])
