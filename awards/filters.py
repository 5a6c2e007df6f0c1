"""Filters of the ledger of honours and of the rounds, kept in the address."""

import django_filters
from django.db.models import Q

from awards.kinds import AwardType, RoundKind
from awards.models import Honour, Round
from awards.queries import award_forms, decision_years
from awards.round_page import round_years
from awards.states import RoundState
from config.forms import FlatSelect
from config.text import fold


def forms(request):
    return award_forms()


def years():
    return [(year, str(year)) for year in decision_years()]


class HonourFilter(django_filters.FilterSet):
    """By name or number, unit, form, year of the decision and kind of recipient."""

    q = django_filters.CharFilter(method="by_name", label="Tên hoặc số quyết định", max_length=100)
    don_vi = django_filters.CharFilter(
        method="by_unit", label="Đơn vị (tên hoặc mã)", max_length=100
    )
    hinh_thuc = django_filters.ModelChoiceFilter(
        method="by_form",
        queryset=forms,
        to_field_name="code",
        label="Hình thức",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    nam = django_filters.ChoiceFilter(
        field_name="decided_on__year",
        choices=years,
        label="Năm quyết định",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    doi_tuong = django_filters.ChoiceFilter(
        field_name="recipient",
        choices=Honour.Recipient.choices,
        label="Đối tượng",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    loai = django_filters.ChoiceFilter(
        field_name="award_type",
        choices=AwardType.choices,
        label="Loại khen thưởng",
        empty_label="Tất cả",
        widget=FlatSelect,
    )

    class Meta:
        model = Honour
        fields = ()

    def by_name(self, found, name, value):
        return found.found_by(value)

    def by_form(self, found, name, value):
        """A family finds its grades too."""
        return found.filter(Q(form=value) | Q(form__family=value))

    def by_unit(self, found, name, value):
        return found.filter(unit__search__contains=fold(value))


def years_of_rounds():
    return [(year, str(year)) for year in round_years()]


class RoundFilter(django_filters.FilterSet):
    """By year, by kind and by state."""

    nam = django_filters.ChoiceFilter(
        field_name="year",
        choices=years_of_rounds,
        label="Năm",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind",
        choices=RoundKind.choices,
        label="Loại đợt",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="state",
        choices=RoundState.choices,
        label="Trạng thái",
        empty_label="Tất cả",
        widget=FlatSelect,
    )

    class Meta:
        model = Round
        fields = ()
