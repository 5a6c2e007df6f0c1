"""The filters of the list of units, kept in the address."""

from django import forms
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from config import clock
from config.forms import FlatSelect
from config.text import fold, vn_date
from units import queries
from units.kinds import Kind
from units.models import Unit

BAD_DAY = "Ngày không đọc được. Hãy viết ngày/tháng/năm, ví dụ 30/06/2022."
OTHER_DAYS_SHOWN = 10


class DayForm(forms.Form):
    """A day asked for in an address; without one, or with a wrong one, ``default``."""

    ngay = forms.DateField(
        label="Tại ngày",
        required=False,
        error_messages={"invalid": BAD_DAY},
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
    )

    def __init__(self, query, default):
        super().__init__(_with_day(query, default))
        self.default = default

    @property
    def day(self):
        return (self.cleaned_data.get("ngay") if self.is_valid() else None) or self.default


def _with_day(query, default):
    """The query with the day filled in that holds when none is asked for."""
    query = query.copy()
    if not query.get("ngay", "").strip():
        query["ngay"] = vn_date(default)
    return query


def _parents(request):
    return queries.parents_to_choose(also=request.GET.get("thuoc", ""))


class UnitFilter(FilterSet):
    """Units of a day: by words without diacritics or code, by kind, by the unit above.

    A wrong value is told at its field and left out, so the list below always stands.
    """

    q = CharFilter(label="Tên hoặc mã", method="search", max_length=100)
    ngay = DateFilter(
        label="Tại ngày",
        method="leave",
        error_messages={"invalid": BAD_DAY},
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
    )
    cap = ChoiceFilter(
        label="Cấp",
        field_name="kind",
        choices=Kind.choices,
        empty_label="Tất cả các cấp",
        widget=FlatSelect,
    )
    thuoc = ModelChoiceFilter(
        label="Thuộc",
        method="under",
        queryset=_parents,
        empty_label="Tất cả các đơn vị",
        widget=FlatSelect,
    )

    class Meta:
        model = Unit
        fields = []

    def __init__(self, query, *, request):
        self.today = clock.today()
        super().__init__(_with_day(query, self.today), Unit.objects.none(), request=request)
        self.queryset = queries.units_for_list(self.day)

    @property
    def asked(self) -> dict:
        """The values that can be read."""
        return self.form.cleaned_data if self.form.errors is not None else {}

    @property
    def day(self):
        return self.asked.get("ngay") or self.today

    @property
    def words(self) -> str:
        return fold(self.asked.get("q") or "")

    def of_other_days(self):
        """A few units that match the words but do not exist on the day."""
        if not self.words:
            return []
        found = queries.units_of_other_days(self.day, self.words, self.asked.get("cap") or "")
        return found[:OTHER_DAYS_SHOWN]

    def search(self, found, name, value):
        return found.matching(self.words) if self.words else found

    def under(self, found, name, value):
        return found.below(value).exclude(pk=value.pk)

    def leave(self, found, name, value):
        """The day chose the set already."""
        return found
