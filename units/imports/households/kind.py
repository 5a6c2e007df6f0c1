"""The kind of data "ho": the complete list of the households of one or more communes."""

from collections.abc import Iterator

from django import forms
from django.db.models import Q
from django.urls import reverse

from config import clock
from config.workflow import refuse
from units import permissions
from units.actions import household_lists as actions
from units.actions import household_undo
from units.actions.household_locks import hold_list
from units.actions.household_sums import sum_communes_of
from units.actions.households import note_export, note_preview
from units.households import scope
from units.households.lists import rows_to_take_away
from units.households.onfile import MOVED, on_file
from units.households.places import Places
from units.imports.households import judging, tallies, whole
from units.imports.households.definition import CONCEALED, IDENTITY, definition_for, status_name
from units.imports.households.judging import Around
from units.imports.kind import Fault, ImportKind
from units.kinds import Kind
from units.models import Household, Import, ImportRow, Reorganisation, Unit
from units.poverty.periods import reckoned_years

MOVED_LABEL = "Năm đang ghi ở đơn vị cũ"
UNITS_CHANGED = "Sổ đơn vị vừa thay đổi trong lúc tệp chờ; hãy tải tệp lên lại."


class CommuneChoice(forms.Form):
    """Whose list it is; those who bring in lists for everybody may leave it open."""

    xa = forms.ModelChoiceField(label="Danh sách của xã", queryset=None, required=False)

    def __init__(self, *args, user=None, **options):
        super().__init__(*args, **options)
        field, wide = self.fields["xa"], permissions.imports_all_households(user)
        field.queryset = scope.named_communes(user)
        if wide is None:
            field.empty_label = "Mọi xã có trong tệp"
            if not field.queryset.exists():
                del self.fields["xa"]
        else:
            field.required, field.empty_label = True, None
            field.initial = field.queryset.first()


class Households(ImportKind):
    slug = "ho"
    title = "Danh sách hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo"
    about = "Danh sách đầy đủ của xã; cổng lưu mã, thôn, chủ hộ, tình trạng và số đếm theo thôn."
    counted = "hộ"
    sensitive = True
    concealed = CONCEALED
    options = CommuneChoice
    sequence = ("thon",)
    parts = {}

    def refusal(self, user, options=None):
        return permissions.imports_households(user, options)

    def definition(self, options):
        return definition_for(reckoned_years(), clock.today().year)

    def surroundings(self, options, user):
        years, today = reckoned_years(), clock.today()
        commune = options.get("xa")
        own = None
        if commune is not None:
            ground = Unit.objects.get(pk=commune, kind=Kind.COMMUNE).ground()
            own = Q(pk__in=[unit.pk for unit in ground])
        return Around(
            years=tuple(years),
            today=today,
            places=Places(years, today, own),
            held=Household.objects.exists(),
            commune=commune,
        )

    def key(self, values):
        return values["code"]

    def key_column(self):
        return "code"

    def judge(self, values, around: Around):
        return judging.judged(values, around)

    def judge_again(self, values, around: Around):
        return judging.judged_again(values, around)

    def keep(self, values, around: Around):
        """Code, village, head and the statuses there are; the rest is counted and let go of."""
        judging.counted(values, around)
        kept = {"code": values["code"], "village": values["village"], "head": values["head"]}
        for name, status in zip(around.columns, around.statuses(values), strict=True):
            if status:
                kept[name] = status
        return kept

    def unit_of(self, values, around: Around):
        return around.place(values).unit if values["commune"] else None

    def on_file(self, keys, around: Around):
        """Households on file; where one commune's list comes in, no other commune's.

        Years that lie in a unit of before are told apart: such a list changes counts.
        """
        if not around.held:
            return {}
        found = Household.objects.filter(code__in=keys)
        if around.commune is not None:
            found = found.filter(scope.of_commune(around.commune))
        return on_file(found, around.places.units_at, around.years)

    def finish(self, job: Import, around: Around) -> Iterator[Fault | ImportRow]:
        around.persons.clear()  # 32 MiB of a national list
        yield from whole.found(job, around)
        yield from tallies.waiting(job, around)

    def summary(self, job: Import):
        return "units/_household_sums.html", tallies.summed(job)

    def outdated(self, job: Import):
        """Counts by village were made of what is gone by now, on the units of that time."""
        changed = Reorganisation.objects.since(job.uploaded_at).exists()
        return [UNITS_CHANGED] if changed else []

    def hold(self, job: Import):
        """Nobody counts households of these communes beside the list, or beside its undo."""
        hold_list(job)

    def write(self, job: Import, rows, around: Around, *, by, at):
        own = [row for row in rows if not row.part]
        homes, years = around.places.units_at, around.years
        actions.write_households(job, own, homes, years, by=by)
        actions.write_tallies(job, tallies.COUNTS, rows, by=by)
        if counts := [row.pk for row in rows if row.part == tallies.COUNTS]:
            told = job.rows.filter(part=tallies.COUNTS, pk__range=(min(counts), max(counts)))
            sum_communes_of(told, by=by)

    def after(self, job: Import, around: Around, *, by, at):
        """Households entered by hand meanwhile make the list incomplete: said in so many words,

        where a new look at the waiting rows could not tell.
        """
        refuse(*(fault.message for fault in whole.incomplete_now(job, around)))
        same = job.rows.filter(part=tallies.COUNTS, verdict=ImportRow.Verdict.SAME)
        sum_communes_of(same, by=by)  # a household may lie in the commune itself

    def told(self, on_file):
        return {name: value for name, value in on_file.items() if name != MOVED}

    def hold_back(self, job: Import):
        return household_undo.built_upon(job, tallies.COUNTS)

    def undo(self, job: Import, rows, *, by, at):
        own = [row for row in rows if not row.part]
        household_undo.put_back_tallies(job, tallies.COUNTS, rows, by=by)
        household_undo.put_back_households(job, own, by=by)

    def after_undo(self, job: Import, *, by, at):
        sum_communes_of(job.rows.filter(part=tallies.COUNTS), by=by)

    def shown_columns(self, user, options, part=""):
        """Households for those of the commune alone; whoever is above it sees villages."""
        if part or not scope.sees_names_of(user, options.get("xa")):
            return () if part else ("village",)
        names = [column.name for column in IDENTITY if column.name != "commune"]
        return (*names, *map(status_name, reckoned_years()), MOVED)

    def label(self, name, options, part=""):
        return MOVED_LABEL if name == MOVED else super().label(name, options, part)

    def note_shown(self, job: Import, *, by):
        """Whose page shows households by name leaves a line in the log, once for each list."""
        commune = job.options.get("xa")
        if scope.sees_names_of(by, commune):
            note_preview(job, Unit.objects.get(pk=commune), by=by)

    def tells_changes(self, user, options):
        """What a list changes tells which names are right, to whoever guesses at some."""
        return scope.sees_names_of(user, options.get("xa"))

    def result_url(self, job: Import):
        return reverse("units:households")

    def rows(self, options, user):
        """The households of the chosen commune; taking names away leaves a line in the log."""
        if user is None or not scope.sees_names_of(user, options.get("xa")):
            return
        commune = Unit.objects.get(pk=options["xa"])
        note_export(commune, by=user, what="mẫu nhập danh sách hộ")
        yield from _rows(commune)


def _rows(commune: Unit) -> Iterator[dict]:
    found = Household.objects.filter(scope.of_commune(commune.pk)).select_related("unit__parent")
    return rows_to_take_away(found.in_order())
