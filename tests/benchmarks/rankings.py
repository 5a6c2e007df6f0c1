"""The ranking of a year over all communes, beside one statement written by hand."""

from django.db import connection, transaction

from criteria.actions import compute_ranking
from criteria.models import RankingRow
from criteria.queries import standings
from tests.benchmarks.measuring import Line, beside, run_by_hand
from units.kinds import Tier

LIMIT = 2

BY_HAND = """
WITH tiers AS (
    SELECT id, CAST(ROUND(points * 100) AS BIGINT) AS whole
    FROM criteria_criteriaset WHERE campaign_id = %s AND tier = %s
), configured AS (
    SELECT tiers.id,
        CAST(tiers.whole - COALESCE(SUM(CAST(ROUND(c.points * 100) AS BIGINT)), 0) AS BIGINT)
            AS left_over,
        SUM(CASE WHEN c.points IS NULL THEN 1 ELSE 0 END) AS parts,
        MAX(CASE WHEN c.points IS NULL THEN c.number END) AS last_part
    FROM tiers JOIN criteria_criterion c ON c.criteria_set_id = tiers.id
    GROUP BY tiers.id, tiers.whole
), maxima AS (
    SELECT c.id, c.kind, c.direction, c.threshold,
        CASE
            WHEN c.points IS NOT NULL THEN CAST(ROUND(c.points * 100) AS BIGINT)
            WHEN c.number = s.last_part THEN s.left_over - s.left_over / s.parts * (s.parts - 1)
            ELSE s.left_over / s.parts
        END AS most
    FROM criteria_criterion c JOIN configured s ON s.id = c.criteria_set_id
), counted AS (
    SELECT k.unit_id, k.on_time,
        CAST(SUM(CASE WHEN a.grade <> 'not_arisen'
            THEN COALESCE(CAST(ROUND(s.points * 100) AS BIGINT), 0) ELSE 0 END) AS BIGINT) AS given,
        CAST(SUM(CASE WHEN a.grade <> 'not_arisen' THEN m.most ELSE 0 END) AS BIGINT) AS most,
        CAST(SUM(m.most) AS BIGINT) AS whole,
        SUM(CASE WHEN a.grade = 'met' OR m.kind = 'number' AND a.grade <> 'not_arisen' AND (
            a.computed_met OR a.computed IS NULL AND (
                m.direction = 'above' AND a.value > m.threshold
                OR m.direction = 'at_least' AND a.value >= m.threshold
                OR m.direction = 'below' AND a.value < m.threshold
            )) THEN 1 ELSE 0 END) AS met,
        SUM(CASE WHEN a.grade = 'partly' THEN 1 ELSE 0 END) AS partly
    FROM criteria_checklist k
    JOIN criteria_answer a ON a.checklist_id = k.id
    JOIN maxima m ON m.id = a.criterion_id
    LEFT JOIN criteria_score s ON s.answer_id = a.id AND s.side = 'board' AND s.current
    WHERE k.period_id = %s AND k.state = 'accepted'
    GROUP BY k.unit_id, k.on_time
), summed AS (
    SELECT unit_id, on_time, met, partly,
        CASE WHEN most = 0 THEN 0 ELSE (2 * given * whole + most) / (2 * most) END AS hundredths
    FROM counted
)
SELECT unit_id, hundredths * 0.01, met, partly, on_time,
    RANK() OVER (ORDER BY hundredths DESC, met DESC, partly DESC, on_time DESC),
    COUNT(*) OVER (PARTITION BY hundredths, met, partly, on_time) > 1
FROM summed
"""
INSERT = f"""
INSERT INTO criteria_rankingrow
    (unit_id, points, met, partly, on_time, place, tied, ranking_id, reason)
SELECT s.*, %s, '' FROM ({BY_HAND}) AS s
"""  # noqa: S608  # both parts are ours


def _comparable(row) -> tuple:
    unit, points, met, partly, on_time, place, tied = row
    return unit, round(points * 100), met, partly, bool(on_time), place, bool(tied)


def lines(period, board, *, runs: int) -> list[Line]:
    """Reading the places; and writing them as a draft, over an older draft."""
    tier = Tier.COMMUNE
    asked = (period.campaign_id, tier.value, period.pk)
    places = standings(period, tier)
    by_hand = run_by_hand([(BY_HAND, asked)])[0]
    if set(map(_comparable, places)) != set(map(_comparable, by_hand)):
        raise AssertionError("the ranking and the statement by hand disagree")
    ranking = compute_ranking(period, tier, by=board)

    def write_by_hand():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM criteria_rankingrow WHERE ranking_id = %s", [ranking.pk])
            cursor.execute(INSERT, [ranking.pk, *asked])

    read = beside(
        lambda: standings(period, tier), lambda: run_by_hand([(BY_HAND, asked)]), runs=runs
    )
    write_by_hand()
    if RankingRow.objects.filter(ranking=ranking).count() != len(places):
        raise AssertionError("the statement by hand wrote other rows")
    written = beside(lambda: compute_ranking(period, tier, by=board), write_by_hand, runs=runs)
    what = f"ranking of {len(places):,} units"
    return [
        Line(f"{what}, read", *read, "one SELECT by hand", LIMIT),
        Line(f"{what}, written anew", *written, "DELETE, INSERT … SELECT", LIMIT),
    ]
