"""What people ask of a series: the figure, the level, the years and the boundaries."""

from datetime import date

from django import forms

from config.forms import FlatSelect
from config.text import vn_date, vn_number
from reports.figures.carried import LEVELS, Asked, find
from units.boundaries import Level
from units.boundaries.days import MapDay, map_days
from units.filters import BAD_DAY
from units.kinds import Kind
from units.queries import parents_to_choose

AS_REPORTED = "bao-cao"
DAYS_OFFERED = 12
"""Newer days of change than these are named; any other day may be typed."""
SHORT_KINDS = {Kind.DISTRICT: "huyện", Kind.COMMUNE: "xã", Kind.DEPARTMENT: "cơ quan"}


class SeriesForm(forms.Form):
    """The question in an address. What cannot be read is told at its field and left out."""

    so_lieu = forms.ChoiceField(label="Số liệu")
    cap = forms.ChoiceField(label="Theo cấp", choices=Level.choices, widget=FlatSelect)
    tu = forms.TypedChoiceField(label="Từ năm", coerce=int, widget=FlatSelect)
    den = forms.TypedChoiceField(label="Đến năm", coerce=int, widget=FlatSelect)
    dia_gioi = forms.ChoiceField(label="Địa giới", widget=FlatSelect)
    ngay = forms.DateField(
        label="Hoặc địa giới ngày",
        required=False,
        error_messages={"invalid": BAD_DAY},
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
    )
    thuoc = forms.ModelChoiceField(
        label="Thuộc", required=False, queryset=None, empty_label="Tất cả", widget=FlatSelect
    )

    def __init__(self, query, *, groups, years):
        self.groups, self.years = groups, years
        first = next((measure.key for _, found in groups for measure in found), "")
        super().__init__(
            _filled(
                query,
                so_lieu="poor_closing" if find(groups, "poor_closing") else first,
                cap=Level.DISTRICT.value,
                tu=years[0],
                den=years[-1],
                dia_gioi=AS_REPORTED,
            )
        )
        self.fields["so_lieu"].choices = [
            (title, [(measure.key, measure.label) for measure in found])
            for title, found in groups
            if found
        ]
        for name in ("tu", "den"):
            self.fields[name].choices = [(year, str(year)) for year in years]
        self.fields["dia_gioi"].choices = self._boundaries()
        self.fields["thuoc"].queryset = parents_to_choose(also=self.data.get("thuoc", ""))
        self.is_valid()

    def _boundaries(self) -> list[tuple[str, str]]:
        department = self.data["cap"] == Level.DEPARTMENT
        days = map_days([Kind.DEPARTMENT] if department else [Kind(level) for level in LEVELS])
        offered = [(found.day.isoformat(), _said(found)) for found in days[-DAYS_OFFERED:]]
        return [
            (AS_REPORTED, "Như báo cáo"),
            *offered,
        ]

    def clean(self):
        found = super().clean()
        measure, level = self.measure, found.get("cap")
        if measure and level and level not in measure.levels:
            labels = ", ".join(level.label for level in measure.levels)
            self.add_error("cap", f"“{measure.label}” chỉ có ở cấp: {labels}. Hãy chọn cấp khác.")
        first, last = found.get("tu"), found.get("den")
        if first and last and first > last:
            self.add_error("den", "Năm cuối phải bằng hoặc sau năm đầu.")
        under, day = found.get("thuoc"), self._day(found)
        if under and day and not under.exists_on(day):
            self.add_error(
                "thuoc",
                f"{under.name} không hoạt động ngày {vn_date(day)}. Hãy chọn đơn vị khác, hoặc "
                "chọn địa giới “Như báo cáo”.",
            )
        return found

    @property
    def measure(self):
        """The measure asked for, else the first one."""
        asked = find(self.groups, self.data["so_lieu"])
        return asked or next((found[0] for _, found in self.groups if found), None)

    def _day(self, found) -> date | None:
        """The day typed, else the one chosen; None is "as reported"."""
        chosen = found.get("dia_gioi") or AS_REPORTED
        listed = None if chosen == AS_REPORTED else date.fromisoformat(chosen)
        return found.get("ngay") or listed

    def asked(self, user) -> Asked:
        """The question as far as it can be read."""
        found, measure = self.cleaned_data, self.measure
        level = found.get("cap")
        first, last = found.get("tu", self.years[0]), found.get("den", self.years[-1])
        return Asked(
            measure=measure,
            level=Level(level) if level else measure.levels[min(1, len(measure.levels) - 1)],
            years=[year for year in self.years if first <= year <= last],
            user=user,
            day=self._day(found),
            under=found.get("thuoc"),
        )


def _filled(query, **defaults):
    """The query with defaults where it says nothing."""
    query = query.copy()
    for name, value in defaults.items():
        if not query.get(name, "").strip():
            query[name] = str(value)
    return query


def _said(found: MapDay) -> str:
    """ "Từ 01/01/2025 (121 xã, 9 huyện)"."""
    counts = [
        f"{vn_number(found.counts[kind])} {word}"
        for kind, word in SHORT_KINDS.items()
        if kind in found.counts
    ]
    return f"Từ {vn_date(found.day)} ({', '.join(reversed(counts))})"
