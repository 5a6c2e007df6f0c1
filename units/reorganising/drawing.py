"""The plan laid upon the register as it stands today: each unit that ends, each one that starts.

Nothing is written here and nothing judged; ``rules`` judges, ``units.actions`` writes, and both
draw anew. A fixed number of queries, whatever the number of units.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import F, Q

from units.kinds import Confidence
from units.models import Appointment, Succession, Unit
from units.reorganising.plan import ELSEWHERE, ENDS, KEY, Group, Heir, Plan, follower

Way = Succession.Way


class Fate(StrEnum):
    """Why a unit ends on the day."""

    LISTED = "listed"
    """The decision names it."""
    FOLLOWS = "follows"
    """The one above ends; it goes on under another."""
    ENDS = "ends"
    ELSEWHERE = "elsewhere"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Future:
    """What the register already knows of a unit after the day: its end, and who follows then."""

    ends: date
    links: tuple[Succession, ...]

    @property
    def heirs(self) -> frozenset:
        return frozenset(link.successor_id for link in self.links)


@dataclass
class Old:
    """A unit that ends, or one below it. ``heirs``: keys of ``Drawing.news``."""

    unit: Unit
    fate: Fate
    group: Group | None = None
    heirs: tuple[Heir, ...] = ()
    confidence: str = Confidence.CONFIRMED.value
    note: str = ""
    above: "Old | None" = None
    future: Future | None = None
    handed_over: bool = False
    """Whether the register tells already what became of it on this very day."""

    @property
    def places(self) -> tuple[str, ...]:
        """Where its people and what stands under it may go on: keys of units that start."""
        return tuple(heir.key for heir in self.heirs)

    @property
    def asks_people(self) -> bool:
        return self.fate not in (Fate.ELSEWHERE, Fate.UNDECIDED)


@dataclass
class New:
    """A unit that starts: as it would be written, and what it comes from."""

    key: str
    unit: Unit
    group: Group | None
    parent: str
    """As the plan has it: a code or a key."""
    above: "New | None" = None
    olds: list[Old] = field(default_factory=list)
    future: Future | None = None


@dataclass
class Drawing:
    """What would be done on the day."""

    plan: Plan
    day: date
    olds: dict[int, Old] = field(default_factory=dict)
    """In the order of the plan, then level by level."""
    news: dict[str, New] = field(default_factory=dict)
    """Those that others stand under come first."""
    listed: dict[str, Old] = field(default_factory=dict)
    """The units that the plan names, by code."""
    missing: dict[str, Unit | None] = field(default_factory=dict)
    """Codes of the plan that no unit has on the day before → the last that had it at all."""
    later: dict[int, list[Unit]] = field(default_factory=dict)
    """Units that start on the day or after it under one that ends."""
    taken: dict[str, list[Unit]] = field(default_factory=dict)
    """Codes of the new units → others that carry them on the day or later."""
    seats: list[Appointment] = field(default_factory=list)

    def way(self, old: Old, heir: Heir) -> str:
        """How the register calls the handing over."""
        if old.group is None:
            return Way.TRANSFER
        if old.group.way != Way.SPLIT:
            return Way(old.group.way)
        if len(old.heirs) > 1:
            return Way.SPLIT
        return Way.MERGE if len(self.news[heir.key].olds) > 1 else Way.RENAME

    def destination(self, place: str) -> Unit | None:
        """The unit that a key of the plan means."""
        return self.news[place].unit if place in self.news else None

    @property
    def ending(self) -> list[Old]:
        """What ends on the day, by this decision or another."""
        return [old for old in self.olds.values() if old.fate != Fate.UNDECIDED]

    def below(self, fate: Fate) -> list[Old]:
        return [old for old in self.olds.values() if old.above and old.fate == fate]

    @property
    def children(self) -> list[Old]:
        """The units below that need an answer, or have one: not those under a follower."""
        return [
            old
            for old in self.olds.values()
            if old.above and old.group is None and old.above.fate != Fate.FOLLOWS
        ]

    def fate_of(self, old: Old) -> str:
        """What becomes of a unit below, as the plan would say it: a place, an end or ""."""
        if old.fate == Fate.FOLLOWS:
            return self.news[old.places[0]].parent
        return {Fate.ENDS: ENDS, Fate.ELSEWHERE: ELSEWHERE}.get(old.fate, "")

    def default_for(self, old: Old) -> str:
        """What follows for a unit below from the one above, without anybody's word."""
        if old.above.fate == Fate.ELSEWHERE:
            return ELSEWHERE
        if len(old.above.heirs) == 1:
            return old.above.heirs[0].key
        return ELSEWHERE if old.unit.valid_to == self.day else ""

    def undecided_seats(self) -> list[Appointment]:
        """The people nobody has chosen for, or whose choice is none of what is left."""
        return [seat for seat in self.seats if self.choice(seat) == ""]

    def choice(self, seat: Appointment) -> str:
        """What was chosen for a person: a key, ``ENDS`` or ""."""
        told = self.plan.seats.get(seat.pk, "")
        return told if told == ENDS or told in self.olds[seat.unit_id].places else ""


def _until(day: date) -> Q:
    """The units that exist on the day before."""
    return Q(valid_from__lt=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def draw(plan: Plan, day: date) -> Drawing:
    """Lay the plan upon the register."""
    return _Drawer(plan, day).drawn()


class _Drawer:
    def __init__(self, plan: Plan, day: date):
        self.plan, self.day = plan, day
        self.found = Drawing(plan, day)

    def drawn(self) -> Drawing:
        self._take_listed()
        self._take_below()
        self._know_what_was_told()
        self._decide()
        self._place()
        self._look_ahead()
        self._ask_people()
        return self.found

    # What ends

    def _take_listed(self) -> None:
        wanted = self.plan.codes
        units = Unit.objects.filter(code__in=wanted).select_related("parent")
        then = {unit.code: unit for unit in units.filter(_until(self.day))}
        for unit in units.filter(code__in=wanted - then.keys()).order_by("valid_from"):
            self.found.missing[unit.code] = unit
        for group, ending in self.plan.endings():
            if ending.code not in then:
                self.found.missing.setdefault(ending.code, None)
            elif ending.code not in self.found.listed:
                self._list(then[ending.code], group, ending)
        for group, starting in self.plan.startings():
            self._start(starting.key, self._unit_of(group, starting), group, starting.parent)

    def _list(self, unit: Unit, group: Group, ending) -> None:
        heirs = group.heirs_of(ending)
        old = Old(unit, Fate.LISTED, group, heirs, ending.confidence, ending.note)
        self.found.olds[unit.pk] = self.found.listed[ending.code] = old

    def _unit_of(self, group: Group, starting) -> Unit:
        kinds = [old.unit.kind for old in self.found.olds.values() if old.group is group]
        return Unit(
            code=starting.code,
            name=starting.name,
            short_name=starting.short_name,
            subtype=starting.subtype,
            urban=starting.urban,
            confidence=starting.confidence,
            kind=kinds[0] if kinds else "",
            valid_from=self.day,
        )

    def _start(self, key: str, unit: Unit, group: Group | None, parent: str) -> None:
        self.found.news[key] = New(key, unit, group, parent)

    def _take_below(self) -> None:
        """Level by level; a unit that the plan names itself stands where the plan has it."""
        above = list(self.found.olds)
        while above:
            lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=self.day)
            below = Unit.objects.filter(lasting, parent__in=above).order_by("sort_key", "pk")
            above = []
            for unit in below.select_related("parent"):
                if unit.valid_from >= self.day:
                    self.found.later.setdefault(unit.parent_id, []).append(unit)
                elif unit.pk in self.found.olds:
                    self.found.olds[unit.pk].above = self.found.olds[unit.parent_id]
                else:
                    parent = self.found.olds[unit.parent_id]
                    self.found.olds[unit.pk] = Old(unit, Fate.UNDECIDED, above=parent)
                    above.append(unit.pk)

    def _know_what_was_told(self) -> None:
        """The successions on file of all that ends: of this day, or of the known future."""
        links = defaultdict(list)
        for link in Succession.objects.filter(predecessor__in=self.found.olds).order_by("pk"):
            links[link.predecessor_id].append(link)
        for pk, old in list(self.found.olds.items()):
            ends = old.unit.valid_to
            if ends is not None and ends > self.day:
                old.future = Future(ends, tuple(links[pk]))
            old.handed_over = ends == self.day and bool(links[pk])
            gone = old.above is not None and old.above.unit.pk not in self.found.olds
            if old.group is None and (old.handed_over or gone):
                del self.found.olds[pk]  # another decision of the day has dealt with it

    # What becomes of what stands below

    def _decide(self) -> None:
        for old in self.found.olds.values():
            if old.group is not None:
                continue
            told = self.plan.children.get(old.unit.code) or self.found.default_for(old)
            if told == ENDS:
                old.fate = Fate.ENDS
            elif told == ELSEWHERE:
                old.fate = Fate.ELSEWHERE
            elif told and (not told.startswith(KEY) or told in self.found.news):
                self._follow(old, told)

    def _follow(self, old: Old, place: str) -> None:
        unit = old.unit
        copied = ("code", "name", "short_name", "subtype", "urban", "kind", "note")
        new = Unit(valid_from=self.day, **{name: getattr(unit, name) for name in copied})
        old.fate, old.heirs = Fate.FOLLOWS, (Heir(follower(unit.code)),)
        self._start(follower(unit.code), new, None, place)

    # Where what starts stands

    def _place(self) -> None:
        for old in self.found.olds.values():
            for heir in old.heirs:
                self.found.news[heir.key].olds.append(old)
        by_code = {new.unit.code: new for new in self.found.news.values() if new.unit.code}
        on_file = self._on_file({new.parent for new in self.found.news.values()})
        for new in self.found.news.values():
            new.above = self.found.news.get(new.parent) or by_code.get(new.parent)
            new.unit.parent = new.above.unit if new.above else on_file.get(new.parent)
        self.found.news = dict(sorted(self.found.news.items(), key=lambda item: _depth(item[1])))

    def _on_file(self, codes: set[str]) -> dict[str, Unit]:
        """The units of the register that the codes mean on the day, as they go on after it."""
        units = Unit.objects.as_of(self.day).filter(code__in=codes - {""})
        return {unit.code: unit for unit in units.exclude(pk__in=self.found.olds)}

    def _look_ahead(self) -> None:
        """What the register knows of the time after the day: ends to inherit, codes in use."""
        for new in self.found.news.values():
            new.future = next((old.future for old in new.olds if old.future), None)
            new.unit.valid_to = new.future.ends if new.future else None
        codes = {new.unit.code for new in self.found.news.values()}
        others = Unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.day))
        others = others.filter(code__in=codes - {""}).exclude(pk__in=self.found.olds)
        for unit in others.order_by("valid_from"):
            self.found.taken.setdefault(unit.code, []).append(unit)

    def _ask_people(self) -> None:
        asked = [pk for pk, old in self.found.olds.items() if old.asks_people]
        lasting = Q(ends__isnull=True) | Q(ends__gt=self.day)
        seats = Appointment.objects.filter(lasting, unit__in=asked, user__is_active=True)
        seats = seats.filter(Q(unit__valid_to__isnull=True) | Q(starts__lt=F("unit__valid_to")))
        order = ("unit__path", "role", "user__full_name", "pk")
        self.found.seats = list(seats.select_related("user", "unit").order_by(*order))


def _depth(new: New) -> int:
    """How many new units stand above; a circle, which the rules refuse, ends somewhere."""
    depth, seen = 0, set()
    while new.above is not None and new.key not in seen:
        seen.add(new.key)
        new, depth = new.above, depth + 1
    return depth
