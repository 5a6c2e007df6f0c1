"""What the pages of a reorganisation show: ready answers, made from one drawing of the plan."""

from functools import cached_property

from django.urls import reverse

from config.text import vn_number
from units.actions.reorganising import fingerprint, obstacles_to_undoing
from units.models import Reorganisation, Succession, Unit
from units.reorganising import effects, preparing, rules
from units.reorganising.drawing import Drawing, draw
from units.reorganising.people import Unplaced
from units.reorganising.people import with_heirs as _with_heirs
from units.reorganising.plan import Group, Plan, Way, from_json

SHOWN = 200
"""So many rows of one list a preview or a result shows; the rest is counted."""


class Opened:
    """A draft at hand: its plan, the plan laid upon the register, what stands in the way."""

    def __init__(self, draft: Reorganisation):
        self.draft = draft
        self.plan: Plan = from_json(draft.plan)

    @cached_property
    def drawing(self) -> Drawing:
        return draw(self.plan, self.draft.date)

    @cached_property
    def obstacles(self) -> list[rules.Obstacle]:
        return rules.obstacles(self.draft, self.drawing)

    def lines(self) -> list[preparing.Line]:
        return preparing.lines(self.drawing, self.obstacles)

    def line(self, number: int) -> preparing.Line:
        return next(line for line in self.lines() if line.group.number == number)

    def candidates(self, search) -> list[Unit]:
        """The units that the search finds; none while nothing was asked."""
        if not search.is_bound:
            return []
        found = preparing.candidates(self.plan, self.draft.date, **search.asked)
        return list(found[: preparing.FOUND_AT_MOST])

    def left(self, step: str) -> dict:
        """What a step still has to settle."""
        return {"left": [each.sentence for each in self.obstacles if each.step == step]}

    def tasks(self) -> list[dict]:
        """The steps, each with how far it has come, as a task list shows them."""
        counts = {step: len(self.left(step)["left"]) for step in rules.STEPS}
        groups, seats = len(self.plan.groups), len(self.drawing.seats)
        notes = {
            rules.HEAD: self.draft.basis,
            rules.UNITS: f"{vn_number(groups)} nhóm đơn vị",
            rules.CHILDREN: f"{vn_number(len(self.drawing.children))} đơn vị trực thuộc",
            rules.PEOPLE: f"{vn_number(seats)} vai trò ở các đơn vị kết thúc",
        }
        tasks = [
            self._task(step, label, url, notes[step], counts[step])
            for step, (label, url) in rules.STEPS.items()
        ]
        url = reverse("units:reorganisation_preview", args=[self.draft.pk])
        note = "Xem trước từng bảng thay đổi thế nào, rồi mới xác nhận."
        return [*tasks, {"label": "5. Xem trước và thực hiện", "url": url, "note": note}]

    def _task(self, step: str, label: str, url: str, note: str, wrong: int) -> dict:
        state = f"còn {vn_number(wrong)} việc" if wrong else "xong"
        return {
            "label": label,
            "url": reverse(url, args=[self.draft.pk]),
            "note": note,
            "state": state,
            "tone": "warning" if wrong else "success",
        }

    def preview(self) -> dict:
        """Obstacles first, each with the page to mend it; then every table."""
        drawing = self.drawing
        return {
            "obstacles": [(each, self._place(each)) for each in self.obstacles],
            "doubts": rules.doubts(drawing),
            "lines": self.lines(),
            "effects": effects.told(drawing),
            "children": drawing.children[:SHOWN],
            "more_children": max(0, len(drawing.children) - SHOWN),
            "seats": [_seat_told(seat, drawing) for seat in drawing.seats[:SHOWN]],
            "more_seats": max(0, len(drawing.seats) - SHOWN),
            "seen": fingerprint(self.draft, drawing),
        }

    def _place(self, obstacle: rules.Obstacle) -> str:
        if obstacle.group is not None:
            args = [self.draft.pk, obstacle.group]
            return reverse("units:reorganisation_group", args=args)
        return reverse(rules.STEPS[obstacle.step][1], args=[self.draft.pk])


def _seat_told(seat, drawing: Drawing) -> tuple:
    """A role, whether somebody chose for it, and the unit it goes on in."""
    choice = drawing.choice(seat)
    return seat, bool(choice), drawing.destination(choice)


def with_heirs(page, today) -> list[Unplaced]:
    """The people of a page with the units that carry theirs on."""
    seats = list(page)
    return _with_heirs(seats, today) if seats else []


# One group changed


def changed(opened: Opened, group: Group, data) -> Plan | None:
    """The plan with what a button asked for; None when nothing was chosen for it."""
    act = ACTS.get(data.get("viec", ""))
    return act(opened, group, data) if act else None


def _put_in(opened: Opened, group: Group, data) -> Plan | None:
    units = preparing.units_named(data.getlist("don_vi"), opened.draft.date)
    if not units:
        return None
    return opened.plan.with_group(preparing.with_units(group, units))


def _take_out(opened: Opened, group: Group, data) -> Plan:
    return opened.plan.with_group(preparing.without_unit(group, data.get("don_vi", "")))


def _one_more(opened: Opened, group: Group, data) -> Plan:
    return opened.plan.with_group(preparing.with_part(group))


def _one_less(opened: Opened, group: Group, data) -> Plan:
    return opened.plan.with_group(preparing.without_part(group, data.get("don_vi", "")))


def _drop(opened: Opened, group: Group, data) -> Plan:
    return opened.plan.without_group(group.number)


ACTS = {
    "them": _put_in,
    "bo": _take_out,
    "them-moi": _one_more,
    "bo-moi": _one_less,
    "xoa": _drop,
}


# What was done


def outcome(done: Reorganisation) -> dict:
    """The units that ended and started by it, and what stands against taking it back."""
    links = Succession.objects.filter(pk__in=done.effects.get("linked", ()))
    links = links.select_related("predecessor", "successor").order_by("predecessor__path", "pk")
    undone = done.state == Reorganisation.State.UNDONE
    return {
        "counts": done.effects.get("counts", {}),
        "links": list(links[:SHOWN]),
        "more_links": max(0, len(done.effects.get("linked", ())) - SHOWN),
        "plan_lines": _plan_told(from_json(done.plan)) if undone else [],
        "against": [] if undone else obstacles_to_undoing(done),
    }


def _plan_told(plan: Plan) -> list[tuple]:
    """What an undone one had been about, in its own words: the register holds it no more."""
    return [
        (
            Way(group.way).label,
            [f"{ending.name} ({ending.code})" for ending in group.endings],
            [f"{starting.name} ({starting.code})" for starting in group.startings],
        )
        for group in plan.groups
    ]
