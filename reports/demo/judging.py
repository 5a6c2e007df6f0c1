"""Points and rankings: what the receivers made of the reports they accepted."""

from datetime import datetime
from decimal import Decimal

from campaign.models import Period
from config import clock
from config.text import VIETNAM
from criteria.actions import (
    compute_ranking,
    decide_place,
    publish_ranking,
    recompute,
    score_all,
)
from criteria.models import Block, Checklist, Ranking
from criteria.queries import checklist_rows
from criteria.states import Side
from reports.demo.dice import dice
from reports.demo.people import BOARD_CHIEF, BOARD_MEMBER, BOARD_OUTSIDE
from reports.demo.texts import Words, shipped
from reports.demo.walk import receiver_name, user
from reports.models import Report
from units.kinds import Kind, Tier

RECOMPUTED = datetime(2022, 12, 27, 8, 30, tzinfo=VIETNAM)
SCORED = datetime(2023, 1, 12, 9, tzinfo=VIETNAM)
RANKED = datetime(2023, 2, 6, 9, tzinfo=VIETNAM)
PUBLISHED = datetime(2023, 2, 8, 15, tzinfo=VIETNAM)
SCORED_SO_FAR = datetime(2023, 11, 23, 10, tzinfo=VIETNAM)
"""By then the board has begun to score what it has received of 2023."""

LOWER_SHARE = 0.4
CUTS = (Decimal("0.5"), Decimal(1), Decimal("1.5"), Decimal(2))
OUTSIDE_FOR = ("SNV",)
"""The body that the board belongs to: its own people do not judge it."""


def use_official_figures(period: Period) -> None:
    """The review has turned official: computed numbers of all checklists follow it."""
    with clock.frozen(RECOMPUTED):
        for checklist in Checklist.objects.filter(period=period).order_by("pk"):
            recompute(checklist)


def judge(report: Report, words: Words, *, at: datetime) -> None:
    """Fill the receiver's column: mostly as the unit saw itself, here and there less."""
    luck = dice("judge", report.unit.code, report.period.year)
    points = {}
    for row in checklist_rows(report.checklist):
        if not row.counts or row.self_score is None:
            continue
        given, reason = row.self_score.points, ""
        if luck.random() < LOWER_SHARE and given:
            given = max(given - luck.choice(CUTS), Decimal(0))
            reason = words.judgement(row.criterion.number)
        points[row.answer.pk] = (given, reason)
    side = Side.ABOVE if report.unit.kind == Kind.COMMUNE else Side.BOARD
    with clock.frozen(at):
        score_all(report.checklist, side, points, by=user(_judge_of(report)))


def _judge_of(report: Report) -> str:
    if report.unit.kind == Kind.COMMUNE:
        return receiver_name(report.unit)
    if report.unit.code in OUTSIDE_FOR:
        return BOARD_OUTSIDE
    return BOARD_MEMBER


def rank(period: Period) -> None:
    """Rank departments, each of their blocks, and districts; publish all of them."""
    blocks = Block.objects.filter(campaign=period.campaign, tier=Tier.DEPARTMENT)
    lists = [(Tier.DISTRICT, None), (Tier.DEPARTMENT, None)]
    lists += [(Tier.DEPARTMENT, block) for block in blocks.order_by("name")]
    for tier, block in lists:
        with clock.frozen(RANKED):
            ranking = compute_ranking(period, tier, block, by=user(BOARD_CHIEF))
            if block is None and tier == Tier.DEPARTMENT:
                _decide_one(ranking)
        if ranking.rows.exists():
            with clock.frozen(PUBLISHED):
                publish_ranking(ranking, by=user(BOARD_CHIEF))


def _decide_one(ranking: Ranking) -> None:
    """Once the board departs from the computed places, and says why."""
    row = ranking.rows.filter(place__gt=1, tied=False).order_by("place").first()
    if row:
        reason = shipped()["judgement"]["decided"]
        decide_place(row, row.place - 1, by=user(BOARD_CHIEF), reason=reason)
