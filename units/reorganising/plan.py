"""What a decision does, as an administrator writes it down: plain data, kept as JSON in the draft.

A unit that starts is called by the key it has in the plan ("+1.1"), a unit of the register by its
code: the one that ends is the one that has it on the day before, the one that others are placed
under has it on the day itself. A code and a day mean one unit, which need not be there yet while
the plan is made: an earlier decision may have to be carried out first.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal

from units.kinds import Confidence
from units.models import Succession

Way = Succession.Way
ENDS = "end"
"""A child unit, or a role, that ends with its unit."""
ELSEWHERE = "elsewhere"
"""A child unit that ends on the day by another decision, which will name its heir."""
KEY = "+"
"""What the key of a starting unit begins with; no code does."""


@dataclass(frozen=True)
class Heir:
    """A starting unit that takes over, whole or in part; ``share`` of 1, None where not told."""

    key: str
    share: Decimal | None = None


@dataclass(frozen=True)
class Ending:
    """A unit that ends. ``heirs`` are told for splits only, see ``Group.heirs_of``.

    ``name`` is what it was called when the plan was made: if the code means another unit by then,
    or from another day on, somebody has to look.
    """

    code: str
    name: str = ""
    heirs: tuple[Heir, ...] = ()
    confidence: str = Confidence.CONFIRMED.value
    note: str = ""


@dataclass(frozen=True)
class Starting:
    """A unit that starts. ``parent``: a code, or the key of a unit that the plan starts."""

    key: str
    code: str = ""
    name: str = ""
    short_name: str = ""
    subtype: str = ""
    urban: bool = False
    parent: str = ""
    confidence: str = Confidence.CONFIRMED.value


@dataclass(frozen=True)
class Group:
    """Units that end together with those that start from them: one line of a resolution."""

    number: int
    way: str
    endings: tuple[Ending, ...] = ()
    startings: tuple[Starting, ...] = ()
    reason: str = ""
    """Why units end without an heir."""

    def heirs_of(self, ending: Ending) -> tuple[Heir, ...]:
        """Who takes the unit over; where one unit starts, it takes over all that end."""
        if self.way == Way.DISSOLVE:
            return ()
        if self.way == Way.SPLIT:
            known = {starting.key for starting in self.startings}
            return tuple(heir for heir in ending.heirs if heir.key in known)
        return tuple(Heir(starting.key) for starting in self.startings[:1])

    def starting(self, key: str) -> Starting | None:
        return next((each for each in self.startings if each.key == key), None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the units that end."""
        return tuple(ending.code for ending in self.endings)


@dataclass(frozen=True)
class Plan:
    """The whole of a decision.

    ``children``: code of a unit under one that ends → code or key of the unit it goes on under,
    ``ENDS`` or ``ELSEWHERE``. ``seats``: appointment → key of the unit it goes on in, or ``ENDS``;
    a unit that follows the one above it has the key of ``follower``. What nobody chose is not in
    there.
    """

    groups: tuple[Group, ...] = ()
    children: dict[str, str] = field(default_factory=dict)
    seats: dict[int, str] = field(default_factory=dict)
    lines: tuple[dict, ...] = ()
    """The lines of the file that the plan was made of, where it was."""

    def group(self, number: int) -> Group | None:
        return next((group for group in self.groups if group.number == number), None)

    def endings(self) -> Iterator[tuple[Group, Ending]]:
        for group in self.groups:
            for ending in group.endings:
                yield group, ending

    def startings(self) -> Iterator[tuple[Group, Starting]]:
        for group in self.groups:
            for starting in group.startings:
                yield group, starting

    @property
    def codes(self) -> set[str]:
        """Of the units that the plan itself ends."""
        return {ending.code for _, ending in self.endings()}

    # A changed plan; none of these writes.

    def with_group(self, group: Group) -> "Plan":
        """The plan with the group in its place, or at the end when it is new."""
        if self.group(group.number) is None:
            return replace(self, groups=(*self.groups, group))
        return replace(
            self,
            groups=tuple(group if each.number == group.number else each for each in self.groups),
        )

    def without_group(self, number: int) -> "Plan":
        return replace(self, groups=tuple(each for each in self.groups if each.number != number))

    def new_group(self, way: str) -> Group:
        """An empty group with the next number; a split starts with two units."""
        number = max((group.number for group in self.groups), default=0) + 1
        group = Group(number, way)
        needed = {Way.DISSOLVE: 0, Way.SPLIT: 2}.get(way, 1)
        for _ in range(needed):
            group = with_starting(group)
        return group

    def with_choices(self, *, children: dict | None = None, seats: dict | None = None) -> "Plan":
        """The plan with more choices; "" takes a choice back."""
        return replace(
            self,
            children=_chosen(self.children, children or {}),
            seats=_chosen(self.seats, seats or {}),
        )


def _chosen(kept: dict, told: dict) -> dict:
    return {key: value for key, value in {**kept, **told}.items() if value}


def follower(code: str) -> str:
    """The key of the new life of a unit that follows the one above it."""
    return f"{KEY}u{code}"


def with_starting(group: Group, **words) -> Group:
    """The group with one more unit that starts."""
    taken = {starting.key for starting in group.startings}
    place = 1
    while f"{KEY}{group.number}.{place}" in taken:
        place += 1
    starting = Starting(f"{KEY}{group.number}.{place}", **words)
    return replace(group, startings=(*group.startings, starting))


# JSON


def as_json(plan: Plan) -> dict:
    """The plan as ``Reorganisation.plan`` keeps it."""
    told = asdict(plan)
    for group in told["groups"]:
        for ending in group["endings"]:
            for heir in ending["heirs"]:
                heir["share"] = None if heir["share"] is None else str(heir["share"])
    told["seats"] = {str(key): value for key, value in told["seats"].items()}
    return told


def from_json(told: dict) -> Plan:
    """The plan of a draft; an empty one where nothing is kept yet."""
    return Plan(
        groups=tuple(_group(group) for group in told.get("groups", ())),
        children=dict(told.get("children", {})),
        seats={int(key): value for key, value in told.get("seats", {}).items()},
        lines=tuple(told.get("lines", ())),
    )


def _group(told: dict) -> Group:
    return Group(
        **{
            **told,
            "endings": tuple(_ending(ending) for ending in told["endings"]),
            "startings": tuple(Starting(**starting) for starting in told["startings"]),
        }
    )


def _ending(told: dict) -> Ending:
    heirs = tuple(
        Heir(heir["key"], None if heir["share"] is None else Decimal(heir["share"]))
        for heir in told["heirs"]
    )
    return Ending(**{**told, "heirs": heirs})
