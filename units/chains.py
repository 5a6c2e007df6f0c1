"""The lives that a village or enterprise leads one after the other, as the units above it end.

A unit stands under one parent as long as it lives. Where the register knows already that the
parent ends and which single unit takes it over whole, the village goes on as a new life of the same
code under the heir, linked by a "transfer" of the same day. Where the register names no heir the
village ends with its parent; where the parent is split nobody but people can tell which part the
village falls to.

``Chains`` reckons the lives for any number of units by one query; ``lives_of`` reads those on file.
Writing is ``units.actions.villages``. Which unit a code means on a day: ``units.imports.lives``.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import F, QuerySet

from config.text import vn_date
from config.workflow import RuleViolation
from units.models import Succession, Unit


class Above(NamedTuple):
    """A unit that others stand under."""

    pk: int
    name: str
    path: str
    urban: bool
    ends: date | None

    @classmethod
    def of(cls, unit: Unit) -> "Above":
        return cls(unit.pk, unit.name, unit.path, unit.urban, unit.valid_to)


class Handover(NamedTuple):
    """How the unit above ended: to whom (None: the register names nobody), how, on what basis."""

    heir: Above | None
    way: str
    date: date
    basis: str
    confidence: str
    note: str


class Stretch(NamedTuple):
    """One life: under which unit, from when to the first day without it, and how that one ended."""

    above: Above
    starts: date
    ends: date | None
    handover: Handover | None


class Chains:
    """How the units above of these kinds were and will be carried on. One query."""

    def __init__(self, kinds: Iterable[str]):
        self._handovers: dict[int, list[Handover]] = {}
        self._known: dict[tuple[int, date, date | None], list[Stretch] | str] = {}
        heir = [f"successor__{name}" for name in ("pk", "name", "path", "urban", "valid_to")]
        told = ("way", "date", "basis", "confidence", "note")
        links = Succession.objects.filter(predecessor__kind__in=list(kinds)).order_by("pk")
        for old, *row in links.values_list("predecessor", *heir, *told):
            new = Above(*row[:5]) if row[0] is not None else None
            self._handovers.setdefault(old, []).append(Handover(new, *row[5:]))

    def of(self, above: Above, starts: date, until: date | None = None) -> list[Stretch]:
        """The lives of a unit that starts under ``above``, to the end or to ``until``.

        ``RuleViolation`` where a unit above is split: then nobody can tell but people.
        """
        key = above.pk, starts, until
        if key not in self._known:
            self._known[key] = self._reckoned(above, starts, until)
        found = self._known[key]
        if isinstance(found, str):
            raise RuleViolation(found)
        return found

    def refusal(self, above: Above, starts: date, until: date | None = None) -> str | None:
        """Why the lives cannot be told; None when they can."""
        try:
            self.of(above, starts, until)
        except RuleViolation as refusal:
            return refusal.args[0]
        return None

    def _reckoned(self, above: Above, starts: date, until: date | None) -> list[Stretch] | str:
        found: list[Stretch] = []
        while above.ends is not None and (until is None or above.ends < until):
            handovers = self._handovers.get(above.pk, [])
            if len(handovers) > 1 or any(each.way == Succession.Way.SPLIT for each in handovers):
                return _split(above)
            handover = handovers[0] if handovers else None
            found.append(Stretch(above, starts, above.ends, handover))
            if handover is None or handover.heir is None:
                return found
            above, starts = handover.heir, above.ends
        found.append(Stretch(above, starts, until or above.ends, None))
        return found


def _split(above: Above) -> str:
    day = vn_date(above.ends)
    return (
        f"{above.name} được chia tách từ {day}, cổng không biết đơn vị này về phần nào. Hãy ghi "
        f"ngày hết là {day}, rồi thêm đơn vị từ {day} dưới xã nhận."
    )


def lives_of(unit: Unit) -> list[Unit]:
    """The lives on file of which ``unit`` is one, in order, with their parents; two queries.

    One code, one life ending on the day the next one starts, joined by a transfer.
    """
    lives = list(
        Unit.objects.filter(code=unit.code, kind=unit.kind)
        .select_related("parent")
        .order_by("valid_from")
    )
    links = Succession.objects.filter(predecessor__in=lives, way=Succession.Way.TRANSFER)
    joined = set(links.values_list("predecessor_id", "successor_id"))
    chain: list[Unit] = []
    for life in lives:
        if chain and (chain[-1].pk, life.pk) not in joined:
            if unit in chain:
                break
            chain = []
        chain.append(life)
    return chain


def levels(first: QuerySet[Unit]) -> Iterator[QuerySet[Unit]]:
    """These lives, then those that followed them, and so on; one question for each."""
    while first.exists():
        yield first
        first = Unit.objects.filter(
            takeovers__way=Succession.Way.TRANSFER,
            takeovers__predecessor__in=first.order_by().values("pk"),
            takeovers__predecessor__code=F("code"),
        )
