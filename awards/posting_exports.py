"""Public lists as tables to take away: the lists, and the lines of one with what people said."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from awards.models import Posting
from awards.posting_page import PostingPage
from config.columns import at, moment, of_unit, whose
from config.paging import streamed
from config.sheets import DATE, INTEGER, NAME, Column, Definition

POSTINGS = Definition(
    title="Danh sách công khai",
    columns=(
        Column("round", "Đợt khen thưởng", help="Tên đợt.", width=40),
        *whose("unit", "đơn vị", "Đơn vị tổ chức đợt"),
        Column("opens", "Công khai từ ngày", DATE, help="Ngày đầu.", width=13),
        Column("closes", "Công khai đến hết ngày", DATE, help="Ngày cuối.", width=13),
        Column("taken_down_on", "Gỡ ngày", DATE, help="Trống: không gỡ trước hạn.", width=13),
        Column("size", "Số hồ sơ", INTEGER, help="Số hồ sơ trong danh sách."),
        Column("waiting", "Ý kiến chưa xem xét", INTEGER, help="Số ý kiến còn phải trả lời."),
    ),
)
OPINIONS = Definition(
    title="Ý kiến về danh sách công khai",
    columns=(
        Column("name", "Tên", NAME, help="Như đã công khai.", width=32),
        Column("place", "Đơn vị", help="Trống: tập thể.", width=30),
        Column("form", "Hình thức đề nghị", help="Như đã công khai.", width=40),
        Column("state", "Hồ sơ hiện nay", help="Trạng thái của hồ sơ.", width=20),
        *moment("received", "Nhận ý kiến", help="Trống: chưa có ý kiến."),
        Column("who", "Người góp ý", NAME, help="Trống: chưa có ý kiến.", width=28),
        Column("contact", "Liên hệ", help="Điện thoại hoặc thư điện tử.", width=24),
        Column("text", "Nội dung góp ý", help="Nguyên văn.", width=60, multiline=True),
        Column("outcome", "Kết quả xem xét", help="Trống: chưa xem xét.", width=24),
        Column("answer", "Nội dung trả lời", help="Nguyên văn.", width=60, multiline=True),
    ),
)


def posting_rows(postings: Iterable[Posting]) -> Iterator[dict]:
    """One row a list, in the order of the page."""
    told = ("opens", "closes", "taken_down_on", "size", "waiting")
    for posting in streamed(postings):
        yield {
            "round": posting.round.title,
            **of_unit(posting.round.unit),
            **{name: getattr(posting, name) for name in told},
        }


def opinion_rows(page: PostingPage) -> Iterator[dict]:
    """One row an opinion; a line without any stands once."""
    given = defaultdict(list)
    for opinion in page.opinions:
        given[opinion.line_id].append(opinion)
    for line in page.lines:
        of_line = {name: getattr(line, name) for name in ("name", "place", "form")}
        of_line["state"] = line.nomination.get_state_display()
        for opinion in given[line.pk] or [None]:
            yield of_line | _said(opinion)


def _said(opinion) -> dict:
    return {
        **at("received", opinion.received_at if opinion else None),
        "who": opinion.name if opinion else "",
        "contact": opinion.contact if opinion else "",
        "text": opinion.text if opinion else "",
        "outcome": opinion.get_outcome_display() if opinion else "",
        "answer": opinion.answer if opinion else "",
    }
