"""Lines of a list of changes made into drafts: one for each day and legal basis.

The list is gone through in the order of its days, since a later change may speak of a unit that
an earlier one starts. What the list does not tell is inferred only where it can be told for sure
(parents, from the heirs of the predecessors' parents), else left for people to choose.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from config.dated import covers
from config.text import fold
from units.models import Succession, Unit
from units.reorganising.naming import named
from units.reorganising.plan import ELSEWHERE, Ending, Group, Heir, Plan, Starting, Way

UNTOLD = "Danh sách thay đổi không ghi đơn vị tiếp nhận."
DECIDED = re.compile(r"ngày (\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class Change(NamedTuple):
    """One line: the unit that ends on the day, and the one that starts from it ("": none)."""

    day: date
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    way: str
    basis: str
    confidence: str
    note: str


@dataclass
class Life:
    """A unit of the register, or one that an earlier line starts."""

    code: str
    name: str
    short_name: str
    subtype: str
    urban: bool
    kind: str
    parent: str
    starts: date
    ends: date | None
    heirs: set[str] = field(default_factory=set)
    """Codes of the units that follow at its end; "" for none, empty where nobody has told."""


class Ground:
    """The register as it would be once the lines up to a day are carried out."""

    def __init__(self):
        self._lives: dict[str, list[Life]] = defaultdict(list)
        fields = ("code", "name", "short_name", "subtype", "urban", "kind", "parent__code")
        known: dict[int, Life] = {}
        for pk, *told in Unit.objects.order_by("valid_from", "pk").values_list(
            "pk", *fields, "valid_from", "valid_to"
        ):
            known[pk] = Life(*told)
            known[pk].parent = known[pk].parent or ""
            self._lives[known[pk].code].append(known[pk])
        for old, code in Succession.objects.values_list("predecessor", "successor__code"):
            known[old].heirs.add(code or "")

    def until(self, code: str, day: date) -> Life | None:
        """The unit that has the code on the day before."""
        return self.on(code, day - timedelta(days=1))

    def on(self, code: str, day: date) -> Life | None:
        return next((one for one in self._lives[code] if covers(one.starts, one.ends, day)), None)

    def take(self, changes: Iterable[Change], parents: dict[str, str]) -> None:
        """Carry out the lines of one day."""
        for change in changes:
            old = self.until(change.old_code, change.day)
            if old is not None:
                old.ends = change.day
                old.heirs.add(change.new_code)
                if change.new_code and self.on(change.new_code, change.day) is None:
                    self._start(change, old, parents.get(change.new_code, ""))

    def _start(self, change: Change, old: Life, parent: str) -> None:
        new = named(change.new_name)
        self._lives[change.new_code].append(
            Life(
                change.new_code,
                new.name,
                new.short_name,
                new.subtype or old.subtype,
                new.urban if new.kind else old.urban,
                old.kind,
                parent,
                change.day,
                None,
            )
        )


@dataclass(frozen=True)
class Proposal:
    """A draft to be made, and the lines it comes from."""

    day: date
    basis: str
    plan: Plan
    changes: tuple[Change, ...]

    @property
    def way(self) -> str:
        """How units change by it in the main."""
        ways = Counter(group.way for group in self.plan.groups)
        return ways.most_common(1)[0][0]

    @property
    def decided_on(self) -> date | None:
        """The date of the decision, where its words tell it."""
        found = DECIDED.search(self.basis)
        try:
            return date(*(int(part) for part in reversed(found.groups()))) if found else None
        except ValueError:
            return None


def propose(changes: Iterable[Change], known: Iterable[Change] = ()) -> list[Proposal]:
    """Drafts for the lines, in the order of their days; ``known`` ones are done or drafted.

    Lines that ``faults`` objects to must not be among them.
    """
    known = set(known)
    ground, found = Ground(), []
    for day, lines in _by_day([*changes, *known]):
        parents = _parents(lines, ground, day)
        new = [change for change in lines if change not in known]
        for basis in dict.fromkeys(change.basis for change in new):
            own = [change for change in new if change.basis == basis]
            groups = tuple(_groups(own, ground, parents))
            plan = Plan(groups, _ended_elsewhere(own, lines, ground, day))
            found.append(Proposal(day, basis, plan, tuple(own)))
        ground.take(lines, parents)
    return found


def faults(changes: Iterable[Change], known: Iterable[Change] = ()) -> Iterator[tuple]:
    """What is wrong with lines as a whole: line, column, rule, words."""
    known = set(known)
    ground = Ground()
    for _, lines in _by_day([*changes, *known]):
        ends = defaultdict(set)
        for change in lines:
            ends[change.old_code].add(change.basis)
        names = {change.new_code: change.new_name for change in reversed(lines)}
        for change in lines:
            if change not in known:
                yield from _faults_of(change, ground, ends, names)
        ground.take(lines, {})


def _by_day(changes: Iterable[Change]) -> list[tuple[date, list[Change]]]:
    days = defaultdict(dict)
    for change in changes:
        days[change.day].setdefault(change)
    return sorted((day, list(lines)) for day, lines in days.items())


def _faults_of(change: Change, ground: Ground, ends: dict, names: dict) -> Iterator[tuple]:
    old = ground.until(change.old_code, change.day)
    if old is None:
        message = (
            f"trước ngày {change.day:%d/%m/%Y} sổ không có đơn vị mang mã {change.old_code}; hãy "
            "sửa mã hoặc ngày."
        )
        yield change, "old_code", "unknown_unit", message
        return
    wanted = named(change.old_name).name
    if wanted and fold(wanted) not in (fold(old.name), fold(old.short_name)):
        message = (
            f"“{change.old_name}” không phải tên của mã {change.old_code} ({old.name}) khi đó; hãy "
            "sửa mã hoặc tên."
        )
        yield change, "old_name", "name_mismatch", message
    if old.ends == change.day and old.heirs:
        message = f"sổ đã ghi việc khác của {old.name} từ ngày này; hãy sửa ở trang quản trị."
        yield change, "old_code", "already_handed_over", message
    if len(ends[change.old_code]) > 1:
        message = f"{old.name} kết thúc theo hai văn bản trong cùng một ngày; hãy để một văn bản."
        yield change, "legal_basis", "two_decisions", message
    if change.new_code:
        yield from _faults_of_new(change, ground, ends, names)


def _faults_of_new(change: Change, ground: Ground, ends: dict, names: dict) -> Iterator[tuple]:
    """The new unit is one, under one name, and its code is free from the day on."""
    other = names[change.new_code]
    if fold(other) != fold(change.new_name):
        message = (
            f"mã {change.new_code} được gọi hai tên, “{other}” và “{change.new_name}”; hãy để một "
            "tên."
        )
        yield change, "new_name", "two_names", message
    life = ground.on(change.new_code, change.day)
    if life is None or (life.starts < change.day and change.new_code in ends):
        return
    if life.starts == change.day:
        message = f"{life.name} đã có trong sổ từ ngày này; hãy ghi kế thừa ở trang quản trị."
        yield change, "new_code", "already_started", message
    else:
        message = (
            f"mã {change.new_code} đang chỉ {life.name}; nếu đơn vị này cũng được sắp xếp thì thêm "
            "một dòng cho chính nó, nếu không hãy dùng mã khác."
        )
        yield change, "new_code", "code_in_use", message


# Groups


def _groups(lines: list[Change], ground: Ground, parents: dict[str, str]) -> Iterator[Group]:
    """Lines that share an old or a new unit belong together; ends without heir are one group."""
    number = 0
    for joined in _joined([change for change in lines if change.new_code]):
        number += 1
        yield _group(number, joined, ground, parents)
    if ends := [change for change in lines if not change.new_code]:
        reason = next((change.note for change in ends if change.note), UNTOLD)
        endings = tuple(
            Ending(change.old_code, change.old_name, (), change.confidence, change.note)
            for change in ends
        )
        yield Group(number + 1, Way.DISSOLVE.value, endings, reason=reason)


def _joined(lines: list[Change]) -> list[list[Change]]:
    groups: list[tuple[set, list[Change]]] = []
    for change in lines:
        ends = {("old", change.old_code), ("new", change.new_code)}
        touching = [group for group in groups if group[0] & ends]
        groups = [group for group in groups if not group[0] & ends]
        keys = ends.union(*(keys for keys, _ in touching))
        groups.append((keys, [*(each for _, had in touching for each in had), change]))
    return [lines for _, lines in groups]


def _group(number: int, lines: list[Change], ground: Ground, parents: dict[str, str]) -> Group:
    codes = list(dict.fromkeys(change.new_code for change in lines))
    keys = {code: f"+{number}.{place}" for place, code in enumerate(codes, start=1)}
    olds = list(dict.fromkeys(change.old_code for change in lines))
    one = Way.MERGE.value if len(olds) > 1 else lines[0].way
    way = Way.SPLIT.value if len(codes) > 1 else one
    endings = tuple(
        _ending([change for change in lines if change.old_code == code], keys, way) for code in olds
    )
    startings = tuple(
        _starting(keys[code], [c for c in lines if c.new_code == code], ground, parents)
        for code in codes
    )
    return Group(number, way, endings, startings)


def _ending(lines: list[Change], keys: dict[str, str], way: str) -> Ending:
    first = lines[0]
    heirs = tuple(Heir(keys[change.new_code]) for change in lines) if way == Way.SPLIT else ()
    return Ending(first.old_code, first.old_name, heirs, first.confidence, first.note)


def _starting(key: str, lines: list[Change], ground: Ground, parents: dict[str, str]) -> Starting:
    change = lines[0]
    old, new = ground.until(change.old_code, change.day), named(change.new_name)
    return Starting(
        key,
        change.new_code,
        new.name,
        new.short_name,
        new.subtype or old.subtype,
        new.urban if new.kind else old.urban,
        parents.get(change.new_code, ""),
        change.confidence,
    )


# Where what starts stands


def _parents(lines: list[Change], ground: Ground, day: date) -> dict[str, str]:
    """New unit → the unit above it on the day, where all its predecessors lead to one."""
    told = defaultdict(set)
    for change in lines:
        told[change.old_code].add(change.new_code)
    above = defaultdict(set)
    for change in lines:
        old = ground.until(change.old_code, day)
        if change.new_code and old is not None:
            above[change.new_code].add(_above(old.parent, told, ground, day))
    return {code: next(iter(places)) for code, places in above.items() if len(places) == 1}


def _above(code: str, told: dict[str, set[str]], ground: Ground, day: date) -> str:
    """What has become of a unit on the day: itself, its one heir, else whoever stands above it."""
    seen = set()
    while code and code not in seen:
        seen.add(code)
        life = ground.until(code, day)
        if life is None:
            return code if ground.on(code, day) else ""
        ended = life.ends == day and life.heirs
        heirs = told.get(code) or (life.heirs if ended else None)
        if not heirs:
            return code
        if heirs != {""}:
            return next(iter(heirs)) if len(heirs) == 1 else ""
        code = life.parent
    return ""


def _ended_elsewhere(
    own: list[Change], lines: list[Change], ground: Ground, day: date
) -> dict[str, str]:
    """Units below those of this decision that another one of the day ends itself."""
    ending = {change.old_code for change in own}
    found = {}
    for code in {change.old_code for change in lines} - ending:
        life, seen = ground.until(code, day), set()
        while life is not None and life.parent and life.parent not in seen:
            seen.add(life.parent)
            if life.parent in ending:
                found[code] = ELSEWHERE
                break
            life = ground.until(life.parent, day)
    return dict(sorted(found.items()))
