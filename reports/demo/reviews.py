"""The poverty reviews: invented rows in the portal's own workbook, uploaded and confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.files.base import ContentFile

from config import clock
from config.sheets import template
from config.text import VIETNAM
from reports.demo.dice import dice
from reports.demo.people import DESK
from reports.demo.simulation import Place, preliminary, simulate
from units.actions import confirm_import, set_plans, upload_import
from units.imports.reviews.definition import DEFINITION
from units.imports.reviews.kind import Reviews as ReviewKind
from units.imports.reviews.openings import area_of
from units.models import Unit, User
from units.models.poverty import Stage
from units.poverty.figures import percent_of, rounded
from units.poverty.territory import communes_alive

PLANNED = {
    2022: datetime(2022, 7, 15, 9, tzinfo=VIETNAM),
    2023: datetime(2023, 4, 20, 9, tzinfo=VIETNAM),
}
PLAN_BASIS = "Quyết định giao chỉ tiêu giảm nghèo năm {year} (giả lập)"
AMBITION = (Decimal("0.6"), Decimal("0.8"), Decimal("0.9"), Decimal("1"), Decimal("1.15"))
"""What was planned against what came of it."""


@dataclass(frozen=True)
class Sending:
    """One workbook of the poverty desk: which figures, when."""

    year: int
    stage: Stage
    at: datetime

    @property
    def label(self) -> str:
        return f"rà soát hộ nghèo năm {self.year}, số {self.stage.label}"


SENDINGS = (
    Sending(2021, Stage.OFFICIAL, datetime(2022, 7, 4, 14, tzinfo=VIETNAM)),
    Sending(2022, Stage.PRELIMINARY, datetime(2022, 11, 3, 15, tzinfo=VIETNAM)),
    Sending(2022, Stage.OFFICIAL, datetime(2022, 12, 26, 10, tzinfo=VIETNAM)),
    Sending(2023, Stage.PRELIMINARY, datetime(2023, 11, 3, 15, tzinfo=VIETNAM)),
)


class Reviews:
    """The simulated figures of the whole province, and how they come into the portal."""

    def __init__(self):
        communes = communes_alive(2023).select_related("parent").order_by("code")
        places = [Place(unit.code, unit.parent.code, unit.urban) for unit in communes]
        self.final = simulate(places)
        self.first_reported = {
            (code, year): counts if year == 2023 else preliminary(counts, code, year)
            for (code, year), counts in self.final.items()
        }

    def send(self, sending: Sending, communes: Iterable[Unit]) -> None:
        """Upload the workbook of these communes as the poverty desk, and confirm it."""
        known = self.final if sending.stage == Stage.OFFICIAL else self.first_reported
        rows = [self._row(unit, sending, known[unit.code, sending.year]) for unit in communes]
        about = f"Năm {sending.year}, số liệu {sending.stage.label} (giả lập)"
        content = template(DEFINITION, rows, about=about)
        name = f"ra-soat-{sending.year}-{sending.stage}-gia-lap.xlsx"
        with clock.frozen(sending.at):
            desk = User.objects.get(username=DESK)
            period = {"nam": sending.year, "muc": str(sending.stage)}
            file = ContentFile(content, name=name)
            confirm_import(upload_import(ReviewKind(), file, by=desk, options=period), by=desk)

    def _row(self, unit: Unit, sending: Sending, counts: dict[str, int]) -> dict:
        identity = {"year": sending.year, "stage": sending.stage}
        identity |= {"code": unit.code, "name": unit.name, "area": area_of(unit)}
        return identity | counts

    def plan(self, year: int, communes: Iterable[Unit]) -> None:
        """What each commune was to reach: now more, now less than what came of it."""
        figures = {unit: self._planned(unit, year) for unit in communes}
        with clock.frozen(PLANNED[year]):
            desk = User.objects.get(username=DESK)
            set_plans(year, figures, by=desk, basis=PLAN_BASIS.format(year=year))

    def _planned(self, unit: Unit, year: int) -> Decimal:
        counts = self.final[unit.code, year]
        rates = [
            rounded(percent_of(counts[f"poor_{name}"], counts["households"]))
            for name in ("opening", "closing")
        ]
        ambition = dice("plan", unit.code, year).choice(AMBITION)
        return max(rounded((rates[0] - rates[1]) * ambition), Decimal("0.05"))
