"""Filters of the decisions and of the roll of honour, kept in the address."""

import django_filters
from django.db.models import Q

from awards.decision_page import decision_years
from awards.filters import forms, years
from awards.models import Decision, Honour
from awards.names import number_key
from config.forms import FlatSelect


def years_of_decisions():
    return [(year, str(year)) for year in decision_years()]


def _form_filter():
    return django_filters.ModelChoiceFilter(
        method="by_form",
        queryset=forms,
        to_field_name="code",
        label="Hình thức",
        empty_label="Tất cả",
        widget=FlatSelect,
    )


class DecisionFilter(django_filters.FilterSet):
    """By number however it is typed, year and form."""

    so = django_filters.CharFilter(method="by_number", label="Số quyết định", max_length=100)
    nam = django_filters.ChoiceFilter(
        field_name="decided_on__year",
        choices=years_of_decisions,
        label="Năm",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    hinh_thuc = _form_filter()

    class Meta:
        model = Decision
        fields = ()

    def by_number(self, found, name, value):
        return found.filter(number_key__contains=number_key(value))

    def by_form(self, found, name, value):
        return found.filter(Q(form=value) | Q(form__family=value))


class RollFilter(django_filters.FilterSet):
    """By year and form."""

    nam = django_filters.ChoiceFilter(
        field_name="decided_on__year",
        choices=years,
        label="Năm",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    hinh_thuc = _form_filter()

    class Meta:
        model = Honour
        fields = ()

    def by_form(self, found, name, value):
        """A family finds its grades too."""
        return found.filter(Q(form=value) | Q(form__family=value))
