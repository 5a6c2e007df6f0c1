"""The filter of the list of dossiers, kept in the address, and the list's numbers by state."""

import django_filters
from django.db.models import Count

from awards.kinds import Recipient
from awards.models import Nomination, Round
from awards.queries import award_forms
from awards.states import NominationState
from awards.waiting import WORK, waiting_for
from config.forms import FlatSelect


def rounds(request):
    return Round.objects.visible_to(request.user).order_by("-year", "-due", "-pk")


def forms(request):
    return award_forms()


ANY = {"empty_label": "Tất cả", "widget": FlatSelect}


class NominationFilter(django_filters.FilterSet):
    """By name, round, form, state, kind of candidate, and by what waits for the user."""

    q = django_filters.CharFilter(method="by_name", label="Tên", max_length=100)
    dot = django_filters.ModelChoiceFilter(
        field_name="offer__round", queryset=rounds, label="Đợt", **ANY
    )
    hinh_thuc = django_filters.ModelChoiceFilter(
        field_name="offer__form", queryset=forms, to_field_name="code", label="Hình thức", **ANY
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="state", choices=NominationState.choices, label="Trạng thái", **ANY
    )
    doi_tuong = django_filters.ChoiceFilter(
        field_name="recipient", choices=Recipient.choices, label="Đối tượng", **ANY
    )
    viec = django_filters.ChoiceFilter(
        method="by_work",
        choices=[("tat-ca", "mọi việc"), *((name, work.label) for name, work in WORK.items())],
        label="Chờ đơn vị tôi",
        **ANY,
    )

    class Meta:
        model = Nomination
        fields = ()

    def by_name(self, found, name, value):
        return found.found_by(value)

    def by_work(self, found, name, value):
        return found.filter(waiting_for(self.request.user, value))


def numbers_by_state(found) -> list[tuple[str, str, int]]:
    """State, its words and how many of the rows stand there, in the order of the way."""
    rows = found.order_by().values("state").annotate(n=Count("pk"))
    numbers = dict(rows.values_list("state", "n"))
    return [
        (value, label, numbers[value])
        for value, label in NominationState.choices
        if value in numbers
    ]
