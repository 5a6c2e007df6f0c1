"""Councils as tables to take away: sessions, members, the cases of a session with their results."""

from collections.abc import Iterable, Iterator

from awards.models import CouncilMember, Session
from config.columns import at, moment, of_unit, whose
from config.paging import streamed
from config.sheets import DATE, INTEGER, NAME, Column, Definition

SESSIONS = Definition(
    title="Phiên họp Hội đồng",
    columns=(
        Column("council", "Hội đồng", help="Tên Hội đồng.", width=44),
        *whose("unit", "đơn vị", "Đơn vị"),
        Column("round", "Đợt khen thưởng", help="Đợt có hồ sơ được xét.", width=40),
        *moment("held", "Họp", help="Ngày họp."),
        Column("place", "Địa điểm", help="Nơi họp.", width=30),
        Column("cases", "Số hồ sơ", INTEGER, help="Số hồ sơ đưa ra phiên họp."),
        Column("state", "Trạng thái", help="Đã triệu tập, đang bỏ phiếu, đã kiểm phiếu."),
    ),
)
MEMBERS = Definition(
    title="Thành viên Hội đồng",
    columns=(
        Column("name", "Họ và tên", NAME, help="Thành viên.", width=28),
        Column("position", "Chức vụ", help="Chức vụ ở cơ quan.", width=36),
        Column("post", "Chức danh trong Hội đồng", help="Theo quyết định cử.", width=24),
        Column("starts", "Từ ngày", DATE, help="Ngày đầu.", width=13),
        Column("ends", "Hết từ ngày", DATE, help="Trống: chưa thôi.", width=13),
        Column("basis", "Quyết định cử", help="Số, ngày.", width=36),
        Column("account", "Có tài khoản", help="Có: bỏ phiếu trên cổng được.", width=12),
    ),
)
CASES = Definition(
    title="Hồ sơ trong phiên họp",
    columns=(
        Column("position", "Số", INTEGER, help="Thứ tự trong chương trình."),
        Column("name", "Đối tượng", NAME, help="Tên ghi trong quyết định.", width=32),
        Column("form", "Hình thức đề nghị", help="Hình thức.", width=40),
        Column("proposer", "Đơn vị đề nghị", help="Đơn vị trình.", width=30),
        Column("recused", "Không bỏ phiếu", INTEGER, help="Số thành viên không bỏ phiếu."),
        Column("votes_for", "Đồng ý", INTEGER, help="Trống: chưa kiểm phiếu."),
        Column("votes_against", "Không đồng ý", INTEGER, help="Trống: chưa kiểm phiếu."),
        Column("votes_invalid", "Không hợp lệ", INTEGER, help="Trống: chưa kiểm phiếu."),
        Column("verdict", "Kết quả", help="Số phiếu, số cần có và căn cứ.", width=80),
    ),
)


def session_rows(sessions: Iterable[Session]) -> Iterator[dict]:
    """One row a session, in the order of the list."""
    for session in streamed(sessions):
        yield {
            "council": session.council.name,
            **of_unit(session.council.unit),
            "round": session.round.title,
            **at("held", session.held_at),
            "place": session.place,
            "cases": session.number,
            "state": session.get_state_display(),
        }


def member_rows(members: Iterable[CouncilMember]) -> Iterator[dict]:
    for member in members:
        yield {
            **{name: getattr(member, name) for name in ("name", "position", "starts", "ends")},
            "post": member.get_post_display(),
            "basis": member.basis,
            "account": "có" if member.user_id else "không",
        }


def case_rows(session: Session) -> Iterator[dict]:
    """The cases of a session; results once it is closed."""
    for case in session.cases.all():
        nomination = case.nomination
        votes = ("votes_for", "votes_against", "votes_invalid")
        yield {
            "position": case.position,
            "name": nomination.name,
            "form": str(nomination.form),
            "proposer": nomination.proposer.name,
            "recused": len(case.recusals.all()),
            **{name: getattr(case, name) for name in votes},
            "verdict": case.verdict,
        }
