"""Series of places: each unit's place in the ranking of its group, year by year.

A place is one among the units of its year and is carried nowhere: under another boundary it stays
with the units that held it, who are shown when a cell is opened.
"""

from collections import defaultdict

from django.db.models import Exists, Max, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from campaign.models import Period
from config.text import vn_number
from criteria.models import Ranking, RankingRow
from criteria.states import RankingState
from reports.figures.carried.measures import Measure, Paper, Span
from units.boundaries import Level
from units.boundaries.sources import Summed
from units.kinds import Kind


class Place(Measure):
    """The place that counts: the board's decision, else the computed one."""

    key, label, unit = "xep-hang", "Hạng trong nhóm đơn vị", "hạng"
    levels = (Level.DISTRICT, Level.COMMUNE, Level.DEPARTMENT)
    adds = False
    why_apart = (
        "Hạng là vị trí giữa các đơn vị của chính năm đó, không cộng được, nên không chuyển sang "
        "địa giới khác; hãy mở ô để xem hạng của các đơn vị cũ."
    )
    help = "Hạng trong bảng xếp hạng của nhóm đơn vị; nơi chỉ xếp theo cụm, khối thì là hạng ở đó."

    def __init__(self, campaign):
        self._campaign = campaign

    def spans(self, years):
        found = Period.objects.filter(
            campaign=self._campaign, kind=Period.Kind.YEARLY, year__in=list(years)
        )
        return [
            Span(period.year, period.reference_date, of=period)
            for period in found.order_by("year", "pk")
        ]

    def source(self, level, spans, user):
        rankings = self._rankings([span.of for span in spans], user).filter(tier=level)
        rows = RankingRow.objects.filter(ranking__in=rankings)
        sums = {"count": Min(Coalesce("decided_place", "place")), "points": Max("points")}
        return Summed(rows, sums, year="ranking__period__year", kinds=(Kind(level),))

    def _rankings(self, periods, user):
        """Of each year the ranking of the whole group; where there is none, those of its blocks."""
        found = Ranking.objects.visible_to(user).filter(period__in=periods)
        whole = found.filter(block=None, period=OuterRef("period"), tier=OuterRef("tier"))
        return found.filter(Q(block=None) | ~Exists(whole))

    def papers(self, units, span, user):
        rows = RankingRow.objects.filter(
            unit__in=list(units), ranking__in=self._rankings([span.of], user)
        ).select_related("ranking__period", "ranking__block")
        found = defaultdict(list)
        for row in rows.order_by("pk"):
            draft = " (dự thảo)" if row.ranking.state != RankingState.PUBLISHED else ""
            label = f"{row.ranking}{draft}: {vn_number(row.points)} điểm"
            found[row.unit_id].append(Paper(label, row.ranking.get_absolute_url()))
        return found
