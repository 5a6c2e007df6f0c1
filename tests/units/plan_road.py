"""A small real kind for the tests of the import road: planned falls of the poverty rate.

``PlanRoad`` writes ``PovertyPlan``; ``SecretRoad`` is the same data with a column that must not
be kept. ``registered`` makes a kind known for one test.
"""

import csv
import io

from django import forms
from django.core.files.base import ContentFile

from config import sheets
from config.sheets import CODE, DECIMAL, NAME, TEXT, Column, Definition
from units.imports import kind as kinds
from units.imports.kind import Fault, ImportKind
from units.models import ImportRow, PovertyPlan, Unit

COLUMNS = (
    Column("code", "Mã xã", CODE, True, digits=5),
    Column("name", "Tên xã", NAME),
    Column("rate", "Chỉ tiêu giảm", DECIMAL, True, maximum=100),
    Column("basis", "Căn cứ", TEXT),
)
HEADS = [column.label for column in COLUMNS]


class PlanYear(forms.Form):
    year = forms.IntegerField(label="Năm", initial=2023, min_value=2000, max_value=2100)


class PlanRoad(ImportKind):
    """Each row is the plan of one commune in the year of the options."""

    slug = "chi-tieu-thu"
    title = "Chỉ tiêu thử nghiệm"
    counted = "xã"
    about = "Chỉ tiêu giảm tỷ lệ hộ nghèo của từng xã."
    options = PlanYear
    refused: str | None = None
    """Set by a test: why nobody may bring this in."""
    built_upon: tuple[str, ...] = ()

    def refusal(self, user, options=None):
        if self.refused is None and options and options["year"] > 2050:
            return "Năm quá xa."
        return self.refused

    def definition(self, options):
        return Definition("Chỉ tiêu", COLUMNS, max_rows=50_000)

    def surroundings(self, options, user):
        units = dict(Unit.objects.filter(kind="commune").values_list("code", "pk"))
        plans = PovertyPlan.objects.filter(year=options["year"]).select_related("unit")
        return {"units": units, "year": options["year"], "plans": {p.unit.code: p for p in plans}}

    def key(self, values):
        return values["code"]

    def key_column(self):
        return "code"

    def judge(self, values, around):
        if values["code"] and values["code"] not in around["units"]:
            yield Fault("code", "unknown_unit", "mã không có trong sổ đơn vị; hãy sửa mã.")
        if values["rate"] and values["rate"] > 50:
            yield Fault("rate", "large", "chỉ tiêu rất cao; hãy kiểm tra lại.", blocking=False)

    def unit_of(self, values, around):
        return around["units"].get(values["code"])

    def on_file(self, keys, around):
        plans = PovertyPlan.objects.filter(year=around["year"], unit__code__in=keys)
        return {plan.unit.code: kept_of(plan) for plan in plans.select_related("unit")}

    def write(self, job, rows, around, *, by, at):
        for row in rows:
            unit = around["units"][row.key]
            fields = {"rate_reduction": row.values["rate"], "basis": row.values["basis"]}
            plan, _ = PovertyPlan.objects.update_or_create(
                unit_id=unit, year=around["year"], defaults=fields
            )
            row.object_id = plan.pk

    def hold_back(self, job):
        return list(self.built_upon)

    def undo(self, job, rows, *, by, at):
        for row in rows:
            if row.before is None:
                PovertyPlan.objects.filter(pk=row.object_id).delete()
            else:
                fields = {"rate_reduction": row.before["rate"], "basis": row.before["basis"]}
                PovertyPlan.objects.filter(pk=row.object_id).update(**fields)

    def rows(self, options, user):
        for plan in PovertyPlan.objects.filter(year=options["year"]).select_related("unit"):
            yield kept_of(plan)


class SweepRoad(PlanRoad):
    """The file is the whole table: what it no longer has goes."""

    def removed(self, job, around):
        rows = job.rows.filter(part="").exclude(verdict=ImportRow.Verdict.REMOVED)
        named = set(rows.values_list("key", flat=True))
        for code, plan in around["plans"].items():
            if code not in named:
                yield ImportRow(
                    number=0,
                    key=code,
                    unit_id=plan.unit_id,
                    verdict=ImportRow.Verdict.REMOVED,
                    before=kept_of(plan),
                    object_id=plan.pk,
                )

    def write(self, job, rows, around, *, by, at):
        gone = [row for row in rows if row.verdict == ImportRow.Verdict.REMOVED]
        PovertyPlan.objects.filter(pk__in=[row.object_id for row in gone]).delete()
        kept = [row for row in rows if row.verdict != ImportRow.Verdict.REMOVED]
        super().write(job, kept, around, by=by, at=at)


class SecretRoad(PlanRoad):
    """The basis is counted and let go of; nobody else sees names."""

    sensitive = True
    concealed = ("basis",)
    parts = {"dem": "Số đếm"}

    def surroundings(self, options, user):
        return super().surroundings(options, user) | {"bases": 0}

    def keep(self, values, around):
        around["bases"] += bool(values["basis"])
        return {name: value for name, value in values.items() if name != "basis"}

    def on_file(self, keys, around):
        found = super().on_file(keys, around)
        return {key: {n: v for n, v in kept.items() if n != "basis"} for key, kept in found.items()}

    def finish(self, job, around):
        yield ImportRow(
            part="dem", number=0, key="dem", verdict="new", values={"bases": around["bases"]}
        )

    def write(self, job, rows, around, *, by, at):
        for row in rows:
            row.values.setdefault("basis", "")
        super().write(job, [row for row in rows if not row.part], around, by=by, at=at)

    def undo(self, job, rows, *, by, at):
        for row in rows:
            (row.before or {}).setdefault("basis", "")
        super().undo(job, [row for row in rows if not row.part], by=by, at=at)

    def shown_columns(self, user, options, part=""):
        return ("bases",) if part else ("code", "rate")

    def label(self, name, options, part=""):
        return "Số căn cứ" if part else super().label(name, options)


def kept_of(plan):
    unit = plan.unit
    return {
        "code": unit.code, "name": unit.name, "rate": plan.rate_reduction, "basis": plan.basis
    }  # fmt: skip


def registered(monkeypatch, kind):
    monkeypatch.setitem(kinds._registered, kind.slug, kind)
    return kind


def row(unit, rate="0.5", basis="QĐ 1", **changes):
    return {"code": unit.code, "name": unit.name, "rate": rate, "basis": basis} | changes


def csv_file(*rows, name="chi-tieu.csv"):
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEADS)
    lines.writerows([line[column.name] for column in COLUMNS] for line in rows)
    return ContentFile(out.getvalue().encode(), name=name)


def xlsx_file(*rows, name="chi-tieu.xlsx"):
    lines = [line | {"rate": float(line["rate"])} for line in rows]
    return ContentFile(sheets.template(PlanRoad().definition({}), lines), name=name)
