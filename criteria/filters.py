"""Filters of the list of rankings, kept in the address."""

import django_filters

from campaign.models import Period
from criteria.models import Ranking
from units.kinds import reporting_tiers


class RankingFilter(django_filters.FilterSet):
    """By period and by tier."""

    ky = django_filters.ModelChoiceFilter(
        field_name="period",
        queryset=Period.objects.all(),
        to_field_name="code",
        label="Kỳ",
        empty_label="Tất cả các kỳ",
    )
    nhom = django_filters.ChoiceFilter(
        field_name="tier", choices=reporting_tiers, label="Nhóm đơn vị", empty_label="Tất cả"
    )

    class Meta:
        model = Ranking
        fields = ()
