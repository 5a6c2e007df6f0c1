"""People whose unit has ended: each goes on in a unit that carries it on, or leaves the role."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from config import clock
from config.text import clean_line, vn_date
from config.workflow import refuse
from units import permissions, rules
from units.actions.checking import anew
from units.actions.reorganising.seating import Move, follow_up, write_moves
from units.models import Appointment, Unit, User
from units.reorganising.people import with_heirs


@transaction.atomic
def place_people(choices: dict[int, int | None], *, by: User | None, basis: str) -> int:
    """Place people of ended units: appointment → heir of the unit, None where the role ends.

    From the first day of the heir's life or the day after the old unit's, whichever is later, so
    that nobody works in two places. How many were placed; a log row each.
    """
    by, now, basis = anew(by), clock.now(), clean_line(basis)
    refuse(by and permissions.keeps_catalogues(by))
    rows = Appointment.objects.select_for_update(of=("self",)).filter(pk__in=choices)
    seats = list(rows.select_related("user", "unit").order_by("pk"))
    refuse(*_obstacles(seats, choices, basis))
    units = Unit.objects.in_bulk([unit for unit in choices.values() if unit])
    moves = [Move(seat, seat.unit.valid_to, units.get(choices[seat.pk])) for seat in seats]
    found = [(move, _held(move) if move.unit else None) for move in moves]
    refuse(*(_held_in_part(move, seat) for move, seat in found if seat and not _covers(seat, move)))
    moves = [move._replace(unit=None) if seat else move for move, seat in found]
    follow_up(write_moves(moves, basis=basis, by=by, at=now))
    return len(moves)


def _obstacles(seats, choices, basis) -> list[str]:
    found = [] if basis else ["Căn cứ: hãy ghi văn bản bố trí, ví dụ số quyết định."]
    if len(seats) < len(choices):
        found.append("Có phân công không còn; hãy tải lại trang.")
    today = clock.today()
    known = [seat for seat in seats if seat.unit.valid_to]
    offered = {each.seat.pk: each.heirs for each in with_heirs(known, today)} if known else {}
    for seat in seats:
        found += _of_seat(seat, choices[seat.pk], offered.get(seat.pk))
    return found


def _of_seat(seat: Appointment, wanted: int | None, heirs: list[Unit] | None) -> list[str]:
    if heirs is None or (seat.ends and seat.ends <= seat.unit.valid_to):
        return [f"{seat}: đã được bố trí rồi; hãy tải lại trang."]
    if wanted is None:
        return []
    unit = next((heir for heir in heirs if heir.pk == wanted), None)
    if unit is None:
        return [
            f"{seat}: đơn vị được chọn không kế thừa {seat.unit.name} (hết từ "
            f"{vn_date(seat.unit.valid_to)}); hãy chọn lại."
        ]
    return [f"{seat}: {told}"] if (told := rules.seat_fits_role(unit, seat.role)) else []


def _first_day(move: Move) -> date:
    return max(move.seat.starts, move.day, move.unit.valid_from)


def _held(move: Move) -> Appointment | None:
    """The same role that somebody has given there by hand: then the old one only ends."""
    others = Appointment.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=_first_day(move)),
        user=move.seat.user,
        unit=move.unit,
        role=move.seat.role,
    )
    if move.seat.ends:
        others = others.filter(starts__lt=move.seat.ends)
    return others.order_by("starts").first()


def _covers(held: Appointment, move: Move) -> bool:
    """Whether the role given by hand lasts as long as the old one would go on."""
    ends = held.ends is None or move.seat.ends is not None and held.ends >= move.seat.ends
    return ends and held.starts <= _first_day(move)


def _held_in_part(move: Move, held: Appointment) -> str:
    until = f" đến trước {vn_date(held.ends)}" if held.ends else ""
    return (
        f"{move.seat}: đã được giao vai trò này ở {move.unit.name} từ {vn_date(held.starts)}{until}"
        f", không trọn thời gian bố trí (từ {vn_date(_first_day(move))}). Hãy sửa phân công đó, "
        "hoặc chọn thôi giữ vai trò cũ."
    )
