"""What waits for a member of a council: dossiers to read before a session, a vote that runs."""

from awards.session_page import sessions_to_read, sessions_to_vote
from config import clock
from config.text import vn_number
from reports.queries.task import Task


def council_tasks(user):
    """Sessions to vote in, and those to come with the number of dossiers to read."""
    for session in sessions_to_vote(user):
        yield _task("vote", session, "bỏ phiếu")
    for session in sessions_to_read(user):
        yield _task("read", session, f"đọc {vn_number(session.number)} hồ sơ", session.held_at)


def _task(kind, session, what, due=None):
    title = f"Phiên họp Hội đồng {clock.said(session.held_at)}: {what}"
    return Task(kind, title, session.council.name, session.get_absolute_url(), due)
