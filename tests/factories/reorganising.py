"""Reorganisations, walked through the real actions: prepared, carried out."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from config import clock
from units.actions import reorganising
from units.models import Reorganisation, Succession
from units.reorganising import ENDS, Ending, Group, Heir, Plan, Starting, draw, from_json

Way = Succession.Way
DAY = date(2024, 7, 1)
DECIDED = date(2022, 12, 20)


class ReorganisationFactory(DjangoModelFactory):
    """A bare draft, for tests of the table itself."""

    class Meta:
        model = Reorganisation

    way = Way.MERGE
    number = factory.Sequence(lambda n: f"Nghị quyết {n}/NQ-HĐND")
    decided_on = DECIDED
    date = DAY
    title = "Sắp xếp đơn vị thử nghiệm"
    made_at = factory.LazyFunction(clock.now)


def starting(key, unit, **changed):
    """A unit that starts like ``unit``, but for what is ``changed``."""
    words = {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "subtype": unit.subtype,
        "urban": unit.urban,
        "parent": unit.parent.code if unit.parent else "",
    }
    return Starting(key, **{**words, **changed})


def merge(*units, number=1, **changed):
    """Several units become one, under the code of the first unless told otherwise."""
    new = starting(f"+{number}.1", units[0], **changed)
    return Group(number, Way.MERGE, tuple(Ending(unit.code, unit.name) for unit in units), (new,))


def rename(unit, *, number=1, way=Way.RENAME, **changed):
    new = starting(f"+{number}.1", unit, **changed)
    return Group(number, way, (Ending(unit.code, unit.name),), (new,))


def split(unit, *parts, number=1, shares=()):
    """One unit becomes several; each part is what differs from it."""
    news = [starting(f"+{number}.{place}", unit, **part) for place, part in enumerate(parts, 1)]
    told = shares or [None] * len(news)
    heirs = tuple(Heir(new.key, share) for new, share in zip(news, told, strict=True))
    return Group(number, Way.SPLIT, (Ending(unit.code, unit.name, heirs),), tuple(news))


def end(*units, number=1, reason="Kết thúc thử nghiệm"):
    return Group(
        number, Way.DISSOLVE, tuple(Ending(unit.code, unit.name) for unit in units), reason=reason
    )


def draft(*groups, by=None, day=DAY, children=None, seats=None, number="Nghị quyết 1/NQ-HĐND"):
    """A draft with a plan; ``seats`` "all" lets everybody go on in the first heir, or leave."""
    plan = Plan(tuple(groups), children or {}, seats if isinstance(seats, dict) else {})
    if seats == "all":
        plan = everybody(plan, day)
    way = groups[0].way if groups else Way.MERGE
    head = reorganising.Head(way, number, DECIDED, "Sắp xếp đơn vị thử nghiệm", day)
    return reorganising.start_reorganisation(head, by=by, plan=plan)


def everybody(plan, day):
    """The plan with a choice for each person."""
    drawing = draw(plan, day)
    chosen = {seat.pk: (drawing.olds[seat.unit_id].places or (ENDS,))[0] for seat in drawing.seats}
    return plan.with_choices(seats=chosen)


def done(*groups, by=None, **told):
    """A reorganisation carried out as drafted."""
    made = draft(*groups, by=by, **told)
    return reorganising.carry_out(made, by=by, version=made.version)


def drawn(reorganisation):
    return draw(from_json(reorganisation.plan), reorganisation.date)
