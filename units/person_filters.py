"""The filter of the list of persons, kept in the address."""

from django import forms
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from config.forms import FlatSelect
from config.text import fold
from units import persons, queries
from units.filters import BAD_DAY
from units.models import Person


def _units(request):
    return queries.parents_to_choose(also=request.GET.get("thuoc", ""))


class PersonFilter(FilterSet):
    """Persons by name without diacritics, by group, by unit, by the day on which they take part.

    A wrong value is told at its field and left out. Without a day: whoever ever took part.
    """

    q = CharFilter(label="Họ và tên", method="search", max_length=100)
    loai = ChoiceFilter(
        label="Đối tượng",
        field_name="kind",
        choices=Person.Kind.choices,
        empty_label="Mọi đối tượng",
        widget=FlatSelect,
    )
    thuoc = ModelChoiceFilter(
        label="Thuộc",
        method="under",
        queryset=_units,
        empty_label="Mọi đơn vị",
        widget=FlatSelect,
    )
    ngay = DateFilter(
        label="Tham gia vào ngày",
        method="on_day",
        error_messages={"invalid": BAD_DAY},
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
    )

    class Meta:
        model = Person
        fields = []

    def __init__(self, query, *, request):
        super().__init__(query, persons.persons_for(request.user), request=request)

    def search(self, found, name, value):
        words = fold(value)
        return found.matching(words) if words else found

    def under(self, found, name, value):
        return found.filter(persons.on_ground(value))

    def on_day(self, found, name, value):
        return found.filter(persons.takes_part_on(value))
