"""What is still missing or wrong in a report, item by item, with the place to mend it."""

from dataclasses import dataclass
from functools import wraps

from django.urls import reverse

from config.text import vn_number
from criteria import queries as criteria_queries
from reports.models import Annex, Figure, OutlineSection
from reports.states import ItemKind


@dataclass(frozen=True)
class Problem:
    """One thing to mend: what, why, where; ``stops`` when the report cannot be sent with it."""

    kind: str
    key: str
    label: str
    sentence: str
    url: str
    stops: bool = True


def remembered(question):
    """Put a question to a report object once: the parts of a page all ask the same.

    An action reads the report anew under its lock, so nothing outlives a write.
    """
    name = f"_{question.__name__}"

    @wraps(question)
    def ask(report):
        if not hasattr(report, name):
            setattr(report, name, question(report))
        return getattr(report, name)

    return ask


@remembered
def problems(report) -> list[Problem]:
    """All problems of a report, in the order of its pages."""
    return [
        *_section_problems(report),
        *_figure_problems(report),
        *_annex_problems(report),
        *_checklist_problems(report),
    ]


@remembered
def criteria_of(report):
    """The rows of the report's checklist."""
    return criteria_queries.checklist_rows(report.checklist)


@remembered
def outline_of(report):
    """The sections that the report's tier has, in order."""
    return OutlineSection.objects.filter(campaign=report.period.campaign).for_tier(report.tier)


@remembered
def annexes_of(report):
    """The annex tables that the report's tier has, in order."""
    return Annex.objects.filter(campaign=report.period.campaign).for_tier(report.tier)


def _section_problems(report):
    written = {section.outline_id: section.text.strip() for section in report.sections.all()}
    for outline in outline_of(report):
        if outline.required and not written.get(outline.pk):
            yield Problem(
                ItemKind.SECTION,
                outline.code,
                outline.title,
                "Chưa viết. Nếu trong năm không phát sinh, ghi rõ “Không phát sinh”.",
                reverse("reports:section", args=[report.pk, outline.code]),
            )


MANY = 5
"""More empty figures than this are told in one sentence."""


def _figure_problems(report):
    figures = list(
        Figure.objects.filter(report=report)
        .select_related("indicator")
        .order_by("indicator__position")
    )
    url = reverse("reports:figures", args=[report.pk])
    empty = [figure for figure in figures if figure.value is None]
    if len(empty) > MANY:
        sentence = f"Còn {len(empty)} chỉ tiêu chưa nhập. Nếu không phát sinh, ghi 0."
        yield Problem(ItemKind.FIGURE, "", "Số liệu", sentence, url)
        figures = [figure for figure in figures if figure.value is not None]
    values = {figure.indicator.code: figure for figure in figures}
    for figure in figures:
        if sentence := _wrong_with(figure, values):
            indicator = figure.indicator
            place = f"{url}#chi-tieu-{indicator.code}"
            yield Problem(ItemKind.FIGURE, indicator.code, indicator.label, sentence, place)


def _wrong_with(figure, values) -> str | None:
    """A figure must be there, within its bounds, and not above the whole it is a part of."""
    indicator, value = figure.indicator, figure.value
    if value is None:
        return "Chưa nhập. Nếu không phát sinh, ghi 0."
    if indicator.minimum is not None and value < indicator.minimum:
        return f"Không được nhỏ hơn {vn_number(indicator.minimum)} {indicator.unit}."
    if indicator.maximum is not None and value > indicator.maximum:
        return f"Không được lớn hơn {vn_number(indicator.maximum)} {indicator.unit}."
    whole = values.get(indicator.part_of)
    if whole is not None and whole.value is not None and value > whole.value:
        return f"Lớn hơn “{whole.indicator.label}” ({vn_number(whole.value)}); kiểm tra hai số."
    return None


def _annex_problems(report):
    tables = {table.annex_id: table.rows for table in report.annex_tables.all()}
    for annex in annexes_of(report):
        if not annex.computed and annex.pk not in tables:
            yield Problem(
                ItemKind.ANNEX,
                annex.code,
                str(annex),
                "Chưa nhập biểu; có thể bỏ trống nếu trong năm không phát sinh.",
                reverse("reports:annex", args=[report.pk, annex.code]),
                stops=False,
            )


def _checklist_problems(report):
    rows = criteria_of(report)
    gaps = criteria_queries.missing(report.checklist, rows)
    found = [(gap, True) for gap in gaps]
    found += [(doubt, False) for doubt in criteria_queries.doubts(rows)]
    url = reverse("reports:checklist", args=[report.pk])
    for missing, stops in sorted(found, key=lambda one: one[0].criterion.number):
        criterion = missing.criterion
        yield Problem(
            ItemKind.CRITERION,
            str(criterion.pk),
            f"Tiêu chí {criterion.number} ({criterion.clause})",
            missing.sentence,
            f"{url}#tieu-chi-{criterion.pk}",
            stops=stops,
        )
