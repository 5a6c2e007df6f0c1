"""State machines as data: steps with their obstacles. One function per noun takes them."""

from collections.abc import Callable
from dataclasses import dataclass

from config import clock


class RuleViolation(Exception):
    """The domain forbids this; ``args`` are the reasons, in words fit to show."""


class Stale(RuleViolation):
    """Somebody else wrote in the meantime; nothing of this write was kept."""


def refuse(*reasons: str | None) -> None:
    """Refuse with all the reasons there are (``RuleViolation``); without any, go on."""
    if told := [reason for reason in reasons if reason]:
        raise RuleViolation(*told)


def overwritten(what: str, by=None, at=None, *, reader=None) -> Stale:
    """The refusal of a write that began from an older state: who wrote, when, what to do now.

    ``reader`` is told "you, in another window" when it was the same person.
    """
    when = f" lúc {clock.said(at)}" if at else ""
    who = "Chính bạn, ở một cửa sổ khác," if by and by == reader else by or "Người khác"
    return Stale(
        f"{who} đã sửa {what}{when}. Nội dung bạn vừa nhập chưa được lưu: hãy chép "
        "ra, tải lại trang rồi nhập lại."
    )


@dataclass(frozen=True)
class Step:
    """One arrow of a state diagram: from where, to where, by whom, on what terms.

    ``may`` and each of ``rules`` return a reason in Vietnamese, or None when nothing is in the
    way: ``may(user, obj, now)`` speaks of the person, a rule ``(obj, note, now)`` of the matter.
    """

    label: str
    sources: tuple[str, ...]
    target: str
    may: Callable
    rules: tuple[Callable, ...] = ()
    needs_note: str = ""
    """The question asked for the note, where the step needs one."""
    warning: str = ""
    """What nobody can take back: the page says it and asks once more."""

    def obstacles(self, obj, *, by, note: str = "", now) -> list[str]:
        """Why not? An empty list means yes. Pages print it, actions refuse on it."""
        if obj.state not in self.sources:
            return [
                f"Không thể {self.label} ở trạng thái “{obj.get_state_display()}”; có thể vừa có "
                "người làm việc này, hoặc chính bạn ở một cửa sổ khác."
            ]
        if refusal := self.may(by, obj, now):
            return [refusal]
        return [reason for rule in self.rules if (reason := rule(obj, note, now))]


@dataclass(frozen=True)
class Offer:
    """A step as a page shows it: its name, its label and what stands in its way."""

    name: str
    label: str
    obstacles: tuple[str, ...]
    needs_note: str = ""
    warning: str = ""


def offers(steps: dict[str, Step], obj, *, by, now) -> list[Offer]:
    """The steps that lead on from the object's present state, for this user to see.

    Rules about the note are left to the sending itself: an empty note is no obstacle to
    opening the form.
    """
    found = []
    for name, step in steps.items():
        if obj.state in step.sources:
            blocked = step.obstacles(obj, by=by, note="…" if step.needs_note else "", now=now)
            found.append(Offer(name, step.label, tuple(blocked), step.needs_note, step.warning))
    return found


def mermaid(steps: dict[str, Step], labels: dict[str, str], initial: str) -> str:
    """The step table as a Mermaid state diagram, for the README."""
    lines = ["stateDiagram-v2", f"    [*] --> {initial}"]
    lines += [f"    {value}: {label}" for value, label in labels.items()]
    for step in steps.values():
        lines += [f"    {source} --> {step.target}: {step.label}" for source in step.sources]
    return "\n".join(lines)
