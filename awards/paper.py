"""The paper ballots of a session as entered."""

import hashlib

from awards.models import Session


def paper_mark(session: Session) -> str:
    """What was entered, to tell whether somebody wrote since a form or a page was opened."""
    at = session.paper_at.timestamp() if session.paper_at else ""
    told = [f"{session.paper_by_id} {at}"]
    told += map(str, session.seats.filter(on_paper=True).order_by("pk").values_list("pk"))
    counts = session.cases.order_by("pk")
    told += map(str, counts.values_list("pk", "paper_for", "paper_against", "paper_invalid"))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
