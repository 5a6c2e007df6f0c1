"""Questions to rankings: what freezes a checklist, who is not fully scored, and the table."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from criteria.models import BlockMember, Checklist, Ranking, RankingRow
from criteria.queries.standings import ARISEN, accepted_answers, standings
from criteria.states import RankingState


def published_over(checklist: Checklist) -> Ranking | None:
    """The published ranking of the checklist's tier, or of its unit's block, in its period.

    While there is one, no points of the tier or block change any more.
    """
    period = checklist.period
    blocks = BlockMember.objects.in_force(period.reference_date).filter(unit=checklist.unit_id)
    return (
        Ranking.objects.filter(
            Q(block__isnull=True) | Q(block__in=blocks.values("block")),
            state=RankingState.PUBLISHED,
            period=period,
            tier=checklist.criteria_set.tier,
        )
        .select_related("period", "block")
        .first()
    )


def is_ranked(checklist: Checklist) -> bool:
    """Whether a published ranking rests on this checklist: then it stays as it is."""
    return RankingRow.objects.filter(
        ranking__state=RankingState.PUBLISHED,
        ranking__period=checklist.period_id,
        ranking__tier=checklist.criteria_set.tier,
        unit=checklist.unit_id,
    ).exists()


def is_as_computed(ranking: Ranking) -> bool:
    """Whether the rows of a draft are what the accepted checklists and points say now."""
    stored = ranking.rows.values_list(
        "unit_id", "points", "met", "partly", "on_time", "place", "tied"
    )
    now = standings(ranking.period, ranking.tier, ranking.block)
    return {_comparable(row) for row in stored} == {_comparable(row) for row in now}


def _comparable(row) -> tuple:
    """The two databases give numbers and truths back in different dress."""
    unit, points, met, partly, on_time, place, tied = row
    return unit, round(points * 100), met, partly, bool(on_time), place, bool(tied)


@dataclass(frozen=True)
class Unscored:
    """A unit of a ranking whose answers still lack points of the board."""

    unit_id: int
    unit_name: str
    unscored: int


def unscored(ranking: Ranking) -> list[Unscored]:
    """The accepted units that the board has not fully scored, in Vietnamese order."""
    rows = (
        accepted_answers(ranking.period, ranking.tier, ranking.block)
        .filter(ARISEN, board__isnull=True)
        .order_by("checklist__unit__sort_key", "checklist__unit_id")
        .values(unit_pk=F("checklist__unit_id"), unit_name=F("checklist__unit__name"))
        .annotate(lacking=Count("pk"))
    )
    return [Unscored(row["unit_pk"], row["unit_name"], row["lacking"]) for row in rows]
