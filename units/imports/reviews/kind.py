"""The kind of data "ra-soat": one file for one year and stage, one row per commune and area."""

from collections.abc import Iterator

from django import forms
from django.urls import reverse

from config import clock
from units import permissions
from units.actions import reviews as actions
from units.imports.kind import Fault, ImportKind
from units.imports.reviews import judging
from units.imports.reviews.definition import ADJUSTMENTS, COUNTED, DEFINITION
from units.imports.reviews.judging import Around, key_of
from units.imports.reviews.rows import counted_communes, template_rows
from units.imports.reviews.sums import sums_of
from units.models import Import, ImportRow
from units.models.poverty import Stage
from units.poverty.periods import period_at_hand, years_to_enter


class ReviewPeriod(forms.Form):
    """Which review the file holds: its year, and whether the figures are final."""

    nam = forms.TypedChoiceField(label="Năm rà soát", coerce=int)
    muc = forms.ChoiceField(
        label="Mức số liệu",
        choices=Stage.choices,
        help_text="Sơ bộ: số để làm báo cáo trước 01/12. Chính thức: kết quả sau rà soát.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        today = clock.today()
        self.fields["nam"].choices = [(year, str(year)) for year in years_to_enter(today)]
        self.fields["nam"].initial, self.fields["muc"].initial = period_at_hand(today)


class Reviews(ImportKind):
    slug = "ra-soat"
    title = "Kết quả rà soát hộ nghèo, hộ cận nghèo"
    about = "Bảng tổng hợp theo xã của một năm, số sơ bộ hoặc chính thức (Mẫu số 3)."
    counted = "khu vực của một xã"
    options = ReviewPeriod

    def refusal(self, user, options=None):
        if refusal := permissions.imports_reviews(user):
            return refusal
        return actions.not_measured(options["nam"]) if options else None

    def definition(self, options):
        if options and counted_communes(options["nam"]).exists():
            return COUNTED
        return DEFINITION

    def surroundings(self, options, user):
        return judging.around(options["nam"], options["muc"])

    def key(self, values):
        code, area = values["code"], values["area"]
        return key_of(code, area) if code and area else ""

    def key_column(self):
        return "code"

    def judge(self, values, around: Around):
        return judging.judged(values, around)

    def keep(self, values, around: Around):
        """The row by the register's own name, a blank adjustment as none."""
        unit = judging.commune_of(values, around)
        kept = values | {"name": unit.name} | {name: values[name] or 0 for name in ADJUSTMENTS}
        around.seen.setdefault(unit.pk, {})[values["area"]] = kept
        return kept

    def unit_of(self, values, around: Around):
        unit = judging.commune_of(values, around)
        return unit.pk if unit else None

    def on_file(self, keys, around: Around):
        return {key: around.on_file[key][1] for key in keys if key in around.on_file}

    def removed(self, job: Import, around: Around) -> Iterator[ImportRow]:
        """Areas on file that the file no longer has."""
        for key, unit in judging.removed(around).items():
            pk, values = around.on_file[key]
            yield ImportRow(
                source=job,
                number=0,
                key=key,
                unit_id=unit,
                verdict=ImportRow.Verdict.REMOVED,
                before=values,
                object_id=pk,
            )

    def finish(self, job: Import, around: Around) -> Iterator[Fault]:
        return judging.whole(around)

    def summary(self, job: Import):
        return "units/_review_sums.html", sums_of(job)

    def write(self, job: Import, rows, around: Around, *, by, at):
        actions.write_reviews(job, list(rows), by=by, at=at)

    def after(self, job: Import, around: Around, *, by, at):
        if job.rows.exclude(verdict=ImportRow.Verdict.SAME).exists():
            actions.tell_followers(around.year)

    def hold_back(self, job: Import):
        return actions.built_upon(job)

    def undo(self, job: Import, rows, *, by, at):
        actions.put_back_reviews(job, list(rows), by=by, at=at)

    def after_undo(self, job: Import, *, by, at):
        actions.tell_followers(job.options["nam"])

    def result_url(self, job: Import):
        return reverse("units:poverty", query=job.options)

    def rows(self, options, user):
        return template_rows(options["nam"], options["muc"])
