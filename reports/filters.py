"""Search and filter of lists, kept in the address so that a view can be shared."""

import django_filters

from campaign.models import Period
from config.forms import FlatSelect
from config.text import fold
from reports.models import Report
from reports.states import State, Timeliness
from units.kinds import reporting_tiers
from units.queries import parents_to_choose


def periods():
    return Period.objects.values_list("code", "title")


def parents(request):
    return parents_to_choose(also=request.GET.get("tren", ""))


class ReportFilter(django_filters.FilterSet):
    """By unit name without diacritics, period, tier, state, timeliness and unit above."""

    q = django_filters.CharFilter(method="by_name", label="Tên hoặc mã đơn vị")
    ky = django_filters.ChoiceFilter(
        field_name="period__code",
        choices=periods,
        label="Kỳ",
        empty_label="Tất cả các kỳ",
        widget=FlatSelect,
    )
    nhom = django_filters.ChoiceFilter(
        field_name="tier",
        choices=reporting_tiers,
        label="Nhóm đơn vị",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="state",
        choices=State.choices,
        label="Trạng thái",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    han = django_filters.ChoiceFilter(
        field_name="timeliness",
        choices=Timeliness.choices,
        label="Thời hạn",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
    tren = django_filters.ModelChoiceFilter(
        field_name="unit__parent",
        queryset=parents,
        label="Thuộc",
        empty_label="Tất cả",
        widget=FlatSelect,
    )

    class Meta:
        model = Report
        fields = ()

    def by_name(self, queryset, name, value):
        return queryset.filter(unit__search__contains=fold(value))


class QueueFilter(ReportFilter):
    """The same over what was sent: nothing else reaches a queue."""

    trang_thai = django_filters.ChoiceFilter(
        field_name="state",
        choices=[(state, State(state).label) for state in State.SENT],
        label="Trạng thái",
        empty_label="Tất cả",
        widget=FlatSelect,
    )
