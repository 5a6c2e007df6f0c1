"""Whether a dossier may go on past its findings: rules (nomination, note, now) of ``awards.steps``.

The act that moves several judges them together first (``judge_together``): then a rule asks
nothing of the database.
"""

from awards.eligibility import standings_of
from awards.eligibility.finding import APPRAISE, Standing
from awards.kinds import Severity
from awards.ranked import Ranks, departures
from config import clock

JUDGED = ("submit", "appraise", "post", "table")
FEW = 5
"""More better placed units than this are counted, not named."""


def judge_together(rows, name: str, now) -> None:
    """Work out once, for all that move by one act, what the rules of the step ask of each."""
    if name in JUDGED:
        found = standings_of(rows, today=clock.day_of(now))
        for row in rows:
            row.standings = found[row.pk]
    if name == "appraise":
        left_out = departures(rows, Ranks(rows), together=rows)
        for row in rows:
            row.left_out = left_out.get(row.pk, [])


def _standings(nomination, now) -> list[Standing]:
    known = getattr(nomination, "standings", None)
    if known is None:
        known = standings_of([nomination], today=clock.day_of(now))[nomination.pk]
    return known


def _told(standings) -> str | None:
    return " ".join(each.finding.in_words for each in standings) or None


def nothing_blocks(nomination, note, now):
    """What the law forbids outright is not sent."""
    return _told(
        each
        for each in _standings(nomination, now)
        if each.unresolved
        and each.finding.severity == Severity.BLOCK
        and each.finding.before == APPRAISE
    )


def findings_resolved(nomination, note, now):
    """Whoever appraises has mended, decided or waited for everything that stops."""
    return _told(
        each
        for each in _standings(nomination, now)
        if each.unresolved and each.finding.before == APPRAISE
    )


def departure_explained(nomination, note, now):
    """The board says why a better placed unit of the same ranking is left out."""
    left_out = getattr(nomination, "left_out", None)
    if left_out is None:
        left_out = departures([nomination], Ranks([nomination]), together=[nomination]).get(
            nomination.pk, []
        )
    pending = getattr(nomination, "pending", None)
    if not left_out or (pending and pending.departure.strip()):
        return None
    return (
        f"Khác bảng xếp hạng: {in_short(left_out)}. Ghi kết luận thẩm định kèm lý do khác bảng "
        "xếp hạng rồi áp dụng."
    )


def in_short(left_out: list[str]) -> str:
    """The first better placed units that were left out, and how many more."""
    more = len(left_out) - FEW
    return "; ".join(left_out[:FEW]) + (f"; và {more} đơn vị khác" if more > 0 else "")
