"""Writing the parts of a report. Each write compares the revision it started from."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from config import clock
from config.text import clean_text
from config.workflow import RuleViolation, overwritten, refuse
from reports import annexes
from reports.models import AnnexTable, Figure, Report, Section
from reports.permissions import works_in_unit
from reports.queries.below import below
from units.actions.checking import anew, refuse_invalid


def editable(report, *, by):
    """The report under lock, if this person may write in it now; else the reasons."""
    locked = Report.objects.select_for_update(of=("self",)).select_related("unit", "period")
    report = locked.get(pk=report.pk)
    refuse(works_in_unit(anew(by), report))
    if not report.is_editable:
        raise RuleViolation(
            f"Báo cáo {report.get_state_display()} nên không sửa được; "
            "lấy lại (hoặc đề nghị đơn vị nhận trả lại) rồi sửa."
        )
    return report


THIS_PART = "phần này"


def claim(part, *, by, revision: int, at):
    """Stamp a part as written by this person, or refuse when somebody wrote since ``revision``."""
    if part.revision != revision:
        raise overwritten(THIS_PART, part.edited_by, part.edited_at, reader=by)
    part.revision += 1
    part.edited_at, part.edited_by = at, by


LONG_AGO = datetime.min.replace(tzinfo=UTC)
STAMPS = ["revision", "edited_at", "edited_by"]


@transaction.atomic
def save_section(report, code: str, text: str, *, by, revision: int) -> Section:
    """Write the text of one heading; the same words again change nothing."""
    report, text = editable(report, by=by), clean_text(text)
    section = Section.objects.select_related("outline", "edited_by").get(
        report=report, outline__code=code
    )
    if section.text == text:
        return section
    claim(section, by=by, revision=revision, at=clock.now())
    section.text = text
    refuse_invalid(section, ignore=("report", "outline", "edited_by"))
    section.save(update_fields=["text", *STAMPS])
    return section


@transaction.atomic
def save_figures(report, values: dict, *, by, revision: int) -> int:
    """Write the figures that changed; the new revision of the page.

    ``values``: figure pk → value (None: not yet entered). The page's revision is the sum of its
    figures' revisions: it grows with every write, so one number tells a page that is out of date.
    """
    report, now = editable(report, by=by), clock.now()
    figures = list(Figure.objects.filter(report=report).select_related("edited_by"))
    present = sum(figure.revision for figure in figures)
    changed = [
        figure for figure in figures if figure.pk in values and figure.value != values[figure.pk]
    ]
    if not changed:
        return present
    if present != revision:
        last = max(figures, key=lambda figure: figure.edited_at or LONG_AGO)
        raise overwritten(THIS_PART, last.edited_by, last.edited_at, reader=by)
    for figure in changed:
        figure.value = values[figure.pk]
    Figure.objects.bulk_update(changed, ["value"])
    Figure.objects.filter(pk__in=[figure.pk for figure in changed]).update(
        revision=F("revision") + 1, edited_at=now, edited_by=by
    )
    return present + len(changed)


@transaction.atomic
def take_over_sums(report, *, by) -> int:
    """Enter the sums of the accepted reports below where nothing is entered yet; how many.

    What somebody has entered stays: the unit above knows more than the sum (its own part, what
    two units below have both counted).
    """
    report, sums = editable(report, by=by), below(report).sums
    figures = list(Figure.objects.filter(report=report))
    values = {
        figure.pk: sums[figure.indicator_id]
        for figure in figures
        if figure.value is None and figure.indicator_id in sums
    }
    save_figures(report, values, by=by, revision=sum(figure.revision for figure in figures))
    return len(values)


@transaction.atomic
def save_annex(report, annex, raw_rows: list[dict], *, by, revision: int) -> AnnexTable:
    """Write the rows of one annex table after checking each cell against the annex's columns.

    An empty table is an answer too ("không phát sinh"); the same rows again change nothing.
    """
    report = editable(report, by=by)
    if annex.computed or report.tier not in annex.tiers:
        raise RuleViolation(f"{annex} không do đơn vị nhập.")
    rows, faults = annexes.clean_rows(annex, raw_rows)
    refuse(*(fault.sentence for fault in faults))
    AnnexTable.objects.get_or_create(report=report, annex=annex)
    table = AnnexTable.objects.select_related("edited_by").get(report=report, annex=annex)
    if table.revision and table.rows == rows:
        return table
    claim(table, by=by, revision=revision, at=clock.now())
    table.rows = rows
    table.save(update_fields=["rows", *STAMPS])
    return table
