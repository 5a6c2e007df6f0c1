"""Small forms of the appraisal, and the filter and table of its queue."""

from collections.abc import Iterable, Iterator

import django_filters
from django import forms
from django.db.models import Q
from django.utils.text import capfirst

from awards.appraisal_page import WAITING, Line, lines_of
from awards.kinds import HoldKind, Verdict
from awards.models import Consultation, Nomination, Round
from awards.queries import award_forms
from awards.rules import LONGEST_REASON
from awards.states import NominationState
from config.columns import of_unit, whose
from config.forms import FlatSelect
from config.sheets import Column, Definition

BATCH = 50


def _words(label: str, *, required: bool = True, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReasonForm(forms.Form):
    reason = _words("Lý do")


class HoldForm(forms.Form):
    kind = forms.ChoiceField(label="Lý do tạm dừng", choices=HoldKind.choices)
    reason = _words("Nội dung")
    lifts_on = forms.DateField(label="Hết tạm dừng từ ngày", required=False)


class OpinionForm(forms.Form):
    body = forms.CharField(label="Cơ quan được hỏi", max_length=200)
    asked_on = forms.DateField(label="Hỏi ngày")
    due_on = forms.DateField(label="Hạn trả lời", required=False)


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label="Ý kiến", choices=Consultation.Outcome.choices)
    answered_on = forms.DateField(label="Trả lời ngày")
    note = _words("Nội dung", required=False)


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Kết luận", choices=[(v, capfirst(label)) for v, label in Verdict.choices]
    )
    reason = _words("Lý do", required=False)
    departure = _words("Lý do khác bảng xếp hạng", required=False)


ANY = {"empty_label": "Tất cả", "widget": FlatSelect}
VERDICTS = [("chua", "chưa kết luận"), ("co", "chờ áp dụng"), *Verdict.choices]


def rounds(request):
    return Round.objects.visible_to(request.user).order_by("-year", "-due", "-pk")


def forms_on_offer(request):
    return award_forms()


class QueueFilter(django_filters.FilterSet):
    """By name, round, form, state and pending verdict."""

    q = django_filters.CharFilter(method="by_name", label="Tên", max_length=100)
    dot = django_filters.ModelChoiceFilter(
        field_name="offer__round", queryset=rounds, label="Đợt", **ANY
    )
    hinh_thuc = django_filters.ModelChoiceFilter(
        field_name="offer__form",
        queryset=forms_on_offer,
        to_field_name="code",
        label="Hình thức",
        **ANY,
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="state",
        choices=[(state, NominationState(state).label) for state in WAITING],
        label="Trạng thái",
        **ANY,
    )
    ket_luan = django_filters.ChoiceFilter(
        method="by_verdict", choices=VERDICTS, label="Kết luận", **ANY
    )

    class Meta:
        model = Nomination
        fields = ()

    def by_name(self, found, name, value):
        return found.found_by(value)

    def by_verdict(self, found, name, value):
        asked = {"chua": Q(pending__isnull=True), "co": Q(pending__isnull=False)}
        return found.filter(asked.get(value, Q(pending__verdict=value)))


QUEUE = Definition(
    title="Hồ sơ chờ thẩm định",
    columns=(
        Column("number", "Số hồ sơ", help="Số của hồ sơ trên cổng.", width=10),
        Column("name", "Đối tượng được đề nghị", help="Tên ghi trong quyết định.", width=36),
        Column("recipient", "Đối tượng", help="Tập thể, doanh nghiệp, cá nhân, hộ."),
        *whose("unit", "đơn vị", "Tập thể, nơi quản lý"),
        Column("round", "Đợt", help="Đợt khen thưởng.", width=40),
        Column("form", "Hình thức đề nghị", help="Hình thức của đợt.", width=36),
        Column("state", "Trạng thái", help="Hồ sơ đang ở bước nào."),
        Column("rank", "Xếp hạng", help="Hạng/số đơn vị trong bảng xếp hạng của năm."),
        Column("marks", "Điểm cần xem", help="Chưa giải quyết, theo mức.", width=30),
        Column("findings", "Nội dung", help="Từng điểm kiểm tra.", width=80, multiline=True),
        Column("verdict", "Kết luận chờ áp dụng", help="Trống: chưa kết luận."),
    ),
)


def queue_rows(rows: Iterable[Nomination]) -> Iterator[dict]:
    """One row a dossier, in the order of the list; findings are worked out batch by batch."""
    rows = list(rows)
    for start in range(0, len(rows), 10 * BATCH):
        for line in lines_of(rows[start : start + 10 * BATCH]):
            yield _row(line)


def _row(line: Line) -> dict:
    row = line.nomination
    return {
        "number": str(row.pk),
        "name": row.name,
        "recipient": row.get_recipient_display(),
        **of_unit(row.unit),
        "round": row.round.title,
        "form": row.form.name,
        "state": row.get_state_display(),
        "rank": str(line.rank or ""),
        "marks": line.marks_in_words,
        "findings": "\n".join(
            f"{each.finding.severity.label}: {each.finding.sentence}" for each in line.standings
        ),
        "verdict": line.pending.get_verdict_display() if line.pending else "",
    }
