"""Questions to rankings: what freezes a checklist, who is not fully scored, and the table."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from campaign.queries import units_owing
from config.text import vn_number
from criteria.models import BlockMember, Checklist, Ranking, RankingRow
from criteria.queries.standings import ARISEN, accepted_answers, standings_sql
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


COMPARED = """
WITH now AS ({standings}),
stored AS (
    SELECT unit_id, points, met, partly, on_time, place, tied
    FROM criteria_rankingrow WHERE ranking_id = %s
)
SELECT
    EXISTS (SELECT 1 FROM stored),
    NOT EXISTS (SELECT * FROM now EXCEPT SELECT * FROM stored)
        AND NOT EXISTS (SELECT * FROM stored EXCEPT SELECT * FROM now)
"""


class Readiness:
    """What publishing asks of a draft; each question is put to the database once."""

    def __init__(self, ranking: Ranking):
        self.ranking = ranking

    @property
    def has_rows(self) -> bool:
        return self._compared[0]

    @property
    def is_as_computed(self) -> bool:
        """Whether the rows are what the accepted checklists and points say now."""
        return self._compared[1]

    @cached_property
    def unscored(self) -> list["Unscored"]:
        """The units that lack points, in a ranking by points."""
        return unscored(self.ranking) if self.ranking.scored else []

    @cached_property
    def _compared(self) -> tuple[bool, bool]:
        ranking = self.ranking
        sql, params = standings_sql(ranking.period, ranking.tier, ranking.block)
        with connection.cursor() as cursor:
            cursor.execute(COMPARED.format(standings=sql), (*params, ranking.pk))
            return tuple(map(bool, cursor.fetchone()))


def readiness(ranking: Ranking) -> Readiness:
    """The answers for a ranking, remembered with the object as ``User.seats`` are."""
    if not hasattr(ranking, "_readiness"):
        ranking._readiness = Readiness(ranking)
    return ranking._readiness


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


# The page of a ranking


@dataclass(frozen=True)
class Line:
    """A row of a ranking as the page prints it; ``tie`` says why a place is shared."""

    row: RankingRow
    tie: str


def rankings_for_page(user) -> QuerySet:
    """The rankings that the user may see, with ``units``: how many; ``decided``: how many of them

    have their place from the board.
    """
    rows = RankingRow.objects.filter(ranking=OuterRef("pk")).order_by().values("ranking")
    counted = {"units": Count("pk"), "decided": Count("decided_place")}
    found = Ranking.objects.visible_to(user).select_related("period", "block", "published_by")
    return found.annotate(
        **{
            name: Coalesce(Subquery(rows.annotate(number=count).values("number")), 0)
            for name, count in counted.items()
        }
    )


def rows_in_order(ranking: Ranking) -> QuerySet:
    """The rows by the place that counts, within it in Vietnamese order."""
    return (
        ranking.rows.select_related("unit")
        .annotate(counting=Coalesce("decided_place", "place"))
        .order_by("counting", "place", "unit__sort_key", "pk")
    )


def lines(ranking: Ranking, rows) -> list[Line]:
    return [Line(row, tie_words(ranking, row)) for row in rows]


def tie_words(ranking: Ranking, row: RankingRow) -> str:
    """In what the units that share a computed place are equal; "" where nobody shares it."""
    if not row.tied:
        return ""
    equal = [f"{vn_number(row.points)} điểm"] if ranking.scored else []
    equal += [
        f"{row.met} tiêu chí đạt",
        f"{row.partly} tiêu chí đạt một phần",
        "nộp đúng hạn" if row.on_time else "nộp không đúng hạn",
    ]
    return f"Đồng hạng {row.place}: cùng {', '.join(equal)}."


def doubled_places(ranking: Ranking) -> list[int]:
    """Places that several units hold because the board decided so, not because they are equal."""
    counting = ranking.rows.annotate(counting=Coalesce("decided_place", "place"))
    held = counting.values("counting").annotate(units=Count("pk"), decided=Count("decided_place"))
    doubled = held.filter(units__gt=1, decided__gt=0).order_by("counting")
    return list(doubled.values_list("counting", flat=True))


def unranked(ranking: Ranking) -> int:
    """How many units of the tier or block owe a report of the period and are not in the ranking."""
    units = units_owing(ranking.period).of_tiers(ranking.tier)
    if ranking.block_id:
        day = ranking.period.reference_date
        members = BlockMember.objects.in_force(day).filter(block=ranking.block_id)
        units = units.filter(pk__in=members.values("unit"))
    return units.exclude(pk__in=ranking.rows.values("unit")).count()
