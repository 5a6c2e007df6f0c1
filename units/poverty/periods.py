"""Which years are entered and reckoned with, and which review people are busy with."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Min

from units.kinds import Kind
from units.models import Unit
from units.models.poverty import Stage
from units.poverty.standards import measured_years

YEARS_OFFERED = 6
"""How many years back a review may be entered from the form."""
FIRST_REVIEW_MONTH, LAST_REPORT_MONTH = 9, 11
"""The yearly review starts on 1 September; reports with its preliminary figures end in November."""

campaigns: list[Callable[[], Iterable[int]]] = []
"""The years that the apps above work in; each adds its own in ``AppConfig.ready``."""


def years_to_enter(today: date) -> list[int]:
    """The years whose review may be entered, newest first."""
    known = measured_years()
    return [year for year in range(today.year, today.year - YEARS_OFFERED, -1) if year in known]


def period_at_hand(today: date) -> tuple[int, str]:
    """The review that people are busy with: preliminary for the reports, then official."""
    if today.month < FIRST_REVIEW_MONTH:
        return today.year - 1, Stage.OFFICIAL
    return today.year, Stage.PRELIMINARY if today.month <= LAST_REPORT_MONTH else Stage.OFFICIAL


def reckoned_years() -> list[int]:
    """The years that figures from outside may speak of, oldest first.

    Those that a standard measures, at whose end the register knows communes, and that lie within
    a campaign, if there is any. Years still to come are among them.
    """
    found = measured_years()
    starts = Unit.objects.filter(kind=Kind.COMMUNE).aggregate(first=Min("valid_from"))["first"]
    found = {year for year in found if starts is not None and starts <= date(year, 12, 31)}
    worked = {year for years in campaigns for year in years()}
    return sorted(found & worked if worked else found)
