"""Filters of the list of contributions, kept in the address."""

import django_filters

from campaign.models import Contribution
from campaign.queries import campaign_years
from config.forms import FlatSelect
from config.text import fold


def years():
    return [(year, str(year)) for year in sorted(campaign_years(), reverse=True)]


class ContributionFilter(django_filters.FilterSet):
    """By giver and by receiving commune, in words without diacritics or by code, and by year."""

    q = django_filters.CharFilter(
        method="of_giver", label="Doanh nghiệp (tên hoặc mã số thuế)", max_length=100
    )
    xa = django_filters.CharFilter(
        method="of_receiver", label="Xã nhận (tên hoặc mã)", max_length=100
    )
    nam = django_filters.ChoiceFilter(
        field_name="year",
        choices=years,
        label="Năm",
        empty_label="Tất cả các năm",
        widget=FlatSelect,
    )

    class Meta:
        model = Contribution
        fields = ()

    def of_giver(self, found, name, value):
        return found.filter(giver__search__contains=fold(value))

    def of_receiver(self, found, name, value):
        return found.filter(receiver__search__contains=fold(value))
