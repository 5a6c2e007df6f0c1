"""What the lists of villages and of enterprises have in common: units with their chain of lives.

A code names a unit only together with a day, so the file comes with the day from which its units
stand in the register; the codes of the units above are those of that day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.db.models import Min
from django.urls import reverse

from config import clock
from config.text import vn_date
from config.workflow import Stale
from units import permissions, rules
from units.actions import participant_lists as actions
from units.actions.participant_lists import MOVED, Placing
from units.chains import Above, Chains, levels
from units.imports.kind import Fault, ImportKind
from units.imports.lives import Life, Lives
from units.kinds import Kind, Role
from units.models import Import, ImportRow, Unit, User

Verdict = ImportRow.Verdict


class FromDay(forms.Form):
    """From which day the units of the file stand in the register."""

    tu = forms.DateField(
        label="Có trong sổ từ ngày",
        help_text="Ngày đầu tiên của các đơn vị trong tệp; mã xã được hiểu theo ngày này.",
        error_messages={"invalid": "Ngày không đọc được. Hãy viết ngày/tháng/năm."},
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["tu"].initial = first_day_of_register


def first_day_of_register() -> date:
    """The day on which the register begins; today when it is empty."""
    return Unit.objects.aggregate(first=Min("valid_from"))["first"] or clock.today()


@dataclass(frozen=True)
class Around:
    """The register as rows are judged against it, and whose units the user may bring in."""

    day: date
    lives: Lives
    chains: Chains
    urban: frozenset[int]
    own: set[int] | None
    """The units above that the user keeps; None: all."""
    let_go: set[str] = field(default_factory=set)
    """Columns of which something was read that is not kept."""

    def above(self, code: str) -> Above | None:
        """The unit of that code on the day, as one that others stand under."""
        life = self.lives.on(code, self.day)
        return life and Above(life.pk, life.name, life.path, life.pk in self.urban, life.ends)


class Participants(ImportKind):
    """Villages or enterprises; a subclass names its ``kind``, columns and words."""

    kind = ""
    counted = "đơn vị"
    options = FromDay
    fields = ("code", "name", "subtype", "above")
    """What is kept of a row."""

    def refusal(self, user, options=None):
        """Administrators, and the reporters and leaders of a unit that may have such below it."""
        if permissions.is_administrator(user):
            return None
        if any(unit.kind in rules.PARENT_KINDS[self.kind] for unit in user.units_as(*Role.OF_UNIT)):
            return None
        return (
            f"Chỉ quản trị hệ thống, hoặc người lập báo cáo, lãnh đạo của đơn vị cấp trên mới được "
            f"nhập {self.title.lower()}."
        )

    def surroundings(self, options, user: User | None):
        whole = user is None or permissions.is_administrator(user)
        above = rules.PARENT_KINDS[self.kind]
        urban = Unit.objects.filter(kind__in=above, urban=True).values_list("pk", flat=True)
        return Around(
            date.fromisoformat(options["tu"]),
            Lives(Kind.values),
            Chains(above),
            frozenset(urban),
            None if whole else permissions.keeps_below(user),
        )

    def key(self, values):
        return rules.written_code(values["code"])

    def key_column(self):
        return "code"

    def judge(self, values, around: Around) -> Iterator[Fault]:
        code = rules.written_code(values["code"])
        if code and (refusal := rules.code_fits_kind(self.kind, values["subtype"], code)):
            yield Fault("code", "bad_length", _rest(refusal))
        if not values["above"]:
            return
        life = around.lives.on(values["above"], around.day)
        if life is None:
            yield Fault("above", *around.lives.refusal(values["above"], around.day))
        elif life.kind not in rules.PARENT_KINDS[self.kind]:
            yield Fault("above", "level_mismatch", _wrong_level(life, self.kind))
        elif around.own is not None and life.pk not in around.own:
            message = f"{life.name} ngoài đơn vị bạn phụ trách; hãy bỏ dòng này."
            yield Fault("above", "outside_scope", message)
        else:
            yield from self._in_time(code, around.above(values["above"]), around)

    def _in_time(self, code: str, above: Above, around: Around) -> Iterator[Fault]:
        """The unit can be followed to the end, and its code is free all the time."""
        if refusal := around.chains.refusal(above, around.day):
            yield Fault("above", "split_parent", refusal)
            return
        until = around.chains.of(above, around.day)[-1].ends
        present = around.lives.on(code, around.day)
        if present is None:
            for life in around.lives.of(code):
                if life.starts > around.day and (until is None or life.starts < until):
                    yield Fault("code", "code_taken", _taken_later(code, life))
                    return
        elif present.kind != self.kind:
            message = f"mã {code} là của {present.name}; hãy sửa mã."
            yield Fault("code", "code_taken", message)
        elif not present.path.startswith(above.path):
            yield Fault("above", "parent_mismatch", _elsewhere(code, present))

    def keep(self, values, around):
        kept = {name: values[name] for name in self.fields}
        return kept | {"code": rules.written_code(values["code"])}

    def unit_of(self, values, around: Around):
        above = around.above(values["above"])
        return above and above.pk

    def on_file(self, keys, around: Around):
        units = Unit.objects.filter(kind=self.kind, code__in=list(keys)).as_of(around.day)
        rows = units.values_list("code", "name", "subtype", "parent__code")
        return {row[0]: dict(zip(self.fields, row, strict=True)) for row in rows}

    def write(self, job: Import, rows, around: Around, *, by, at):
        rows = list(rows)
        keys = self._place(job, [row for row in rows if row.verdict == Verdict.NEW], around, by)
        keys |= self._rename([row for row in rows if row.verdict == Verdict.CHANGED], around, by)
        for row in rows:
            row.object_id = keys[row.key]

    def _rename(self, rows, around, by) -> dict[str, int]:
        """Each row learns which lives took the new name: exactly these get the old one back."""
        names = {row.key: (row.values["name"], row.values["subtype"]) for row in rows}
        done = actions.rename_all(self.kind, names, around.day, by=by)
        for row in rows:
            row.before["lives"] = done[row.key].lives
        ImportRow.objects.bulk_update(rows, ["before"], batch_size=500)
        return {key: renamed.pk for key, renamed in done.items()}

    def _place(self, job, rows, around, by) -> dict[str, int]:
        placings = []
        for values in (row.values for row in rows):
            above = around.above(values["above"])
            if above is None:
                raise Stale(MOVED)
            placing = Placing(values["code"], values["name"], values["subtype"], above, around.day)
            placings.append(placing)
        source = f"Tệp {job.name}, nhập ngày {vn_date(job.uploaded_at)}"
        return actions.place_all(self.kind, placings, around.chains, by=by, source=source)

    def hold_back(self, job: Import):
        new = job.rows.filter(part="", verdict=Verdict.NEW).values("object_id")
        return actions.rests_upon(levels(Unit.objects.filter(pk__in=new)))

    def undo(self, job: Import, rows, *, by, at):
        rows = list(rows)
        new = [row.object_id for row in rows if row.verdict == Verdict.NEW]
        actions.take_away_all(new, by=by)
        changed = [row for row in rows if row.verdict == Verdict.CHANGED]
        actions.rename_back([(row.values, row.before) for row in changed], by=by)

    def result_url(self, job: Import):
        day = vn_date(date.fromisoformat(job.options["tu"]))
        return reverse("units:list", query={"cap": self.kind, "ngay": day})

    def rows(self, options, user: User | None):
        """The units of the day that the user keeps, as they stand on file."""
        day = date.fromisoformat(options["tu"])
        units = Unit.objects.filter(kind=self.kind).as_of(day)
        if user is not None and not permissions.is_administrator(user):
            units = units.filter(parent__in=permissions.keeps_below(user))
        rows = units.order_by("path").values_list("code", "name", "subtype", "parent__code")
        for row in rows.iterator(chunk_size=2_000):
            yield dict(zip(self.fields, row, strict=True))


def _rest(sentence: str) -> str:
    """What follows the name of the column; a finding names its column itself."""
    return sentence.partition(": ")[2]


def _wrong_level(life: Life, kind: str) -> str:
    allowed = ", ".join(Kind(above).label for above in rules.PARENT_KINDS[kind])
    told = f"{life.name} là {Kind(life.kind).label}; {Kind(kind).label} chỉ thuộc"
    return f"{told} {allowed}. Hãy sửa mã."


def _taken_later(code: str, life: Life) -> str:
    return (
        f"mã {code} đã chỉ {life.name} từ {vn_date(life.starts)}; hãy dùng mã khác, hoặc nhập từ "
        "ngày đó."
    )


def _elsewhere(code: str, life: Life) -> str:
    return (
        f"{life.name} (mã {code}) đang thuộc đơn vị khác trong sổ; đổi đơn vị cấp trên là sắp xếp "
        "lại, không nhập bằng tệp. Hãy sửa mã xã, hoặc bỏ dòng này."
    )
