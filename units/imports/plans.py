"""The kind of data "chi-tieu": what communes and villages are to reach in a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms

from config import clock
from config.sheets import CODE, DECIMAL, NAME, TEXT, YEAR, Column, Definition
from config.text import fold
from units import permissions
from units.actions import plans as actions
from units.imports.kind import Fault, ImportKind
from units.imports.lives import MEASURED, Life, Lives
from units.kinds import Kind
from units.models import Import, PovertyPlan, Unit
from units.poverty.periods import years_to_enter
from units.poverty.territory import year_end

PLANNED = (Kind.COMMUNE, Kind.VILLAGE)
"""The criteria that need a plan figure are those of communes and villages (III.1.c, d)."""

DEFINITION = Definition(
    title="Chỉ tiêu giảm nghèo",
    columns=(
        Column("year", "Năm", YEAR, True, locked=True, width=8, aliases=("nam",)),
        Column("code", "Mã đơn vị", CODE, True, maximum=20, locked=True, width=12, aliases=("ma",)),
        Column("name", "Xã, thôn", NAME, maximum=200, locked=True, width=30, aliases=("ten",)),
        Column(
            "rate_reduction",
            "Chỉ tiêu giảm tỷ lệ hộ nghèo (điểm %)",
            DECIMAL,
            minimum=Decimal(0),
            maximum=Decimal(100),
            help="Mức giảm trong năm, ví dụ 0,35. Để trống: chưa giao chỉ tiêu.",
            width=18,
            aliases=("chi_tieu",),
        ),
        Column(
            "basis",
            "Văn bản giao chỉ tiêu",
            TEXT,
            maximum=300,
            help="Số, ngày, cơ quan ban hành.",
            width=40,
            aliases=("can_cu",),
        ),
    ),
    max_rows=200_000,
    intro=(
        "Chỉ tiêu giảm tỷ lệ hộ nghèo mà mỗi xã, mỗi thôn được giao trong năm, tính bằng điểm %.",
        "Xóa số của một đơn vị là bỏ chỉ tiêu đã ghi; dòng trống chưa có chỉ tiêu thì bỏ qua.",
    ),
)


class PlanYear(forms.Form):
    """The year that the figures were assigned for."""

    nam = forms.TypedChoiceField(label="Năm được giao chỉ tiêu", coerce=int)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = years_to_enter(clock.today())
        self.fields["nam"].choices = [(year, str(year)) for year in years]
        self.fields["nam"].initial = years[0] if years else None


@dataclass
class Around:
    """The register and the year."""

    year: int
    lives: Lives

    def life(self, code: str) -> Life | None:
        return self.lives.on(code, year_end(self.year))


class Plans(ImportKind):
    slug = "chi-tieu"
    title = "Chỉ tiêu giảm tỷ lệ hộ nghèo"
    about = "Mức giảm tỷ lệ hộ nghèo được giao cho từng xã, từng thôn trong một năm."
    counted = "đơn vị"
    options = PlanYear

    def refusal(self, user, options=None):
        return permissions.imports_reviews(user)

    def definition(self, options):
        return DEFINITION

    def surroundings(self, options, user):
        return Around(options["nam"], Lives(MEASURED))

    def key(self, values):
        return values["code"]

    def key_column(self):
        return "code"

    def judge(self, values, around: Around) -> Iterator[Fault]:
        if values["year"] not in (None, around.year):
            message = f"ghi {values['year']}, tệp này nhập cho năm {around.year}; hãy sửa."
            yield Fault("year", "wrong_year", message)
        if values["code"]:
            yield from _of_unit(values, around)
        if values["rate_reduction"] is not None and not values["basis"]:
            yield Fault("basis", "missing_value", "hãy ghi văn bản giao chỉ tiêu.")

    def keep(self, values, around: Around):
        figure = values["rate_reduction"]
        return _kept(
            around.year,
            values["code"],
            around.life(values["code"]).name,
            figure,
            values["basis"] if figure is not None else "",
        )

    def unit_of(self, values, around: Around):
        life = around.life(values["code"])
        return life.pk if life else None

    def on_file(self, keys, around: Around):
        """What is on file. No figure is one too: a blank row there changes nothing."""
        lives = {life.pk: (key, life) for key in keys if (life := around.life(key))}
        found = {key: _kept(around.year, key, life.name, None, "") for key, life in lives.values()}
        for plan in PovertyPlan.objects.filter(year=around.year, unit__in=lives):
            key, life = lives[plan.unit_id]
            found[key] = _kept(around.year, key, life.name, plan.rate_reduction, plan.basis)
        return found

    def write(self, job: Import, rows, around: Around, *, by, at):
        actions.write_plans(job.options["nam"], list(rows), by=by, at=at)

    def hold_back(self, job: Import):
        return actions.built_upon(job)

    def undo(self, job: Import, rows, *, by, at):
        actions.put_back_plans(job, list(rows), by=by, at=at)

    def rows(self, options, user):
        """Every commune of the year with its villages, and their figures on file."""
        year = options["nam"]
        plans = {plan.unit_id: plan for plan in PovertyPlan.objects.filter(year=year)}
        units = Unit.objects.as_of(year_end(year)).filter(kind__in=PLANNED).order_by("path")
        units = units.iterator(chunk_size=2_000)
        return plan_rows(year, ((unit, plans.get(unit.pk)) for unit in units))


def plan_rows(year: int, plans) -> Iterator[dict]:
    """Units with their plan figures, as the columns say them."""
    for unit, plan in plans:
        figure, basis = (plan.rate_reduction, plan.basis) if plan else (None, "")
        yield _kept(year, unit.code, unit.name, figure, basis)


def _kept(year: int, code: str, name: str, figure, basis: str) -> dict:
    return {"year": year, "code": code, "name": name, "rate_reduction": figure, "basis": basis}


def _of_unit(values: dict, around: Around) -> Iterator[Fault]:
    code, day = values["code"], year_end(around.year)
    life = around.lives.on(code, day)
    if life is None:
        yield Fault("code", *around.lives.refusal(code, day))
        return
    if life.kind not in PLANNED:
        message = f"{life.name}: chỉ tiêu này được giao cho cấp xã và thôn; hãy bỏ dòng này."
        yield Fault("code", "level_mismatch", message)
    name = values["name"]
    if name and not f" {fold(life.name)}".endswith(f" {fold(name)}"):
        message = f"“{name}” không phải tên của mã {code} ({life.name}); hãy sửa mã hoặc tên."
        yield Fault("name", "name_mismatch", message)
