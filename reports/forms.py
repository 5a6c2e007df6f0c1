"""Input → clean values; no writes."""

import re

from django import forms

from config.forms import LongTextField, NumberField
from config.text import vn_number
from criteria.states import AnswerKind, Grade
from reports import annexes


class RevisionField(forms.IntegerField):
    """From which state of a part the writer started. A browser must not fill in an older one."""

    def __init__(self):
        super().__init__(min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))


class SectionForm(forms.Form):
    """The text of one heading."""

    revision = RevisionField()
    text = LongTextField(
        label="Nội dung",
        required=False,
        max_length=50_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"max_length": "Dài quá 50.000 ký tự; rút gọn hoặc đưa vào tệp minh chứng."},
    )


class FiguresForm(forms.Form):
    """All figures of a report on one page; one field for each figure, named by its indicator."""

    revision = RevisionField()

    def __init__(self, *args, figures, **options):
        super().__init__(*args, **options)
        self.figures = figures
        self.fields["revision"].initial = sum(figure.revision for figure in figures)
        for figure in figures:
            self.fields[figure.indicator.code] = field_for(figure.indicator, figure.value)

    def groups(self):
        """(section code, [(figure, bound field)]) in the order of the indicators."""
        found = {}
        for figure in self.figures:
            rows = found.setdefault(figure.indicator.section, [])
            rows.append((figure, self[figure.indicator.code]))
        return list(found.items())

    def values(self) -> dict:
        """Figure pk → value, as ``reports.actions.save_figures`` takes them."""
        return {figure.pk: self.cleaned_data[figure.indicator.code] for figure in self.figures}


def field_for(indicator, value) -> NumberField:
    """The field of an indicator, with its bounds."""
    return NumberField(
        label=indicator.label,
        required=False,
        initial=value,
        help_text=indicator.help,
        decimals=2 if indicator.kind == "decimal" else 0,
        min_value=indicator.minimum,
        max_value=indicator.maximum,
    )


ROW = re.compile(r"r([0-9]{1,6})-")
"""How the name of a cell's field begins."""


class AnnexForm(forms.Form):
    """The rows of an annex table, cell by cell as text; ``reports.annexes`` judges them."""

    SPARE = 3
    """Empty lines offered below the filled ones."""

    revision = RevisionField()

    def __init__(self, *args, annex, rows, revision=0, **options):
        super().__init__(*args, **options)
        self.annex = annex
        self.fields["revision"].initial = revision
        posted = [{}] * len(self._posted_rows()) if self.is_bound else None
        shown = posted if posted is not None else [*rows, *[{}] * self.SPARE]
        for number, row in enumerate(shown):
            for column in annex.columns:
                self.fields[f"r{number}-{column['name']}"] = _cell_field(
                    number + 1, column, row.get(column["name"], "")
                )
        self.count = len(shown)

    def _posted_rows(self):
        numbers = {int(found[1]) for name in self.data if (found := ROW.match(name))}
        names = [column["name"] for column in self.annex.columns]
        return [
            {name: self.data.get(f"r{number}-{name}", "") for name in names}
            for number in sorted(numbers)[:500]
        ]

    def lines(self):
        """One list of bound fields a row."""
        names = [column["name"] for column in self.annex.columns]
        return [[self[f"r{number}-{name}"] for name in names] for number in range(self.count)]

    def raw_rows(self) -> list[dict]:
        return self._posted_rows()

    def clean(self):
        """Each fault at its cell; the action asks the same again before it writes."""
        _, faults = annexes.clean_rows(self.annex, self.raw_rows())
        for fault in faults:
            place = f"r{fault.row - 1}-{fault.column}" if fault.column else None
            self.add_error(place, fault.words[0].upper() + fault.words[1:])
        return super().clean()


def _cell_field(number, column, initial):
    label = f"Dòng {number}, {column['label']}"
    if column["kind"] == "choice":
        choices = [("", "–"), *[(choice, choice) for choice in column["choices"]]]
        return forms.CharField(
            required=False,
            initial=initial,
            label=label,
            widget=forms.Select(choices=choices),
        )
    attrs = {"class": "num", "inputmode": "decimal"} if column["kind"] != "text" else {}
    if column["kind"] == "date":
        attrs = {"inputmode": "numeric", "placeholder": "ngày/tháng/năm"}
    return forms.CharField(
        required=False,
        initial=annexes.said(column, initial),
        label=label,
        widget=forms.TextInput(attrs=attrs),
    )


class AnswerForm(forms.Form):
    """The answer to one criterion: a grade or a number, the items done, the explanation."""

    revision = RevisionField()
    grade = forms.ChoiceField(
        label="Mức tự đánh giá", required=False, choices=Grade.choices, widget=forms.RadioSelect
    )
    value = NumberField(label="Số liệu", required=False, decimals=2, max_digits=14)
    items = forms.TypedMultipleChoiceField(
        label="Các việc đã làm",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Có ý không thuộc tiêu chí này; tải lại trang."},
    )
    explanation = LongTextField(
        label="Diễn giải kết quả",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Dài quá 10.000 ký tự; rút gọn hoặc đưa vào tệp minh chứng."},
    )

    points = NumberField(label="Điểm tự chấm", required=False, decimals=2, max_digits=6)

    def __init__(self, *args, row, **options):
        answer = self.answer = row.answer
        initial = {
            "revision": answer.revision,
            "grade": answer.grade,
            "value": answer.value,
            "explanation": answer.explanation,
            "items": [tick.item.pk for tick in row.items if tick.done],
            "points": row.self_score.points if row.self_score else None,
        }
        super().__init__(*args, initial=initial, auto_id=f"tc{answer.criterion_id}-%s", **options)
        criterion = answer.criterion
        if criterion.kind == AnswerKind.NUMBER:
            self.fields["value"].label = f"Số liệu ({criterion.unit})"
            self.fields["grade"].choices = [
                ("", "Có số liệu"),
                (Grade.NOT_ARISEN.value, Grade.NOT_ARISEN.label),
            ]
        else:
            del self.fields["value"]
        if row.items:
            choices = [(tick.item.pk, tick.item.statement) for tick in row.items]
            self.fields["items"].choices = choices
        else:
            del self.fields["items"]
        most = vn_number(row.max_points)
        self.fields["points"].help_text = f"Tối đa {most} điểm (thang điểm của địa phương)."


class ScoreForm(forms.Form):
    """The receiver's points for each criterion, each with a reason."""

    def __init__(self, *args, rows, side, **options):
        super().__init__(*args, **options)
        self.rows, self.side = rows, side
        for row in rows:
            score = row.scores.get(side)
            self.fields[f"points-{row.answer.pk}"] = NumberField(
                label=f"Điểm {row.criterion.clause}",
                required=False,
                decimals=2,
                max_digits=6,
                initial=score.points if score else None,
                widget=forms.TextInput(attrs={"size": 6}),
            )
            self.fields[f"reason-{row.answer.pk}"] = LongTextField(
                label=f"Lý do {row.criterion.clause}",
                required=False,
                max_length=1_000,
                error_messages={"max_length": "Lý do dài quá 1.000 ký tự; hãy rút gọn."},
                initial=score.reason if score else "",
            )

    def lines(self):
        """(row, bound field of points, bound field of reason)"""
        return [
            (row, self[f"points-{row.answer.pk}"], self[f"reason-{row.answer.pk}"])
            for row in self.rows
        ]

    def refuse(self, sentences):
        """Put each refusal of the domain at the line whose criterion it names."""
        for sentence in sentences:
            clause, _, words = sentence.partition(": ")
            row = next((row for row in self.rows if row.criterion.clause == clause), None)
            self.add_error(row and f"points-{row.answer.pk}", words if row else sentence)

    def points(self) -> dict:
        """Answer pk → (points, reason) for the lines that have points."""
        data = self.cleaned_data
        return {
            row.answer.pk: (data[f"points-{row.answer.pk}"], data[f"reason-{row.answer.pk}"])
            for row in self.rows
            if data[f"points-{row.answer.pk}"] is not None
        }
