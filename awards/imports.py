"""Honours as a file: what each column takes, and what a row is judged by."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from awards import likeness, permissions, rules
from awards.actions import put_back_honours, write_honours
from awards.kinds import AwardType
from awards.models import AwardForm, Honour
from awards.queries import award_forms, honours_for, register_starts
from config import clock
from config.paging import STREAM_CHUNK, streamed
from config.sheets import CHOICE, CODE, DATE, NAME, YEAR, Column, Definition
from config.text import fold
from units.actions.exports import note_taken_away
from units.imports.kind import Fault, ImportKind, register
from units.imports.lives import Life, Lives
from units.kinds import Kind
from units.models import ImportRow, User

HONOURS = Definition(
    title="Khen thưởng đã có",
    max_rows=50_000,
    columns=(
        Column(
            "recipient",
            "Đối tượng",
            CHOICE,
            required=True,
            choices=Honour.Recipient.choices,
            aliases=("doi_tuong",),
            help="Ai được khen: tập thể, doanh nghiệp, cá nhân hay hộ gia đình.",
            width=20,
        ),
        Column(
            "name",
            "Tên được ghi trong quyết định",
            NAME,
            required=True,
            maximum=200,
            aliases=("ten",),
            help="Chép như trong quyết định.",
            width=36,
        ),
        Column(
            "unit_code",
            "Mã đơn vị",
            CODE,
            required=True,
            maximum=20,
            aliases=("ma_don_vi",),
            help="Đơn vị được khen, hoặc đơn vị của người, hộ được khen, vào ngày quyết định.",
            width=12,
        ),
        Column(
            "unit",
            "Tên đơn vị",
            NAME,
            aliases=("ten_don_vi",),
            help="Chỉ để đối chiếu với mã; có thể để trống.",
            width=30,
        ),
        Column(
            "form",
            "Hình thức khen thưởng",
            required=True,
            maximum=200,
            aliases=("hinh_thuc",),
            help="Tên hoặc mã hình thức như ở trang Quy định khen thưởng: Giấy khen, GK-XA…",
            width=36,
        ),
        Column(
            "number",
            "Số quyết định",
            required=True,
            maximum=100,
            aliases=("so_quyet_dinh",),
            help="Số, ký hiệu của quyết định khen thưởng.",
            width=18,
        ),
        Column(
            "decided_on",
            "Ngày quyết định",
            DATE,
            required=True,
            aliases=("ngay_quyet_dinh",),
            help="Ngày ký quyết định.",
        ),
        Column(
            "issuer",
            "Cơ quan quyết định",
            required=True,
            maximum=200,
            aliases=("co_quan_quyet_dinh",),
            help="Cơ quan, người có thẩm quyền ký quyết định.",
            width=32,
        ),
        Column(
            "achievement",
            "Thành tích",
            maximum=500,
            aliases=("thanh_tich",),
            help="Thành tích như trong quyết định.",
            width=50,
        ),
        Column(
            "period_from",
            "Thành tích từ năm",
            YEAR,
            grouped=False,
            aliases=("tu_nam",),
            help="Năm đầu của thành tích; trống: quyết định không ghi.",
        ),
        Column(
            "period_to",
            "Thành tích đến năm",
            YEAR,
            grouped=False,
            aliases=("den_nam",),
            help="Năm cuối của thành tích; trống: quyết định không ghi.",
        ),
        Column(
            "award_type",
            "Loại khen thưởng",
            CHOICE,
            choices=AwardType.choices,
            aliases=("loai_khen_thuong",),
            help="Theo phong trào thi đua, công trạng, đột xuất…; trống: theo phong trào thi đua.",
            width=24,
        ),
        Column(
            "revoked_on",
            "Hủy bỏ từ ngày",
            DATE,
            aliases=("huy_bo_tu_ngay",),
            help="Chỉ để biết; hủy bỏ thì nhập quyết định hủy bỏ trong cổng.",
        ),
    ),
)


@dataclass
class Surroundings:
    """What rows are judged against."""

    units: Lives
    forms: dict[str, AwardForm]
    """By folded name and by folded code."""
    starts: date
    today: date
    user: User | None

    def unit(self, values) -> Life | None:
        if not (values["unit_code"] and values["decided_on"]):
            return None
        day = rules.day_of_unit(values["decided_on"], self.starts)
        return self.units.on(values["unit_code"], day)

    def form(self, values) -> AwardForm | None:
        return self.forms.get(fold(values["form"]))


class HonourKind(ImportKind):
    """Awards that were decided before this portal knew of them."""

    slug = "khen-thuong"
    title = "Khen thưởng đã có"
    counted = "khen thưởng"
    about = "Các quyết định khen thưởng đã ban hành cho tập thể, doanh nghiệp, cá nhân, hộ."
    sequence = ("thon", "doanh-nghiep")
    duplicate_rule = "duplicate_honour"

    def refusal(self, user, options=None):
        return permissions.keeps_honours(user)

    def definition(self, options):
        return HONOURS

    def surroundings(self, options, user):
        forms = {}
        for form in award_forms():
            forms[fold(form.name)] = forms[fold(form.code)] = form
        return Surroundings(Lives(Kind), forms, register_starts(), clock.today(), user)

    def key(self, values):
        parts = [values[n] for n in ("recipient", "unit_code", "number", "name")]
        if not (all(parts) and values["decided_on"]):
            return ""
        return _key(values["decided_on"], *parts)

    def key_column(self):
        return "number"

    def judge(self, values, around):
        yield from _unit_faults(values, around)
        if values["form"] and around.form(values) is None:
            names = "; ".join(dict.fromkeys(form.name for form in around.forms.values()))
            words = (
                f"“{values['form'][:60]}” không phải hình thức khen thưởng đã ghi; hãy ghi một "
                f"trong: {names}."
            )
            yield Fault("form", "unknown_form", words)
        yield from _dated(values, around)
        if values["recipient"] and around.user:
            told = permissions.may_honour(around.user, values["recipient"])
            if told:
                yield Fault("recipient", "outside_scope", told)

    def keep(self, values, around):
        """Names of unit and form are those of the register and of the plan."""
        names = {"unit": around.unit(values).name, "form": around.form(values).name}
        award_type = values["award_type"] or AwardType.MOVEMENT.value
        return _comparable({**values, **names, "award_type": award_type})

    def unit_of(self, values, around):
        return around.unit(values).pk

    def on_file(self, keys, around):
        asked, days = set(keys), {date.fromisoformat(key.partition("/")[0]) for key in keys}
        codes = {key.split("/")[2] for key in keys}
        rows = Honour.objects.filter(decided_on__in=days, unit__code__in=codes)
        found = {self.key(row): row for row in map(values_of, rows.select_related("unit", "form"))}
        return {key: _comparable(row) for key, row in found.items() if key in asked}

    def finish(self, job, around):
        """A note at every new row that looks like an entry on file under another spelling; a row

        that would change what a decision of this portal wrote is refused.
        """
        changed = job.rows.filter(part="", verdict=ImportRow.Verdict.CHANGED).order_by("number")
        rows = streamed(changed)
        while chunk := list(islice(rows, STREAM_CHUNK)):
            yield from _decided_here({row.key: row.values for row in chunk})
        new = job.rows.filter(part="", verdict=ImportRow.Verdict.NEW).order_by("number")
        rows = streamed(new)
        while chunk := list(islice(rows, STREAM_CHUNK)):
            yield from _alike({row.key: self._look(row.values) for row in chunk})

    def _look(self, values) -> likeness.Look:
        told = self.revived(values)
        return likeness.look_of(*(told[n] for n in ("recipient", "name", "number", "decided_on")))

    def write(self, job, rows, around, *, by, at):
        made = [_made(self.revived(row.values), around) for row in rows]
        for row, pk in zip(rows, write_honours(made, by=by, source=job), strict=True):
            row.object_id = pk

    def undo(self, job, rows, *, by, at):
        forms = {form.name: form for form in AwardForm.objects.order_by("campaign__starts")}
        before = {
            row.object_id: row.before and {**row.before, "form": forms[row.before["form"]]}
            for row in rows
        }
        put_back_honours(before, by=by)

    def revived(self, values) -> dict:
        """Values of a waiting row with its day as a day."""
        return {**values, "decided_on": date.fromisoformat(values["decided_on"])}

    def rows(self, options, user):
        """What the user may see; taking it away as a file to fill in is noted."""
        if user is None:
            return honour_rows(Honour.objects.for_list())
        note_taken_away(Honour, by=user)
        return honour_rows(honours_for(user))


def _key(decided_on: date, recipient: str, unit_code: str, number: str, name: str) -> str:
    """Number and name as a digest: both may be long, and a name belongs into no key."""
    digest = hashlib.sha256(f"{number}\0{name}".encode()).hexdigest()[:24]
    return f"{decided_on.isoformat()}/{recipient}/{unit_code}/{digest}"


def _comparable(values: dict) -> dict:
    """Without what the file only tells: a revocation is entered as a decision."""
    return {name: value for name, value in values.items() if name != "revoked_on"}


def _decided_here(values_by_key: dict[str, dict]) -> Iterator[Fault]:
    numbers = {values["number"] for values in values_by_key.values()}
    rows = Honour.objects.filter(line__isnull=False, number__in=numbers)
    kind = HonourKind()
    ours = {kind.key(values_of(row)) for row in rows.select_related("unit", "form")}
    for key, values in values_by_key.items():
        if kind.key(kind.revived(values)) in ours:
            words = "Quyết định này đã nhập trong cổng nên không sửa bằng tệp được."
            yield Fault("number", "decided_here", words, True, key)


def _alike(looks: dict[str, likeness.Look]) -> Iterator[Fault]:
    found = likeness.on_file(set(looks.values()))
    for key, look in looks.items():
        for honour in found.get(look, ())[:1]:
            yield Fault("number", "alike_honour", likeness.note(honour), False, key)


def _unit_faults(values, around):
    if not (values["unit_code"] and values["decided_on"]):
        return
    unit = around.unit(values)
    if unit is None:
        day = rules.day_of_unit(values["decided_on"], around.starts)
        yield Fault("unit_code", *around.units.refusal(values["unit_code"], day))
        return
    written = fold(values["unit"])
    if written and not fold(unit.name).endswith(written):
        words = (
            f"“{values['unit']}” không phải tên của mã {values['unit_code']} ({unit.name}); hãy "
            "kiểm tra dòng có bị lệch không, rồi sửa mã hoặc tên."
        )
        yield Fault("unit", "name_mismatch", words)
    told = values["recipient"] and rules.of_recipient(values["recipient"], unit.kind)
    if told:
        yield Fault("unit_code", "wrong_kind_of_unit", _after_label(told))


def _dated(values, around) -> Iterator[Fault]:
    """The rules about days and years; a cell that could not be read is told already."""
    decided_on, first, last = (values[n] for n in ("decided_on", "period_from", "period_to"))
    if decided_on and (told := rules.not_to_come(decided_on, around.today)):
        yield Fault("decided_on", "future_decision", _after_label(told))
    if told := rules.period_whole(first, last):
        yield Fault("period_to", "period_incomplete", _after_label(told))
    if told := rules.period_in_order(first, last):
        yield Fault("period_to", "period_order", _after_label(told))
    if decided_on and (told := rules.period_before_decision(last, decided_on)):
        yield Fault("period_to", "period_after_decision", _after_label(told))


def _after_label(told: str) -> str:
    """A rule's sentence without the label in front, which the column says already."""
    return told.partition(": ")[2]


def _made(values, around) -> Honour:
    given = {
        name: values[name]
        for name in ("recipient", "name", "number", "decided_on", "issuer", "achievement",
                     "period_from", "period_to", "award_type")
    }  # fmt: skip
    return Honour(unit_id=around.unit(values).pk, form=around.form(values), **given)


def values_of(honour: Honour) -> dict:
    """An entry of the ledger as the columns say it."""
    return {
        "recipient": honour.recipient,
        "name": honour.name,
        "unit_code": honour.unit.code,
        "unit": honour.unit.name,
        "form": honour.form.name,
        "number": honour.number,
        "decided_on": honour.decided_on,
        "issuer": honour.issuer,
        "achievement": honour.achievement,
        "period_from": honour.period_from,
        "period_to": honour.period_to,
        "award_type": honour.award_type,
        "revoked_on": honour.revoked_on,
    }


def honour_rows(honours) -> Iterator[dict]:
    """The entries of a list, one after the other."""
    return map(values_of, streamed(honours))


def register_all() -> None:
    """Make the kinds of ``awards`` known to the road; called by ``AwardsConfig.ready``."""
    register(HonourKind())
