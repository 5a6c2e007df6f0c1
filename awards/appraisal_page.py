"""The appraisal as pages show it: the queue with its findings, and one dossier's panel."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from awards import permissions
from awards.appraisal_rules import in_short
from awards.eligibility import Standing, standings_of
from awards.eligibility.gathering_law import laws_for
from awards.kinds import Severity, Verdict
from awards.models import Nomination, PendingVerdict
from awards.ranked import Rank, Ranks, departures
from awards.states import NominationState
from config import clock
from units.kinds import Kind, Role

MARKS = {Severity.BLOCK: "C", Severity.HOLD: "Q", Severity.WARN: "L"}
"""The letter of each severity in a list: chặn, cần quyết định, lưu ý."""
TONES = {Severity.BLOCK: "danger", Severity.HOLD: "warning", Severity.WARN: "info"}
WAITING = (NominationState.SUBMITTED, NominationState.APPRAISED)


def queue_for(user) -> QuerySet[Nomination]:
    """What lies at the user's desk: waiting there, or appraised and not yet before the council."""
    led = user.units_as(Role.LEADER)
    at_desk = Q(desk__in=[*led, *user.taken_over()] if led else [])
    at_desk &= ~Q(desk__kind=Kind.PROVINCE)
    if Role.BOARD in user.role_names():
        at_desk |= Q(desk__kind=Kind.PROVINCE)
    rows = Nomination.objects.filter(at_desk, state__in=WAITING)
    return rows.select_related(
        "offer__form", "offer__round__unit", "unit__parent", "proposer", "desk", "pending"
    ).order_by("offer__round", "offer__form__position", "sort_key", "pk")


@dataclass(frozen=True)
class Line:
    """One dossier of the queue beside what is found about it."""

    nomination: Nomination
    standings: list[Standing]
    rank: Rank | None
    left_out: list[str] = field(default_factory=list)

    @property
    def pending(self) -> PendingVerdict | None:
        return getattr(self.nomination, "pending", None)

    @property
    def marks(self) -> list[tuple[str, str, str]]:
        """Letter with number, words and tone of what is not settled, the weightiest first."""
        open_ones = [each.finding.severity for each in self.standings if each.override is None]
        return [
            (f"{letter}{n}", f"{n} {severity.label}", TONES[severity])
            for severity, letter in MARKS.items()
            if (n := open_ones.count(severity))
        ]

    @property
    def marks_in_words(self) -> str:
        return "; ".join(words for _, words, _ in self.marks)

    @property
    def goes_first(self) -> bool:
        return any(each.finding.code == "women" for each in self.standings)


def lines_of(rows: list[Nomination]) -> list[Line]:
    """The rows of one page with their findings and ranks; queries do not grow with them."""
    today, ranks = clock.today(), Ranks(rows)
    found = standings_of(rows, today=today)
    left_out = departures(rows, ranks, together=passing_with(rows))
    return [Line(row, found[row.pk], ranks.of(row), left_out.get(row.pk, [])) for row in rows]


def passing_with(rows) -> list[Nomination]:
    """What waits to pass in the same rounds, so that it is not told as left out."""
    rounds = {row.offer.round_id for row in rows}
    return list(Nomination.objects.filter(pending__verdict=Verdict.PASS, offer__round__in=rounds))


def pending_for(user) -> list[Nomination]:
    """The dossiers at the user's desk that have a verdict to be applied."""
    return list(queue_for(user).filter(pending__isnull=False, state=NominationState.SUBMITTED))


# One dossier


@dataclass(frozen=True)
class Item:
    """One document of the checklist: what is asked, and how it stands."""

    label: str
    copies: int | None
    required: bool
    clause: str
    state: str
    tone: str


@dataclass(frozen=True)
class AppraisalPage:
    """Everything that one appraisal shows."""

    nomination: Nomination
    line: Line
    items: list[Item]
    law: str
    looks_into: bool
    decides: bool
    judges: bool

    @property
    def standings(self) -> list[Standing]:
        return self.line.standings

    @property
    def left_out(self) -> str:
        return in_short(self.line.left_out)


def findings_for_page(nomination: Nomination, user) -> AppraisalPage:
    """The findings of one dossier with what the user may do about them."""
    [line] = lines_of([nomination])
    law = laws_for([nomination], clock.today()).of(nomination)
    may = {
        "looks_into": permissions.looks_into(user, nomination) is None,
        "decides": permissions.decides_on_findings(user, nomination) is None,
        "judges": nomination.state == NominationState.SUBMITTED
        and permissions.desk_of_others(user, nomination) is None,
    }
    attached = set(nomination.files.attached().values_list("document", flat=True))
    items = [_item(paper, attached) for paper in law.papers]
    return AppraisalPage(nomination, line, items, law.name, **may)


def _item(paper, attached) -> Item:
    if paper.document in attached:
        state, tone = "đã đính kèm", "success"
    elif paper.written_here:
        state, tone = "cổng in từ hồ sơ", "info"
    elif paper.required:
        state, tone = "còn thiếu", "danger"
    else:
        state, tone = "không có (không bắt buộc)", "neutral"
    return Item(paper.label, paper.copies, paper.required, paper.clause, state, tone)
