"""What units wrote: passages chosen from accepted reports, each with unit, period and heading.

Source: the sections marked for it in the outline (``OutlineSection.passage``). The words are
those copied at the choice; a later correction below does not change them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChosenPassage:
    position: int
    text: str
    unit: str
    tier: str
    period: str
    section_code: str
    section: str
    report_id: int

    @property
    def source(self) -> str:
        return f"{self.unit}, {self.period}"


def chosen_passages(summary) -> list[ChosenPassage]:
    """The summary's passages in their order; one query."""
    rows = summary.selections.select_related(
        "section__outline", "section__report__unit", "section__report__period"
    )
    return [_passage(row) for row in rows.order_by("position", "pk")]


def _passage(row) -> ChosenPassage:
    report, outline = row.section.report, row.section.outline
    return ChosenPassage(
        position=row.position,
        text=row.text,
        unit=report.unit.name,
        tier=report.tier,
        period=report.period.title,
        section_code=outline.code,
        section=outline.title,
        report_id=report.pk,
    )
