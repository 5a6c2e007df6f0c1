"""Who stands where: one SQL statement over the accepted checklists of a period.

Order: points of the board on the scale of the set, then criteria met, then partly met, then
whoever sent on time; what is equal in all of them shares the place. Where the board gives no
points every total is nought, so the counts decide. Points are summed in whole hundredths, so
that both databases round alike and equal totals are equal.
"""

from itertools import groupby
from typing import NamedTuple

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Round

from config.dated import holds_on
from criteria.models import Answer, BlockMember, Criterion
from criteria.queries.points import shares
from criteria.states import AnswerKind, ChecklistState, Direction, Grade, Side

ARISEN = ~Q(grade=Grade.NOT_ARISEN)
PLACED = """
WITH counted AS ({counts}),
summed AS (
    SELECT unit_pk, met, partly, sent_on_time,
        -- Half rounds up in whole numbers: (2ab + c) / 2c.
        COALESCE((2 * given * whole + most) / NULLIF(2 * most, 0), 0) AS hundredths
    FROM counted
)
SELECT unit_pk,
    ROUND(hundredths * 0.01, 2) AS points,
    met,
    partly,
    sent_on_time AS on_time,
    RANK() OVER (ORDER BY hundredths DESC, met DESC, partly DESC, sent_on_time DESC) AS place,
    COUNT(*) OVER (PARTITION BY hundredths, met, partly, sent_on_time) > 1 AS tied
FROM summed
"""


class Standing(NamedTuple):
    """A unit's place, computed; the columns of ``PLACED`` in their order."""

    unit_pk: int
    points: float
    met: int
    partly: int
    on_time: bool
    place: int
    tied: bool


def accepted_answers(period, tier, block=None) -> QuerySet:
    """The answers of all accepted checklists of a tier, or of one block of it, in a period.

    Ranked are the units on the period's register: one that ended before its reference date is
    not. Members of a block are those of the period's reference date. ``board`` joins the points of
    the board in force.
    """
    on_register = holds_on(
        period.reference_date,
        starts="checklist__unit__valid_from",
        ends="checklist__unit__valid_to",
    )
    answers = Answer.objects.filter(
        on_register,
        checklist__period=period,
        checklist__criteria_set__tier=tier,
        checklist__state=ChecklistState.ACCEPTED,
    )
    if block is not None:
        members = BlockMember.objects.in_force(period.reference_date).filter(block=block)
        answers = answers.filter(checklist__unit__in=members.values("unit"))
    current = Q(scores__side=Side.BOARD, scores__current=True)
    return answers.annotate(board=FilteredRelation("scores", condition=current))


def board_scored(period, tier, block=None) -> bool:
    """Whether the board gave any points at all here; if none, the counts make the order."""
    answers = accepted_answers(period, tier, block)
    return answers.filter(ARISEN, board__isnull=False).exists()


def standings(period, tier, block=None) -> list[Standing]:
    """The places as the answers and points stand now, in no order; two queries."""
    sql, params = standings_sql(period, tier, block)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Standing(*row) for row in cursor.fetchall()]


def standings_sql(period, tier, block=None) -> tuple[str, tuple]:
    """The statement behind ``standings``; ``criteria.actions`` inserts from it."""
    counts, params = _counts(period, tier, block).query.sql_with_params()
    return PLACED.format(counts=counts), params


def _counts(period, tier, block) -> QuerySet:
    """One row a unit: hundredths given, possible and in the whole set, and the counts."""
    given = Cast(Round(F("board__points") * 100), BigIntegerField())
    most = _most_hundredths(period, tier)
    return (
        accepted_answers(period, tier, block)
        .order_by()
        .values(unit_pk=F("checklist__unit_id"), sent_on_time=F("checklist__on_time"))
        .annotate(
            given=_sum(given, filter=ARISEN),
            most=_sum(most, filter=ARISEN),
            whole=_sum(most),
            met=Count("pk", filter=_met()),
            partly=Count("pk", filter=Q(grade=Grade.PARTLY)),
        )
    )


def _sum(hundredths, **options):
    """A sum that stays a whole number: PostgreSQL's would become a decimal."""
    return Cast(Coalesce(Sum(hundredths, **options), Value(0)), BigIntegerField())


def _most_hundredths(period, tier) -> Case:
    """The maximum points of each answer's criterion."""
    criteria = Criterion.objects.filter(
        criteria_set__campaign=period.campaign_id, criteria_set__tier=tier
    )
    rows = criteria.order_by("criteria_set", "number").values_list(
        "criteria_set", "criteria_set__points", "pk", "points"
    )
    maxima = {}
    for (_, total), group in groupby(rows, key=lambda row: row[:2]):
        maxima |= shares(total, {pk: points for _, _, pk, points in group})
    return Case(
        *(When(criterion=pk, then=Value(int(points * 100))) for pk, points in maxima.items()),
        default=Value(0),
        output_field=BigIntegerField(),
    )


def _met() -> Q:
    """As ``Answer.outcome`` says of one row: by grade, by computed or by typed number."""
    by_number = Q(computed_met=True) | Q(computed__isnull=True) & _reaches_threshold()
    return Q(grade=Grade.MET) | Q(criterion__kind=AnswerKind.NUMBER) & ARISEN & by_number


def _reaches_threshold() -> Q:
    """As ``Criterion.satisfied_by`` says of one number."""
    threshold = F("criterion__threshold")
    return (
        Q(criterion__direction=Direction.ABOVE, value__gt=threshold)
        | Q(criterion__direction=Direction.AT_LEAST, value__gte=threshold)
        | Q(criterion__direction=Direction.BELOW, value__lt=threshold)
    )
