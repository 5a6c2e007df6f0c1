"""The way back: everything as it was before, while nothing was built upon it."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction

from config import clock
from config.text import clean_line, vn_date
from config.workflow import RuleViolation, refuse
from units import permissions, rules
from units.actions.checking import anew
from units.actions.holding import hold_register_alone
from units.actions.log import record
from units.actions.reorganising.seating import follow_up
from units.models import Appointment, Reorganisation, Succession, Unit, User
from units.reorganising.rules import some
from units.reorganising.ties import built_upon, decisions_about


@transaction.atomic
def undo_reorganisation(done: Reorganisation, *, by: User | None, reason: str):
    """Put units, successions and roles back exactly, or say what was built upon it.

    New roles, successions and units go, with their keys; old ones get their former values. The
    plan stays readable; the log tells who, when and why.
    """
    hold_register_alone()
    by, reason = anew(by), clean_line(reason)
    refuse(by and permissions.keeps_catalogues(by))
    refuse(None if reason else "Lý do hoàn tác: cần ghi.")
    done = Reorganisation.objects.select_for_update().get(pk=done.pk)
    if done.state != Reorganisation.State.DONE:
        raise RuleViolation(f"Việc sắp xếp này {done.get_state_display()}; hãy tải lại trang.")
    _lock(done.effects)
    refuse(*obstacles_to_undoing(done))
    _put_back(done.effects)
    done.state = Reorganisation.State.UNDONE
    done.undone_at, done.undone_by = clock.now(), by
    done.version += 1
    done.save()
    counts = done.effects["counts"]
    record("undo_reorganisation", done, by=by, at=done.undone_at, changes=counts, reason=reason)
    follow_up(done.effects)
    return done


def _lock(effects: dict) -> None:
    units = {pk for pk, _ in effects["ended"]} | set(effects["started"])
    list(Unit.objects.select_for_update().filter(pk__in=units).order_by("pk").values_list("pk"))


def obstacles_to_undoing(done: Reorganisation) -> list[str]:
    """What was built upon it since, each with what it is; empty means that it can go back."""
    effects = done.effects
    own = {
        Unit: effects["started"],
        Succession: _known_links(effects),
        Appointment: effects["seats_started"],
    }
    found = built_upon(done, effects["started"], own)
    return [*found, *_ends_moved(done), *_rows_moved_on(done.date, effects), *_no_return(done)]


def _known_links(effects: dict) -> list[int]:
    return [*effects["linked"], *(pk for pk, _ in effects["moved"])]


def _ends_moved(done: Reorganisation) -> Iterator[str]:
    """Units whose last day was written then and is another one today."""
    written = {pk: done.date for pk, _ in done.effects["ended"]}
    written |= _days(done.effects.get("until", ()))
    for unit in Unit.objects.filter(pk__in=written).in_order():
        if unit.valid_to != written[unit.pk]:
            yield (
                f"{unit.name}: ngày kết thúc đã được ghi, sửa sau đó{_by_another(unit, done)}; hãy "
                "hoàn tác việc đó trước."
            )
    if Unit.objects.filter(pk__in=written).count() < len(written):
        yield "Có đơn vị của việc sắp xếp này không còn trong sổ nên không khôi phục được."


def _by_another(unit: Unit, done: Reorganisation) -> str:
    """By which other decision the unit ended, as words to put into a sentence."""
    others = decisions_about(Unit.objects.filter(pk=unit.pk))
    basis = next((each.basis for each in others if each.pk != done.pk), "")
    return f" theo {basis}" if basis else ""


def _rows_moved_on(day: date, effects: dict) -> Iterator[str]:
    """What was written then and reads otherwise today: undoing it would undo that as well."""
    known = _known_links(effects)
    ended = [pk for pk, _ in effects["ended"]]
    later = Succession.objects.filter(predecessor__in=ended).exclude(pk__in=known)
    for link in later.select_related("predecessor"):
        yield (
            f"{link.predecessor.name}: đã được ghi kế thừa theo {link.basis}; hãy hoàn tác việc đó "
            "trước."
        )
    if Succession.objects.filter(pk__in=known).count() < len(known):
        yield "Kế thừa giữa các đơn vị đã được sửa lại sau đó."
    former = [pk for pk, _ in effects["seats_ended"]]
    seats = Appointment.objects.filter(pk__in=former)
    for seat in seats.exclude(ends=day).select_related("user", "unit"):
        yield f"{seat}: phân công cũ đã được sửa lại sau đó."
    if seats.count() < len(former):
        yield "Có phân công cũ đã bị bỏ sau đó nên không khôi phục được."
    given = Appointment.objects.filter(pk__in=effects["seats_started"]).count()
    if given < len(effects["seats_started"]):
        yield "Có phân công ở đơn vị mới đã bị bỏ sau đó."


def _no_return(done: Reorganisation) -> Iterator[str]:
    """Old units that could not live on as before: the unit above has ended, the code is given."""
    former = _days(done.effects["ended"])
    units = list(Unit.objects.filter(pk__in=former).select_related("parent").in_order())
    orphans: dict[Unit, list[str]] = {}
    for unit in units:
        unit.valid_to = former[unit.pk]
        if unit.parent_id in former:
            unit.parent.valid_to = former[unit.parent_id]
        if rules.lives_within_parent(unit):
            orphans.setdefault(unit.parent, []).append(unit.name)
    for parent, names in orphans.items():
        yield (
            f"{some(names)}: {parent.name} là đơn vị cấp trên đã hết từ {vn_date(parent.valid_to)}"
            f"{_by_another(parent, done)}; hãy hoàn tác việc đó trước."
        )
    others = Unit.objects.exclude(pk__in=[*former, *done.effects["started"]])
    yield from _codes_given(units, others.filter(code__in={unit.code for unit in units}))


def _codes_given(units: list[Unit], others: Iterable[Unit]) -> Iterator[str]:
    holders: dict[str, list[Unit]] = {}
    for other in others:
        holders.setdefault(other.code, []).append(other)
    for unit in units:
        for other in holders.get(unit.code, ()):
            if unit.exists_on(other.valid_from) or other.exists_on(unit.valid_from):
                source = f" ({other.source})" if other.source else ""
                yield (
                    f"{unit.name}: mã {unit.code} nay là của {other.name} từ "
                    f"{vn_date(other.valid_from)}{source}; hãy hoàn tác việc đó trước."
                )


def _put_back(effects: dict) -> None:
    Appointment.objects.filter(pk__in=effects["seats_started"]).delete()
    _restore(Appointment, "ends", effects["seats_ended"])
    Succession.objects.filter(pk__in=effects["linked"]).delete()
    for pk, predecessor in effects["moved"]:
        Succession.objects.filter(pk=pk).update(predecessor=predecessor)
    Succession.objects.bulk_create([_link(told) for told in effects["removed"]])
    _delete(effects["started"])
    _restore(Unit, "valid_to", effects["ended"])


def _restore(model, name: str, former: list) -> None:
    rows = model.objects.in_bulk([pk for pk, _ in former])
    for pk, day in _days(former).items():
        setattr(rows[pk], name, day)
    model.objects.bulk_update(rows.values(), [name], batch_size=500)


def _days(told: Iterable) -> dict[int, date | None]:
    """Days by key, as ``effects`` keeps them."""
    return {pk: date.fromisoformat(day) if day else None for pk, day in told}


def _link(told: dict) -> Succession:
    share = None if told["share"] is None else Decimal(told["share"])
    return Succession(**{**told, "share": share, "date": date.fromisoformat(told["date"])})


def _delete(units: list[int]) -> None:
    """The lowest first: no unit goes while another stands under it."""
    paths = dict(Unit.objects.filter(pk__in=units).values_list("pk", "path"))
    for depth in sorted({path.count("/") for path in paths.values()}, reverse=True):
        level = [pk for pk, path in paths.items() if path.count("/") == depth]
        Unit.objects.filter(pk__in=level).delete()
