"""The lists of ``criteria`` as tables to take away: what each column says, and its values."""

from collections.abc import Iterable, Iterator

from config.columns import at, moment, of_unit, whose
from config.paging import streamed
from config.sheets import DECIMAL, INTEGER, YEAR, Column, Definition
from criteria.models import CriteriaSet, Ranking
from criteria.queries.rankings import tie_words
from criteria.queries.sets import Share, shares_of

SETS = Definition(
    title="Tiêu chí thi đua",
    columns=(
        Column("letter", "Nhóm", help="Chữ cái của nhóm ở mục III.1 của Kế hoạch.", width=8),
        Column("title", "Đối tượng", help="Đơn vị, người áp dụng bộ tiêu chí.", width=30),
        Column("version", "Phiên bản", INTEGER, help="Phiên bản của bộ tiêu chí.", width=10),
        Column("first_year", "Từ năm", YEAR, help="Năm đầu áp dụng.", grouped=False, width=8),
        Column("last_year", "Đến hết năm", YEAR, help="Trống: còn áp dụng.", grouped=False),
        Column("number", "Ý", INTEGER, help="Số thứ tự của tiêu chí.", width=6),
        Column("clause", "Điều khoản", help="Điều khoản của Kế hoạch.", width=16),
        Column("statement", "Tiêu chí", help="Nội dung.", width=60, multiline=True),
        Column("items", "Các ý kiểm", help="Các phần phải xem.", width=50, multiline=True),
        Column("kind", "Cách trả lời", help="Mức đạt, hoặc số liệu so với ngưỡng.", width=12),
        Column("evidence", "Minh chứng", help="Minh chứng cần có.", width=40, multiline=True),
        Column("required", "Bắt buộc minh chứng", help="Khi đạt hoặc đạt một phần.", width=12),
        Column("points", "Điểm tối đa", DECIMAL, help="Thang điểm của tỉnh; Kế hoạch không có."),
        Column("share", "Cách chia điểm", help="Ban TĐKT đặt, hoặc chia đều.", width=14),
    ),
)
RANKINGS = Definition(
    title="Các bảng xếp hạng",
    columns=(
        Column("period", "Kỳ", help="Kỳ báo cáo được xếp hạng.", width=26),
        Column("tier", "Nhóm đơn vị", help="Nhóm ở mục III.1 của Kế hoạch.", width=40),
        Column("block", "Cụm, khối", help="Trống: xếp cả nhóm.", width=26),
        Column("state", "Trạng thái", help="Dự thảo chỉ Ban TĐKT xem được.", width=14),
        Column("rule", "Xếp theo", help="Điểm Ban TĐKT chấm, hoặc số tiêu chí đạt.", width=20),
        *moment("computed", "Tính", "Lúc tính bảng."),
        *moment("published", "Công bố", "Lúc công bố; trống: chưa."),
    ),
)
RANKING = Definition(
    title="Xếp hạng",
    columns=(
        Column("place", "Hạng", INTEGER, help="Hạng được công nhận.", width=8),
        *whose(),
        Column("points", "Tổng điểm", DECIMAL, help="Trống: xếp theo số tiêu chí đạt."),
        Column("met", "Tiêu chí đạt", INTEGER, help="Số tiêu chí đạt.", width=10),
        Column("partly", "Đạt một phần", INTEGER, help="Số tiêu chí đạt một phần.", width=10),
        Column("on_time", "Nộp", help="Đúng hạn hay không đúng hạn.", width=16),
        Column("computed", "Hạng tính được", INTEGER, help="Trước quyết định của Ban TĐKT."),
        Column("tie", "Đồng hạng", help="Bằng nhau ở những gì.", width=50),
        Column("reason", "Lý do quyết định hạng", help="Vì sao Ban TĐKT đặt hạng.", width=40),
    ),
)


def set_rows(sets: Iterable[CriteriaSet]) -> Iterator[dict]:
    """The criteria of some sets, one row a criterion, with their maximum points."""
    for one in sets:
        for share in shares_of(one):
            yield _criterion(one, share)


def _criterion(one: CriteriaSet, share: Share) -> dict:
    row = share.criterion
    return {
        "letter": one.letter,
        "title": one.title,
        "version": one.version,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "number": row.number,
        "clause": row.clause,
        "statement": row.statement,
        "items": "\n".join(item.statement for item in row.items.all()),
        "kind": row.get_kind_display(),
        "evidence": row.evidence_hint,
        "required": "có" if row.evidence_required else "không",
        "points": share.points,
        "share": "chia đều" if share.equal else "Ban TĐKT đặt",
    }


def ranking_list_rows(rankings) -> Iterator[dict]:
    """The rankings of a list."""
    for one in streamed(rankings):
        yield {
            "period": one.period.title,
            "tier": one.get_tier_display(),
            "block": one.block.name if one.block else "",
            "state": one.get_state_display(),
            "rule": "điểm Ban TĐKT chấm" if one.scored else "số tiêu chí đạt",
            **at("computed", one.computed_at),
            **at("published", one.published_at),
        }


def ranking_rows(ranking: Ranking, rows) -> Iterator[dict]:
    """A ranking's rows in their order, with ties and decisions explained."""
    for row in streamed(rows):
        yield {
            "place": row.final_place,
            "points": row.points if ranking.scored else None,
            "met": row.met,
            "partly": row.partly,
            "on_time": "đúng hạn" if row.on_time else "không đúng hạn",
            "computed": row.place,
            "tie": tie_words(ranking, row),
            "reason": row.reason,
            **of_unit(row.unit),
        }
