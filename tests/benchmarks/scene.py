"""The database at three sizes: the province, a thousand communes, all of them."""

from datetime import date

from campaign.models import Duty, Period
from campaign.queries import duty_holder
from criteria.actions import compute_ranking, publish_ranking
from criteria.models import Ranking, RankingRow
from criteria.states import RankingState
from reports.queries.expected import expected_units
from tests.benchmarks.nation import DAY, Nation, load_province
from tests.benchmarks.reviews import Reviews
from tests.benchmarks.room import settled
from tests.benchmarks.year import CLOSED, IN_NOVEMBER, NEARLY_CLOSED, Year
from tests.factories.units import person
from units.kinds import Kind, Role, Tier
from units.models import Unit

WHY = "Điểm của bộ đo tốc độ."


class Scene:
    """People, periods and units; ``grow`` adds communes with two years of reports."""

    def __init__(self):
        load_province()
        periods = Period.objects.select_related("campaign__province")
        self.before, self.now = periods.get(code="2022"), periods.get(code="2023")
        self.board = self._person(Role.BOARD, Duty.Kind.RECEIVES_REPORTS)
        self.desk = self._person(Role.POVERTY_DESK, Duty.Kind.INTERIM_LEAD)
        self.years = [
            Year(period, self.board, shares, parts=True)
            for period, shares in ((self.before, CLOSED), (self.now, NEARLY_CLOSED))
        ]
        self.reviews = [Reviews(year) for year in (2021, 2022, 2023)]
        for year in self.years:
            year.fill(list(expected_units(year.period).select_related("parent")))
        for reviews in self.reviews:
            alive = Unit.objects.as_of(date(reviews.year, 12, 31))
            reviews.fill(list(alive.filter(kind=Kind.COMMUNE)))
        for tier in (Tier.DEPARTMENT, Tier.DISTRICT, Tier.COMMUNE):
            self._publish(self.before, tier)
        settled()

    def _person(self, role, duty):
        return person(role, duty_holder(self.now.campaign, duty, DAY))

    def _publish(self, period, tier):
        ranking = compute_ranking(period, tier, by=self.board)
        publish_ranking(ranking, by=self.board, override=WHY)

    def widen(self):
        """From here on the nation: communes report to the board, texts and figures are left out.

        The board's queue shall hold them all, as it does since the districts have ended.
        """
        self.nation = Nation()
        for year in self.years:
            year.parts, year.to_the_board = False, True
        self.years[1].shares = IN_NOVEMBER

    def grow(self, communes: int):
        """Add communes with all that hangs on them, and rank them."""
        made = self.nation.grow(communes)
        for year in self.years:
            year.fill(made)
        for reviews in self.reviews:
            reviews.fill([unit for unit in made if unit.kind == Kind.COMMUNE])
        self._rank_communes()
        settled(Unit)

    def _rank_communes(self):
        """A draft of the year before; its rows once more as if published for this year."""
        RankingRow.objects.filter(ranking__tier=Tier.COMMUNE).delete()
        Ranking.objects.filter(tier=Tier.COMMUNE).delete()
        draft = compute_ranking(self.before, Tier.COMMUNE, by=self.board)
        published = Ranking.objects.create(
            period=self.now,
            tier=Tier.COMMUNE,
            scored=True,
            computed_at=draft.computed_at,
            state=RankingState.PUBLISHED,
            published_at=draft.computed_at,
            published_by=self.board,
        )
        rows = list(draft.rows.all())
        for row in rows:
            row.pk, row.ranking = None, published
        RankingRow.objects.bulk_create(rows)
