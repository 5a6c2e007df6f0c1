"""Search and filter of lists, kept in the address so that a view can be shared."""

import django_filters

from campaign.models import Period
from config.text import fold
from reports.models import Report
from reports.states import State, Timeliness
from units.kinds import Tier
from units.models import Unit


def reporting_tiers():
    return [(tier.value, tier.label) for tier in Tier if tier in Tier.REPORTING]


class ReportFilter(django_filters.FilterSet):
    """By unit name without diacritics, period, tier, state, timeliness and unit above."""

    q = django_filters.CharFilter(method="by_name", label="Tên hoặc mã đơn vị")
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
    trang_thai = django_filters.ChoiceFilter(
        field_name="state", choices=State.choices, label="Trạng thái", empty_label="Tất cả"
    )
    han = django_filters.ChoiceFilter(
        field_name="timeliness", choices=Timeliness.choices, label="Thời hạn", empty_label="Tất cả"
    )
    tren = django_filters.ModelChoiceFilter(
        field_name="unit__parent",
        queryset=Unit.objects.filter(kind="district").in_order(),
        label="Thuộc",
        empty_label="Tất cả",
    )

    class Meta:
        model = Report
        fields = ()

    def by_name(self, queryset, name, value):
        return queryset.filter(unit__search__contains=fold(value))
