"""The kind of data "sap-xep": a list of changes of the register, made into drafts to carry out."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from config.sheets import CHOICE, CODE, DATE, NAME, TEXT, Column, Definition
from units import permissions
from units.actions import reorganising as actions
from units.imports.kind import Fault, ImportKind
from units.kinds import Confidence
from units.models import Import, Reorganisation, Succession
from units.reorganising.proposing import Change, faults

Way = Succession.Way
DEFINITION = Definition(
    title="Thay đổi đơn vị",
    columns=(
        Column(
            "effective_date",
            "Có hiệu lực từ ngày",
            DATE,
            True,
            width=16,
            aliases=("effective_date",),
        ),
        Column("old_code", "Mã đơn vị cũ", CODE, True, maximum=20, aliases=("old_code",)),
        Column(
            "old_name",
            "Tên đơn vị cũ",
            NAME,
            True,
            help="Tên đầy đủ ngay trước ngày hiệu lực.",
            width=30,
            aliases=("old_name",),
        ),
        Column(
            "new_code",
            "Mã đơn vị mới",
            CODE,
            maximum=20,
            help="Để trống khi kết thúc mà không có, hoặc chưa rõ, đơn vị tiếp nhận.",
            aliases=("new_code",),
        ),
        Column("new_name", "Tên đơn vị mới", NAME, width=30, aliases=("new_name",)),
        Column("kind", "Hình thức", CHOICE, True, choices=Way.choices, width=22, aliases=("kind",)),
        Column(
            "legal_basis",
            "Căn cứ",
            TEXT,
            True,
            maximum=100,
            help="Số, ngày của văn bản; các dòng cùng ngày, cùng căn cứ là một việc.",
            width=48,
            aliases=("legal_basis",),
        ),
        Column(
            "confidence",
            "Độ tin cậy",
            CHOICE,
            choices=Confidence.choices,
            width=22,
            aliases=("confidence",),
        ),
        Column("note", "Ghi chú", TEXT, maximum=500, width=40, aliases=("note",)),
    ),
    max_rows=20_000,
    intro=(
        "Mỗi dòng: một đơn vị cũ chuyển vào một đơn vị mới. Đơn vị vẫn giữ mã khi nhận đơn vị khác "
        "cũng có một dòng của chính nó.",
        "Cổng lập một bản chuẩn bị cho mỗi ngày và căn cứ; chưa đơn vị nào thay đổi trước khi quản "
        "trị hệ thống bố trí người, xem trước và xác nhận.",
    ),
)


@dataclass
class Around:
    """The changes that the register knows or drafts hold already, by key, as ``keep`` has them."""

    known: dict[str, dict] = field(default_factory=dict)


class Changes(ImportKind):
    slug = "sap-xep"
    title = "Thay đổi, sắp xếp đơn vị"
    about = "Danh sách sáp nhập, chia tách, đổi tên, kết thúc; lập thành các bản chuẩn bị sắp xếp."
    counted = "thay đổi"

    def refusal(self, user, options=None):
        return permissions.keeps_catalogues(user)

    def definition(self, options):
        return DEFINITION

    def surroundings(self, options, user):
        return Around({**_drafted(), **_on_register()})

    def key(self, values):
        day, old = values["effective_date"], values["old_code"]
        return f"{day:%Y-%m-%d}/{old}/{values['new_code']}" if day and old else ""

    def key_column(self):
        return "old_code"

    def judge(self, values, around: Around) -> Iterator[Fault]:
        ends = values["kind"] == Way.DISSOLVE
        for name in ("new_code", "new_name"):
            if values["kind"] and not ends and not values[name]:
                message = "chỉ để trống khi hình thức là kết thúc hoạt động; hãy ghi đơn vị mới."
                yield Fault(name, "missing_heir", message)
            elif ends and values[name]:
                message = "kết thúc hoạt động thì không có đơn vị mới; hãy để trống hoặc sửa."
                yield Fault(name, "heir_of_end", message)

    def keep(self, values, around: Around):
        """A change that is known already stands as it is known: sources write names differently."""
        known = around.known.get(self.key(values))
        if known:
            return known
        kept = {column.name: values[column.name] for column in DEFINITION.columns}
        return {**kept, "confidence": kept["confidence"] or Confidence.CONFIRMED.value}

    def on_file(self, keys: Collection[str], around: Around):
        return {key: around.known[key] for key in keys if key in around.known}

    def finish(self, job: Import, around: Around) -> Iterator[Fault]:
        return self._whole(job, around)

    def recheck(self, job: Import, around: Around) -> Iterable[Fault]:
        return list(self._whole(job, around))

    def _whole(self, job: Import, around: Around) -> Iterator[Fault]:
        """The lines in the order of their days: a later one may speak of what an earlier starts."""
        rows = job.rows.filter(part="", verdict="new").order_by("number")
        lines = {_change(row.values): row.key for row in rows}
        for change, column, rule, message in faults(lines, map(_change, around.known.values())):
            yield Fault(column, rule, message, key=lines[change])

    def write(self, job: Import, rows, around: Around, *, by, at):
        """The lines of one decision may stand in several chunks: see ``after``."""

    def after(self, job: Import, around: Around, *, by, at):
        actions.draft_changes(job, _change, map(_change, around.known.values()), by=by)

    def hold_back(self, job: Import):
        return actions.worked_on(job)

    def undo(self, job: Import, rows, *, by, at):
        actions.drop_drafts([row.object_id for row in rows if row.object_id], by=by)

    def rows(self, options, user):
        """Everything that the register knows, in the order of its days."""
        known = _on_register().values()
        for values in sorted(known, key=lambda one: (one["effective_date"], one["old_code"])):
            yield {name: value for name, value in values.items() if value != ""}


def _change(values: dict) -> Change:
    day = values["effective_date"]
    return Change(
        day if isinstance(day, date) else date.fromisoformat(day),
        values["old_code"],
        values["old_name"],
        values["new_code"],
        values["new_name"],
        values["kind"],
        values["legal_basis"],
        values["confidence"],
        values["note"],
    )


def _on_register() -> dict[str, dict]:
    links = Succession.objects.select_related("predecessor", "successor").order_by("date", "pk")
    return dict(_known(_of_link(link)) for link in links)


def _of_link(link: Succession) -> dict:
    heir = link.successor
    return {
        "effective_date": link.date,
        "old_code": link.predecessor.code,
        "old_name": link.predecessor.name,
        "new_code": heir.code if heir else "",
        "new_name": heir.name if heir else "",
        "kind": link.way,
        "legal_basis": link.basis,
        "confidence": link.confidence,
        "note": link.note,
    }


def _drafted() -> dict[str, dict]:
    plans = Reorganisation.objects.drafts().order_by("pk").values_list("plan", flat=True)
    return dict(_known(line) for plan in plans for line in plan.get("lines", ()))


def _known(values: dict) -> tuple[str, dict]:
    return f"{values['effective_date']}/{values['old_code']}/{values['new_code']}", values
