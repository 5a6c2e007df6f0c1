"""The filters of the lists and counts of households, kept in the address."""

from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from config import clock
from config.forms import FlatSelect
from config.text import fold
from units.households import lists, scope
from units.models import EscapeRegistration, Household, HouseholdStatus, Unit

NO_STATUS, REGISTERED = "chua-co", "co"
STATUSES = [*HouseholdStatus.choices, (NO_STATUS, "chưa có tình trạng")]
OUTCOMES = [(REGISTERED, "có đăng ký"), *EscapeRegistration.Outcome.choices]


def with_year(query, year: int | None):
    """The query with the year filled in that holds when none is asked for."""
    query = query.copy()
    if year and not query.get("nam", "").strip():
        query["nam"] = str(year)
    return query


def _villages(request):
    return scope.villages_to_choose(request.user, clock.today())


class HouseholdFilter(FilterSet):
    """Households by name or code without diacritics, by village, by year and status.

    Status and registration are those of the year. A wrong value is told at its field and left out.
    """

    q = CharFilter(label="Họ tên chủ hộ hoặc mã hộ", method="search", max_length=100)
    thon = ModelChoiceFilter(
        label="Thôn", method="within", queryset=_villages, empty_label="Mọi thôn", widget=FlatSelect
    )
    nam = ChoiceFilter(label="Năm", method="leave", empty_label=None, widget=FlatSelect)
    tt = ChoiceFilter(
        label="Tình trạng cuối năm",
        method="of_status",
        choices=STATUSES,
        empty_label="Mọi tình trạng",
        widget=FlatSelect,
    )
    dk = ChoiceFilter(
        label="Đăng ký thoát nghèo",
        method="of_registration",
        choices=OUTCOMES,
        empty_label="Tất cả",
        widget=FlatSelect,
    )

    class Meta:
        model = Household
        fields = []

    def __init__(self, query, *, request):
        self.years = lists.years_to_show(clock.today())
        at_hand = lists.year_at_hand(request.user, self.years)
        data = with_year(query, at_hand)
        super().__init__(data, Household.objects.none(), request=request)
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in self.years]
        asked = data.get("nam", "")
        self.year = int(asked) if asked in map(str, self.years) else at_hand
        self.queryset = lists.households_for_list(request.user, self.year)

    def search(self, found, name, value):
        words = fold(value)
        return found.matching(words) if words else found

    def within(self, found, name, value: Unit):
        return lists.in_village(found, value)

    def of_status(self, found, name, value):
        return found.filter(told__isnull=True) if value == NO_STATUS else found.filter(told=value)

    def of_registration(self, found, name, value):
        if value == REGISTERED:
            return found.filter(outcome__isnull=False)
        return found.filter(outcome=value)

    def leave(self, found, name, value):
        """The year chose the statuses already."""
        return found


class CountYear(forms.Form):
    """The year whose households are counted."""

    nam = forms.ChoiceField(label="Năm", widget=FlatSelect)

    def __init__(self, query):
        years = lists.years_to_show(clock.today())
        at_hand = lists.newest_counted(years)
        super().__init__(with_year(query, at_hand))
        self.fields["nam"].choices = [(str(year), str(year)) for year in years]
        asked = self.data.get("nam", "")
        self.year = int(asked) if asked in map(str, years) else at_hand
