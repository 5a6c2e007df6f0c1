"""What hangs on units that a reorganisation started: it cannot be taken back from under that.

And the other way round: which reorganisations hold on to units, that these stay as they are.

Every foreign key to a unit is looked at, so no table of any app can be forgotten. What no key
tells, the apps above say through the list ``objections``.
"""

from collections.abc import Callable, Collection

from django.db.models import Model, QuerySet

from config.text import vn_number
from units.models import LogEntry, Reorganisation, Succession, Unit

objections: list[Callable[[Reorganisation], list[str]]] = []
"""Further reasons against an undo, each a sentence; filled in from ``AppConfig.ready``."""
NAMED = 3


def built_upon(
    reorganisation: Reorganisation,
    units: Collection[int],
    own: dict[type[Model], Collection[int]],
) -> list[str]:
    """A sentence for each table with rows of these units, but for the reorganisation's own rows."""
    found = []
    for model, field in _pointing_at_units():
        rows = model._base_manager.filter(**{f"{field}__in": units})
        rows = rows.exclude(pk__in=own.get(model, ()))
        if number := rows.count():
            names = rows.order_by().values_list(f"{field}__name", flat=True).distinct()
            found.append(_sentence(model, number, list(names[: NAMED + 1])))
    return [*found, *(told for ask in objections for told in ask(reorganisation))]


def _pointing_at_units() -> list[tuple[type[Model], str]]:
    relations = Unit._meta.get_fields(include_hidden=True)
    found = [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created and relation.one_to_many and not relation.concrete
    ]
    # What people made comes before what was noted about it.
    return sorted(found, key=lambda each: (each[0] is LogEntry, each[0]._meta.label, each[1]))


def _sentence(model: type[Model], number: int, names: list[str]) -> str:
    noun = str(model._meta.verbose_name_plural)
    units = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    return f"{noun[:1].upper()}{noun[1:]}: {vn_number(number)} dòng đã ghi cho {units}."


def decisions_about(units: QuerySet[Unit]) -> list[Reorganisation]:
    """The decisions that ended any of the units, or told who follows it; the latest first."""
    keys = units.filter(valid_to__isnull=False).order_by().values_list("pk", flat=True)
    links = Succession.objects.filter(predecessor__in=keys).values_list("pk", flat=True)
    ended, linked = set(keys), set(links)
    decisions = Reorganisation.objects.done() if ended else Reorganisation.objects.none()
    return [
        done
        for done in decisions.defer("plan").order_by("-done_at", "-pk")
        if not ended.isdisjoint(pk for pk, _ in done.effects.get("ended", ()))
        or not linked.isdisjoint(done.effects.get("linked", ()))
    ]
