"""The parts of one report as its pages show them: task list, neighbours, tables, whole content."""

from dataclasses import dataclass

from django.urls import reverse

from reports import annexes, checks
from reports.models import AnnexTable, Figure, Remark, Section
from reports.states import ItemKind, State
from units import poverty


@dataclass(frozen=True)
class Part:
    """A line of the task list: a page to fill, how far it is, and whether it must be mended."""

    kind: str
    key: str
    label: str
    url: str
    state: str
    tone: str
    note: str = ""


STATES = {
    "todo": ("chưa bắt đầu", "neutral"),
    "doing": ("đang làm", "info"),
    "done": ("xong", "success"),
    "optional": ("không bắt buộc", "neutral"),
}


def task_list(report) -> list[Part]:
    """Every page of the report in order, with its state and the receiver's open remarks."""
    wrong = {(problem.kind, problem.key) for problem in checks.problems(report) if problem.stops}
    marked = {(remark.kind, remark.key): remark.text for remark in open_remarks(report)}
    return [
        *_section_parts(report, marked),
        _figures_part(report, wrong, marked),
        *_annex_parts(report, marked),
        _checklist_part(report, wrong, marked),
    ]


def _part(kind, key, label, url, state, note=""):
    words, tone = STATES[state]
    return Part(
        kind, key, label, url, "cần sửa" if note else words, "danger" if note else tone, note
    )


def _section_parts(report, marked):
    texts = {section.outline_id: section.text.strip() for section in report.sections.all()}
    for outline in checks.outline_of(report):
        state = "done" if texts.get(outline.pk) else "todo" if outline.required else "optional"
        url = reverse("reports:section", args=[report.pk, outline.code])
        note = marked.get((ItemKind.SECTION, outline.code), "")
        yield _part(ItemKind.SECTION, outline.code, outline.title, url, state, note)


def _figures_part(report, wrong, marked):
    entered = [figure.value is not None for figure in report.figures.all()]
    faults = any(kind == ItemKind.FIGURE for kind, _ in wrong)
    state = "todo" if not any(entered) else "doing" if faults else "done"
    note = " ".join(text for (kind, _), text in marked.items() if kind == ItemKind.FIGURE)
    label = f"Số liệu ({sum(entered)}/{len(entered)} chỉ tiêu)"
    return _part(
        "figures", "figures", label, reverse("reports:figures", args=[report.pk]), state, note
    )


def _annex_parts(report, marked):
    tables = {table.annex_id: len(table.rows) for table in report.annex_tables.all()}
    for annex in checks.annexes_of(report):
        url = reverse("reports:annex", args=[report.pk, annex.code])
        note = marked.get((ItemKind.ANNEX, annex.code), "")
        label = str(annex)
        if annex.pk in tables:
            label += f" ({tables[annex.pk]} dòng)"
        state = "done" if annex.computed or annex.pk in tables else "optional"
        yield _part(ItemKind.ANNEX, annex.code, label, url, state, note)


def _checklist_part(report, wrong, marked):
    total = report.checklist.answers.count()
    open_ones = {key for kind, key in wrong if kind == ItemKind.CRITERION}
    done = total - len(open_ones)
    state = "done" if not open_ones else "doing" if done else "todo"
    note = " ".join(text for (kind, _), text in marked.items() if kind == ItemKind.CRITERION)
    url = reverse("reports:checklist", args=[report.pk])
    label = f"Bảng tự đánh giá tiêu chí ({done}/{total})"
    return _part(ItemKind.CRITERION, "checklist", label, url, state, note)


@checks.remembered
def open_remarks(report) -> list[Remark]:
    """What the receiver asked to mend when it last sent the report back; none once it is sent."""
    if report.state not in State.UNSENT and report.state != State.RETURNED:
        return []
    last = report.steps.filter(name__in=("return", "reopen", "send")).order_by("at", "pk").last()
    if last is None or last.name == "send":
        return []
    return list(last.remarks.order_by("pk"))


def timeline(report) -> list[dict]:
    """What happened to the report, newest first."""
    entries = [
        {"label": step.label, "at": step.at, "by": step.by, "note": step.note}
        for step in report.steps.select_related("by").order_by("-at", "-pk")
    ]
    start = {"label": "bắt đầu lập báo cáo", "at": report.started_at, "by": report.started_by}
    return [*entries, start]


def items_of(report) -> list[tuple[str, str, str]]:
    """Every item that a receiver can point at: (kind, key, label)."""
    items = [(ItemKind.SECTION, o.code, o.title) for o in checks.outline_of(report)]
    items += [
        (ItemKind.FIGURE, figure.indicator.code, figure.indicator.label)
        for figure in figures_of(report)
    ]
    items += [
        (ItemKind.ANNEX, annex.code, str(annex))
        for annex in checks.annexes_of(report)
        if not annex.computed
    ]
    answers = report.checklist.answers.select_related("criterion").order_by("criterion__number")
    items += [
        (ItemKind.CRITERION, str(answer.criterion_id), answer.criterion.clause)
        for answer in answers
    ]
    return [(kind.value, key, label) for kind, key, label in items]


def grouped_items(report):
    """The same items under the words of their kind, for a form."""
    groups = {}
    for kind, key, label in items_of(report):
        groups.setdefault(ItemKind(kind).label.capitalize(), []).append((kind, key, label))
    return list(groups.items())


def around(report, kind, key="") -> dict:
    """The pages before and after a part, and the remark on it, for the foot and head of a page."""
    parts = task_list(report)
    place = next(i for i, part in enumerate(parts) if _is(part, kind, key))
    return {
        "previous": parts[place - 1] if place else None,
        "following": parts[place + 1] if place + 1 < len(parts) else None,
        "this_part": parts[place],
        "remarks": [
            r
            for r in open_remarks(report)
            if _is(parts[place], _page_of(r.kind), r.key)
            or r.kind in (ItemKind.FIGURE, ItemKind.CRITERION)
            and _page_of(r.kind) == kind
        ],
    }


def after(report, kind, key="") -> str:
    """Where "save and go on" leads: the next part, or the last look."""
    following = around(report, kind, key)["following"]
    return following.url if following else reverse("reports:check", args=[report.pk])


def _page_of(kind):
    return "figures" if kind == ItemKind.FIGURE else kind


def _is(part, kind, key):
    return part.kind == kind and (not key or part.key == key)


def figures_of(report):
    """The report's figures in the order of their indicators."""
    rows = Figure.objects.filter(report=report).select_related("indicator", "edited_by")
    return list(rows.order_by("indicator__position"))


def titled(report, groups):
    """Groups of figures under the titles of the outline sections they belong to."""
    titles = {}
    for outline in checks.outline_of(report):
        titles.setdefault(outline.code.split("-")[0], outline.title)
        titles[outline.code] = outline.title
    return [
        (titles.get(code, titles.get(code.split("-")[0], "Số liệu khác")), rows)
        for code, rows in groups
    ]


def annex_rows(report, annex):
    """The kept rows of an annex table, its revision and who wrote it last."""
    table = (
        AnnexTable.objects.filter(report=report, annex=annex).select_related("edited_by").first()
    )
    return (table.rows, table.revision, table) if table else ([], 0, None)


def computed_annex(report) -> dict:
    """The figures of B1 for the report's unit and year, from the poverty review."""
    point = poverty.series(report.unit, [report.period.year])[0]
    lines = []
    if point.figures:
        counts = point.figures.counts
        lines = [(label, counts[f"poor_{name}"], counts[f"near_{name}"]) for label, name in LINES]
        lines.append(("Tỷ lệ (%)", point.figures.poor_rate, point.figures.near_rate))
    return {"point": point, "lines": lines}


def whole(report) -> dict:
    """All content for one page to read before signing, or for the receiver."""
    tables = {table.annex_id: table.rows for table in report.annex_tables.all()}
    texts = {s.outline_id: s for s in Section.objects.filter(report=report)}
    return {
        "sections": [
            (outline, texts[outline.pk].text)
            for outline in checks.outline_of(report)
            if outline.pk in texts
        ],
        "figures": titled(report, _grouped(figures_of(report))),
        "annexes": [
            (annex, annexes.said_rows(annex.columns, tables.get(annex.pk, [])))
            for annex in checks.annexes_of(report)
            if not annex.computed
        ],
        "answers": checks.criteria_of(report),
    }


def readable(content: dict) -> dict:
    """A frozen content with its annex rows laid out in the order of their columns."""
    tables = [
        {**annex, "lines": annexes.said_rows(annex["columns"], annex["rows"])}
        for annex in content["annexes"]
    ]
    return {**content, "tables": tables}


LINES = (
    ("Số hộ đầu năm", "opening"),
    ("Trong đó: hộ dân tộc thiểu số đầu năm", "opening_ethnic"),
    ("Số hộ thoát trong năm", "escaped"),
    ("Số hộ trở lại trong năm (tái nghèo, tái cận nghèo)", "relapsed"),
    ("Số hộ phát sinh mới trong năm", "arisen"),
    ("Điều chỉnh (±)", "adjustment"),
    ("Số hộ cuối năm", "closing"),
    ("Trong đó: hộ dân tộc thiểu số cuối năm", "closing_ethnic"),
)


def _grouped(figures):
    found = {}
    for figure in figures:
        found.setdefault(figure.indicator.section, []).append(figure)
    return list(found.items())
