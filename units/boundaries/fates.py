"""Where a unit's figures lie on the units of another day: reckoned from successions alone.

Nothing here asks the database. A unit that ends is followed on to its heirs, one that starts later
back to what it was made of. Shares are exact fractions and come to one for every unit, so that no
figure is lost or counted twice; what the register does not tell apart stays together as a loose
part, with the reason, and is placed only where every way it may have gone leads to the same unit.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db.models import TextChoices


class Why(TextChoices):
    """Why a part has no single place."""

    LOST = "lost", "chưa rõ đơn vị tiếp nhận"
    UNSHARED = "unshared", "chia tách chưa ghi tỷ lệ"
    SHORT = "short", "phần chia tách chưa ghi đơn vị nhận"
    JOINED = "joined", "đã gộp, không tách lại được"
    NEW = "new", "chưa rõ đơn vị trước đó"
    CIRCLE = "circle", "sổ đơn vị ghi kế thừa vòng tròn"


class Link(NamedTuple):
    """A succession as far as figures go: ``successor`` None where no heir is known."""

    predecessor: int
    successor: int | None
    share: Decimal | None = None


@dataclass(frozen=True)
class Loose:
    """A part of a unit's figures without one place: ``at`` is the unit where its track divides.

    ``ways`` are the places it may have gone to, alone or in unknown parts; empty when none is
    known.
    """

    weight: Fraction
    why: Why
    at: int
    ways: "frozenset[Fate]" = frozenset()

    def then(self, go: "Go", lost: "Lost | None" = None) -> "Fate":
        """The whole of this part, each way followed on; placed where all ways meet."""
        if not self.ways:
            return (lost and lost(self)) or Fate(loose=frozenset({self._whole(self.ways)}))
        ways = frozenset(way.then(go, lost) for way in self.ways)
        return next(iter(ways)) if len(ways) == 1 else Fate(loose=frozenset({self._whole(ways)}))

    def _whole(self, ways) -> "Loose":
        return Loose(Fraction(1), self.why, self.at, ways)

    def ends(self) -> set[int]:
        """Every unit that may hold some of it."""
        return {unit for way in self.ways for unit in way.ends()}


@dataclass(frozen=True)
class Fate:
    """All of a unit's figures: ``sure`` parts by unit, and loose ones; the weights come to one."""

    sure: frozenset[tuple[int, Fraction]] = frozenset()
    loose: frozenset[Loose] = frozenset()

    @property
    def shares(self) -> dict[int, Fraction]:
        return dict(self.sure)

    @property
    def whole(self) -> int | None:
        """The unit that all of it goes to, if there is one."""
        if len(self.sure) == 1 and not self.loose:
            return next(iter(self.sure))[0]
        return None

    def then(self, go: "Go", lost: "Lost | None" = None) -> "Fate":
        """The same figures after each unit has gone where ``go`` says.

        ``lost`` may know a place for what has none: it gets the loose part, and returns a fate or
        None.
        """
        if (unit := self.whole) is not None:
            return go(unit)
        mix = _Mix()
        for unit, share in self.sure:
            mix.add(go(unit), share)
        for part in self.loose:
            mix.add(part.then(go, lost), part.weight)
        return mix.fate()

    def ends(self) -> set[int]:
        """Every unit that holds, or may hold, some of it."""
        return {unit for unit, _ in self.sure}.union(*(part.ends() for part in self.loose))


Go = Callable[[int], Fate]
Lost = Callable[[Loose], Fate | None]


def stays(unit: int) -> Fate:
    """All figures stand at this one unit."""
    return Fate(frozenset({(unit, Fraction(1))}))


def nowhere(why: Why, at: int) -> Fate:
    """No place is known for any of it."""
    return Fate(loose=frozenset({Loose(Fraction(1), why, at)}))


class _Mix:
    """Weighted fates added up to one."""

    def __init__(self):
        self.sure: dict[int, Fraction] = defaultdict(Fraction)
        self.loose: dict[tuple, Fraction] = defaultdict(Fraction)

    def add(self, fate: Fate, weight: Fraction) -> None:
        for unit, share in fate.sure:
            self.sure[unit] += share * weight
        for part in fate.loose:
            self.loose[part.why, part.at, part.ways] += part.weight * weight

    def fate(self) -> Fate:
        parts = (Loose(weight, *key) for key, weight in self.loose.items())
        return Fate(frozenset(self.sure.items()), frozenset(parts))


class Walk:
    """Follow units along successions in one direction of time until they are ``there``."""

    def __init__(self, links: Iterable[Link], there: Callable[[int], bool], *, forward: bool):
        self._there = there
        self._step = self._to_heirs if forward else self._to_origins
        self._links: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            start = link.predecessor if forward else link.successor
            self._links[start].append(link)
        self._known: dict[int, Fate] = {}
        self._open: set[int] = set()

    def fate(self, unit: int) -> Fate:
        """Where the unit's figures come to; a circle of successions leads nowhere."""
        if self._there(unit):
            return stays(unit)
        if unit in self._open:
            return nowhere(Why.CIRCLE, unit)
        if unit not in self._known:
            self._open.add(unit)
            self._known[unit] = self._step(unit).then(self.fate)
            self._open.discard(unit)
        return self._known[unit]

    def _to_heirs(self, unit: int) -> Fate:
        """One step on: whole to a single heir, by share to several."""
        links = self._links[unit]
        heirs = [link for link in links if link.successor is not None]
        told = sum(Fraction(link.share) for link in heirs if link.share is not None)
        untold = [link.successor for link in heirs if link.share is None]
        if not heirs:
            return nowhere(Why.LOST, unit)
        if told > 1:
            told, untold = Fraction(0), [link.successor for link in heirs]
        mix = _Mix()
        for link in heirs:
            if link.successor not in untold:
                mix.add(stays(link.successor), Fraction(link.share))
        if rest := 1 - told:
            mix.add(_rest(untold, unit), rest)
        return mix.fate()

    def _to_origins(self, unit: int) -> Fate:
        """One step back: what was made of one other lies wholly in it, of several it is one."""
        origins = [link.predecessor for link in self._links[unit]]
        if not origins:
            return nowhere(Why.NEW, unit)
        return _one_of(origins, Why.JOINED, unit)


def _rest(heirs: list[int], unit: int) -> Fate:
    """What no share was told for: the only heir without one takes it."""
    return _one_of(heirs, Why.UNSHARED, unit) if heirs else nowhere(Why.SHORT, unit)


def _one_of(units: list[int], why: Why, at: int) -> Fate:
    if len(units) == 1:
        return stays(units[0])
    return Fate(loose=frozenset({Loose(Fraction(1), why, at, frozenset(map(stays, units)))}))


def spread(amount: Decimal | int, weights: list[Fraction], step: Decimal | int = 1) -> list:
    """The amount in parts after these weights, each a multiple of ``step``; they add up to it.

    Largest remainder: every part is rounded down, what is left goes one step each to the parts
    that lost most; of equal ones to the first. ``amount`` must be a multiple of ``step``.
    """
    if len(weights) == 1:
        return [amount]
    sign, steps = (-1 if amount < 0 else 1), int(abs(amount) / step)
    exact = [steps * weight for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: steps - sum(parts)]:
        parts[place] += 1
    return [sign * part * step for part in parts]
