"""What people ask of, and put into, the poverty figures."""

from django import forms

from config import clock
from config.forms import NumberField
from units import poverty
from units.import_forms import FileForm
from units.kinds import Kind
from units.models.poverty import Stage
from units.poverty.periods import years_to_enter


def _filled(query, **defaults):
    """The query with defaults where it says nothing."""
    query = query.copy()
    for name, value in defaults.items():
        if not query.get(name, "").strip():
            query[name] = str(value)
    return query


def _year_choices(years):
    return [(year, str(year)) for year in years]


class ReviewChoice(forms.Form):
    """Which table to show. What cannot be read is told at its field and left out."""

    nam = forms.TypedChoiceField(label="Năm", coerce=int)
    muc = forms.ChoiceField(
        label="Mức số liệu",
        required=False,
        choices=[("", "Đầy đủ nhất hiện có"), *Stage.choices],
    )
    thuoc = forms.ModelChoiceField(
        label="Huyện, thành phố",
        required=False,
        queryset=None,
        empty_label="Toàn tỉnh",
        error_messages={"invalid_choice": "Đơn vị này không có xã nào vào cuối năm đã chọn."},
    )

    def __init__(self, query, years):
        super().__init__(_filled(query, nam=years[0]))
        self.fields["nam"].choices = _year_choices(years)
        asked = self.data["nam"]
        self.year = int(asked) if asked in map(str, years) else years[0]
        self.fields["thuoc"].queryset = poverty.parents_of_communes(self.year).filter(
            kind=Kind.DISTRICT
        )
        self.is_valid()
        self.unit = self.cleaned_data.get("thuoc")
        best = self.cleaned_data.get("muc") or poverty.latest_stage(self.year, self.unit)
        self.stage = best or Stage.OFFICIAL


class VillageYear(forms.Form):
    """Which year of a commune's villages to show; the newest with figures unless told."""

    nam = forms.TypedChoiceField(label="Năm", coerce=int, required=False)

    def __init__(self, query, years):
        newest = max(years, default=clock.today().year)
        super().__init__(_filled(query, nam=newest))
        self.fields["nam"].choices = _year_choices(sorted(years, reverse=True) or [newest])
        self.year = self.cleaned_data["nam"] if self.is_valid() else newest


class PublishedForm(FileForm):
    """A table that somebody published, to be checked and not kept."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        field = self.fields["tep"]
        field.label = "Bảng số liệu"
        field.help_text = "Excel (.xlsx) hoặc CSV, có các cột như mẫu. Cổng đọc rồi bỏ, không lưu."


class PlanChoice(forms.Form):
    """Whose plan figures to enter: the communes of one district, or of the province itself."""

    nam = forms.TypedChoiceField(label="Năm", coerce=int)
    thuoc = forms.ModelChoiceField(
        label="Các xã thuộc",
        queryset=None,
        required=False,  # nothing chosen yet is no mistake
        empty_label="Chọn huyện, thành phố (hoặc tỉnh)",
        error_messages={"invalid_choice": "Đơn vị này không có xã nào vào cuối năm đã chọn."},
    )

    def __init__(self, query, today):
        years = years_to_enter(today)
        super().__init__(_filled(query, nam=today.year))
        self.fields["nam"].choices = _year_choices(years)
        asked = self.data["nam"]
        self.year = int(asked) if asked in map(str, years) else today.year
        self.fields["thuoc"].queryset = poverty.parents_of_communes(self.year)

    @property
    def unit(self):
        """The unit asked for; None until one was chosen."""
        return self.cleaned_data.get("thuoc") if self.is_valid() else None


class PlanForm(forms.Form):
    """The planned fall of the poverty rate of each commune, on one document."""

    basis = forms.CharField(
        label="Văn bản giao chỉ tiêu",
        max_length=300,
        help_text="Số, ngày, cơ quan ban hành; ghi cho các chỉ tiêu thay đổi lần này.",
        error_messages={"required": "Hãy ghi văn bản giao chỉ tiêu."},
    )

    def __init__(self, *args, plans, **options):
        super().__init__(*args, **options)
        self.plans = plans
        for unit, plan in plans:
            self.fields[f"plan_{unit.pk}"] = NumberField(
                label=unit.name,
                decimals=2,
                min_value=0,
                max_value=100,
                required=False,
                initial=plan.rate_reduction if plan else None,
                error_messages={
                    "min_value": "Chỉ tiêu giảm không thể âm.",
                    "max_value": "Chỉ tiêu giảm không thể quá 100 điểm %%.",
                },
            )

    @property
    def rows(self):
        """Unit, what is on file, and the field to fill in."""
        return [(unit, plan, self[f"plan_{unit.pk}"]) for unit, plan in self.plans]

    @property
    def figures(self) -> dict:
        return {unit: self.cleaned_data[f"plan_{unit.pk}"] for unit, _ in self.plans}
