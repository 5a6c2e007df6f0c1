"""The measures and years that people may choose from."""

from datetime import date

from campaign.models import Period
from criteria.models import Indicator
from reports.figures.carried.indicators import ReportFigure
from reports.figures.carried.measures import Measure
from reports.figures.carried.rankings import Place
from reports.figures.carried.reviews import ReviewFigure
from units import poverty
from units.poverty.carried import review_measures

Groups = list[tuple[str, list[Measure]]]


def measures(campaign) -> Groups:
    """All measures under their headings; one query."""
    reviews = [ReviewFigure(measure) for measure in review_measures()]
    indicators = map(ReportFigure, Indicator.objects.filter(campaign=campaign).order_by("position"))
    return [
        ("Rà soát hộ nghèo: số hộ", [figure for figure in reviews if not figure.is_rate]),
        ("Rà soát hộ nghèo: tỷ lệ", [figure for figure in reviews if figure.is_rate]),
        ("Số liệu báo cáo", [figure for figure in indicators if figure.levels]),
        ("Xếp hạng", [Place(campaign)] if campaign else []),
    ]


def find(groups: Groups, key: str) -> Measure | None:
    """The measure of that key."""
    return next((m for _, found in groups for m in found if m.key == key), None)


def offered_years(campaign, today: date) -> list[int]:
    """The years with a review, and those whose reporting has begun; oldest first; two queries."""
    begun = Period.objects.filter(
        campaign=campaign, kind=Period.Kind.YEARLY, starts__lte=today
    ).values_list("year", flat=True)
    return sorted({*poverty.review_years(), *begun})
