"""Published rankings: place, points or met counts of each unit, within tier and block.

Unit: places; points on the local scale of the criteria set, criteria as counts. Source: the
rows frozen when the board published the ranking. ``place`` is the one that counts: the board's
decision where it departs from the computed place, with its reason.
"""

from dataclasses import dataclass
from decimal import Decimal

from criteria.models import Ranking, RankingRow
from criteria.states import RankingState
from units.kinds import TIER_ORDER


@dataclass(frozen=True)
class PlacedUnit:
    unit_id: int
    name: str
    place: int
    computed_place: int
    tied: bool
    points: Decimal
    met: int
    partly: int
    on_time: bool
    reason: str


@dataclass(frozen=True)
class PublishedRanking:
    ranking_id: int
    year: int
    tier: str
    tier_label: str
    block: str
    scored: bool
    published_at: str
    note: str
    rows: tuple[PlacedUnit, ...]


def published_rankings(periods) -> list[PublishedRanking]:
    """The published rankings of these periods by year, tier and block; two queries."""
    rankings = list(
        Ranking.objects.filter(period__in=periods, state=RankingState.PUBLISHED)
        .select_related("period", "block")
        .order_by("period__year", "pk")
    )
    rows = {ranking.pk: [] for ranking in rankings}
    found = RankingRow.objects.filter(ranking__in=rankings).select_related("unit")
    for row in found.order_by("ranking", "unit__sort_key", "pk"):
        rows[row.ranking_id].append(_placed(row))
    rankings.sort(
        key=lambda r: (r.period.year, TIER_ORDER[r.tier], r.block.name if r.block else "")
    )
    return [_published(ranking, rows[ranking.pk]) for ranking in rankings]


def _published(ranking, rows) -> PublishedRanking:
    return PublishedRanking(
        ranking_id=ranking.pk,
        year=ranking.period.year,
        tier=ranking.tier,
        tier_label=ranking.get_tier_display(),
        block=ranking.block.name if ranking.block else "",
        scored=ranking.scored,
        published_at=ranking.published_at.isoformat(),
        note=ranking.note,
        rows=tuple(sorted(rows, key=lambda row: row.place)),
    )


def _placed(row) -> PlacedUnit:
    return PlacedUnit(
        unit_id=row.unit_id,
        name=row.unit.name,
        place=row.final_place,
        computed_place=row.place,
        tied=row.tied,
        points=row.points,
        met=row.met,
        partly=row.partly,
        on_time=row.on_time,
        reason=row.reason,
    )
