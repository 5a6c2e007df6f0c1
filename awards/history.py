"""The honours of a subject across reorganisations, for the rules about earlier awards.

A subject is a unit, or a person or household known by name and unit. A unit's history is what it
received and what it was before received; a person's what stands under that name where the unit
and what carried it on lie. What only people can tell is marked with the doubt.
"""

from collections import deque
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from awards.kinds import AwardType, Recipient
from awards.models import Honour
from awards.names import name_key
from config.text import vn_date
from units.boundaries import links_from
from units.models import Household, Person, Succession, Unit, User, path_below

Way = Succession.Way
HOW = {
    Way.MERGE: "sáp nhập vào",
    Way.SPLIT: "chia tách, một phần về",
    Way.RENAME: "đổi tên, đổi loại thành",
    Way.TRANSFER: "chuyển cấp trên, tiếp tục là",
    Way.DISSOLVE: "kết thúc hoạt động, giao lại cho",
}
IN_PART = "Đơn vị cũ được chia tách, chỉ một phần về đơn vị này."
OTHER_NAME = "Tên trong quyết định không phải tên đơn vị."
ELSEWHERE = "Trùng tên ở đơn vị khác trong cùng địa bàn."


class Subject(NamedTuple):
    """Who is honoured; ``key`` is the folded name of a person or household, "" for a unit."""

    unit: Unit
    recipients: tuple[str, ...]
    key: str = ""


class Passage(NamedTuple):
    """A unit tied to the subject's by successions; ``link`` is the one next to it.

    ``part``: a split lies in between.
    """

    unit: Unit
    link: Succession | None = None
    part: bool = False

    @property
    def words(self) -> str:
        """How this unit is tied to the next one, on what basis; "" for the subject's own."""
        if (link := self.link) is None:
            return ""
        return (
            f"{link.predecessor.name} {HOW[Way(link.way)]} {link.successor.name} từ "
            f"{vn_date(link.date)} ({link.basis})"
        )


class Entry(NamedTuple):
    """An honour in a history; without ``passage`` it stands at a unit elsewhere.

    ``doubt`` says why people must look whether it is the subject's.
    """

    honour: Honour
    passage: Passage | None
    doubt: str = ""

    @property
    def sure(self) -> bool:
        return not self.doubt

    @property
    def inherited(self) -> bool:
        """Whether it came by a reorganisation."""
        return self.passage is not None and self.passage.link is not None


class NextPeriod(NamedTuple):
    """From when the next achievement counts, with both dates to show."""

    honour: Honour
    achieved_until: date | None
    """The last day of the achievement that the previous decision states, if it states one."""

    @property
    def decided_on(self) -> date:
        return self.honour.decided_on

    @property
    def starts(self) -> date:
        return self.achieved_until or self.decided_on


def subject_of(whom) -> Subject:
    """A unit, person, household, or what names ``recipient``, ``name`` and ``unit`` as an honour

    does, on file or not.
    """
    if isinstance(whom, Unit):
        return Subject(whom, Recipient.OPEN)
    if isinstance(whom, Person):
        return _named(whom.unit, Recipient.PERSON, whom.name)
    if isinstance(whom, Household):
        return _named(whom.unit, Recipient.HOUSEHOLD, whom.head)
    if whom.recipient in Recipient.OPEN:
        return Subject(whom.unit, Recipient.OPEN)
    return _named(whom.unit, whom.recipient, whom.name)


def _named(unit: Unit, recipient: str, name: str) -> Subject:
    return Subject(unit, (recipient,), name_key(name, recipient))


def history_of(whom, *, user: User | None = None) -> list[Entry]:
    """The subject's honours, the newest first, as far as the user may see them; None: all.

    Of a unit: its own and those of the units of its kind that went over into it, a split one
    only in part. Of a person or household: those of the same name at the unit, what it was and
    what it became; and, to be looked at, elsewhere in the same district or commune. Three queries
    beside those of the user's scope.
    """
    subject = subject_of(whom)
    passages = Ways(Unit.objects.filter(pk=subject.unit.pk), named=bool(subject.key)).of(subject)
    rows = Honour.objects.all() if user is None else Honour.objects.visible_to(user)
    rows = rows.filter(_within(subject, passages), recipient__in=subject.recipients)
    rows = rows.select_related("form", "unit__parent").order_by("-decided_on", "-pk")
    return [_entry(subject, row, passages.get(row.unit_id)) for row in rows]


def doubt_of(subject: Subject, honour, passage: Passage | None, unit_key: str) -> str:
    """Why people must look whether an honour is the subject's; "" when it surely is.

    ``unit_key`` is the key of the name of the unit where it stands.
    """
    if passage is None:
        return ELSEWHERE
    if passage.part:
        return IN_PART
    return OTHER_NAME if not subject.key and honour.name_key != unit_key else ""


def _entry(subject: Subject, honour: Honour, passage: Passage | None) -> Entry:
    unit_key = name_key(honour.unit.name, honour.recipient)
    return Entry(honour, passage, doubt_of(subject, honour, passage, unit_key))


def _within(subject: Subject, passages: dict[int, Passage]) -> Q:
    """Where the honours stand; a name also within the areas of the units passed through."""
    found = Q(unit__in=list(passages))
    if subject.key:
        for area in areas_of(passages):
            found |= path_below(area, "unit__path")
        found &= Q(name_key=subject.key)
    return found


def areas_of(passages: dict[int, Passage]) -> set[str]:
    """The paths within which the same name is to be looked at."""
    return {_area(passage.unit) for passage in passages.values()} - {""}


def _area(unit: Unit) -> str:
    """The path of the district, or of the commune where there are no districts; "" for a province

    itself, in which the same name tells nothing.
    """
    keys = unit.path.split("/")[:2]
    return "/".join(keys) + "/" if all(keys) else ""


class Ways:
    """How units went over into one another, read once for many subjects.

    ``starts`` are the units of the subjects; ``named``: what they became counts too. Two queries.
    """

    def __init__(self, starts, *, named: bool):
        self._back = _links(starts, forward=False)
        self._ahead = _links(starts, forward=True) if named else {}
        self._known: dict[tuple[int, bool], dict[int, Passage]] = {}

    def of(self, subject: Subject) -> dict[int, Passage]:
        """The subject's unit, what it was before and, for a name, what it became; by key."""
        asked = subject.unit.pk, bool(subject.key)
        if asked not in self._known:
            found = {subject.unit.pk: Passage(subject.unit)}
            _walk(found, subject.unit, self._back, "predecessor")
            if subject.key:
                _walk(found, subject.unit, self._ahead, "successor")
            self._known[asked] = found
        return self._known[asked]

    @property
    def before(self) -> set[int]:
        """The keys of all units that these came from."""
        links = (link for steps in self._back.values() for link in steps)
        return {link.predecessor_id for link in links}

    def heirs_of(self, unit: Unit) -> list[Succession]:
        """What a unit went over into, as its own links say."""
        return self._ahead.get(unit.pk, [])


def _links(starts, *, forward: bool) -> dict[int, list[Succession]]:
    """The successions that lead on from the units, or back, by the unit that they start at."""
    near = "predecessor" if forward else "successor"
    links = links_from(starts, date.max if forward else date.min, forward=forward)
    steps: dict[int, list[Succession]] = {}
    for link in links.select_related("predecessor", "successor").order_by("date", "pk"):
        steps.setdefault(getattr(link, f"{near}_id"), []).append(link)
    return steps


def _walk(found: dict[int, Passage], start: Unit, steps, far: str) -> None:
    """Add the units of the same kind that successions lead to."""
    waiting = deque([start.pk])
    while waiting:
        here = found[waiting.popleft()]
        for link in steps.get(here.unit.pk, ()):
            unit = getattr(link, far)
            if unit and unit.kind == start.kind and unit.pk not in found:
                found[unit.pk] = Passage(unit, link, here.part or link.way == Way.SPLIT)
                waiting.append(unit.pk)


def next_period(entries: Iterable[Entry], award_type: str | None = None) -> NextPeriod | None:
    """From which day the next achievement counts, after the newest honour that is surely theirs:

    the end of the achievement period that its decision states, else the day of the decision (NĐ
    98/2023/NĐ-CP, Điều 30 khoản 9). Years are what the ledger knows: a period ends with its year.
    What was revoked does not count; with ``award_type`` only honours of that type do.
    """
    sure = (
        entry.honour
        for entry in entries
        if entry.sure
        and entry.honour.revoked_on is None
        and award_type in (None, entry.honour.award_type)
    )
    last = max(sure, key=lambda row: (row.decided_on, row.period_to or 0, row.pk), default=None)
    if last is None:
        return None
    return NextPeriod(last, date(last.period_to, 12, 31) if last.period_to else None)


def next_period_starts(
    whom, *, user: User | None = None, award_type: str | None = None
) -> NextPeriod | None:
    """The same of a subject."""
    return next_period(history_of(whom, user=user), award_type)


def overlapping(honour_like, *, user: User | None = None) -> list[Entry]:
    """Honours of the same subject whose achievement period has years in common with this one.

    No several awards or several forms for one achievement (Luật 06/2022/QH15, Điều 5 khoản 2), so
    the form does not part them; type does, and what was revoked stands in nobody's way. A decision
    that states no period may have rewarded anything up to its year.
    """
    entries = history_of(honour_like, user=user)
    years = years_of(honour_like)
    return [
        entry
        for entry in entries
        if _counts_for(entry.honour, honour_like) and share_years(years_of(entry.honour), years)
    ]


def _counts_for(honour: Honour, honour_like) -> bool:
    """Another one, that stands, for an achievement of the same type."""
    return (
        honour.pk != honour_like.pk
        and honour.revoked_on is None
        and honour.award_type == getattr(honour_like, "award_type", AwardType.MOVEMENT)
    )


def share_years(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans of years, both ends included, have a year in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def years_of(honour_like) -> tuple[int, int]:
    """From which to which year an achievement may have been rewarded."""
    decided_on = getattr(honour_like, "decided_on", None)
    latest = decided_on.year if decided_on else date.max.year
    return honour_like.period_from or date.min.year, honour_like.period_to or latest
