"""The way back: everything as it was before, while nothing was built upon it."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from config import clock
from config.text import clean_line
from config.workflow import RuleViolation, refuse
from units import permissions
from units.actions.checking import anew
from units.actions.log import record
from units.actions.reorganising.seating import follow_up
from units.kinds import Kind
from units.models import Appointment, Reorganisation, Succession, Unit, User
from units.reorganising.ties import built_upon


@transaction.atomic
def undo_reorganisation(done: Reorganisation, *, by: User | None, reason: str):
    """Put units, successions and roles back exactly, or say what was built upon it.

    New roles, successions and units go, with their keys; old ones get their former values. The
    plan stays readable; the log tells who, when and why.
    """
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
    rows = Unit.objects.select_for_update().order_by("pk")
    list(rows.filter(kind=Kind.PROVINCE).values_list("pk"))
    list(rows.filter(pk__in=units).values_list("pk"))


def obstacles_to_undoing(done: Reorganisation) -> list[str]:
    """What was built upon it since, each with what it is; empty means that it can go back."""
    effects = done.effects
    links = [*effects["linked"], *(pk for pk, _ in effects["moved"])]
    own = {
        Unit: effects["started"],
        Succession: links,
        Appointment: effects["seats_started"],
    }
    found = built_upon(done, effects["started"], own)
    return [*found, *_moved_on(done.date, effects)]


def _moved_on(day: date, effects: dict) -> list[str]:
    """What was written then and reads otherwise today: undoing it would undo that as well."""
    found = []
    ended = [pk for pk, _ in effects["ended"]]
    units = Unit.objects.filter(pk__in=ended).exclude(valid_to=day)
    found += [f"{unit.name}: ngày kết thúc đã được sửa lại sau đó." for unit in units]
    known = [*effects["linked"], *(pk for pk, _ in effects["moved"])]
    later = Succession.objects.filter(predecessor__in=ended).exclude(pk__in=known)
    found += [
        f"{link.predecessor.name}: đã được ghi kế thừa theo {link.basis}; hãy hoàn tác việc đó "
        "trước."
        for link in later.select_related("predecessor")
    ]
    if Succession.objects.filter(pk__in=known).count() < len(known):
        found.append("Kế thừa giữa các đơn vị đã được sửa lại sau đó.")
    seats = Appointment.objects.filter(pk__in=[pk for pk, _ in effects["seats_ended"]])
    found += [
        f"{seat}: phân công cũ đã được sửa lại sau đó."
        for seat in seats.exclude(ends=day).select_related("user", "unit")
    ]
    given = Appointment.objects.filter(pk__in=effects["seats_started"]).count()
    if given < len(effects["seats_started"]):
        found.append("Có phân công ở đơn vị mới đã bị bỏ sau đó.")
    return found


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
    for pk, value in former:
        setattr(rows[pk], name, date.fromisoformat(value) if value else None)
    model.objects.bulk_update(rows.values(), [name], batch_size=500)


def _link(told: dict) -> Succession:
    share = None if told["share"] is None else Decimal(told["share"])
    return Succession(**{**told, "share": share, "date": date.fromisoformat(told["date"])})


def _delete(units: list[int]) -> None:
    """The lowest first: no unit goes while another stands under it."""
    paths = dict(Unit.objects.filter(pk__in=units).values_list("pk", "path"))
    for depth in sorted({path.count("/") for path in paths.values()}, reverse=True):
        level = [pk for pk, path in paths.items() if path.count("/") == depth]
        Unit.objects.filter(pk__in=level).delete()
