"""Who reported, by tier and by the unit above, beside one statement written by hand."""

from reports.queries.expected import COUNTS, completeness_by_parent, completeness_by_tier
from tests.benchmarks.measuring import Line, beside, run_by_hand
from units.kinds import Tier

LIMIT = 2

COUNTED = """COUNT(*), COUNT(r.id), COUNT(r.submitted_at),
    COUNT(CASE WHEN r.timeliness = 'on_time' THEN 1 END),
    COUNT(CASE WHEN r.timeliness = 'late' THEN 1 END),
    COUNT(CASE WHEN r.timeliness = 'excused' THEN 1 END),
    COUNT(CASE WHEN r.state = 'returned' THEN 1 END),
    COUNT(CASE WHEN r.state = 'accepted' THEN 1 END)"""
ALIVE = "u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to > %(day)s)"
RECEIVING = """SELECT unit_id FROM campaign_duty WHERE campaign_id = %(campaign)s
    AND kind = 'receives_reports' AND starts <= %(day)s AND (ends IS NULL OR ends > %(day)s)"""
BY_TIER = f"""
SELECT u.kind, {COUNTED}
FROM units_unit u LEFT JOIN reports_report r ON r.unit_id = u.id AND r.period_id = %(period)s
WHERE {ALIVE} AND u.id NOT IN ({RECEIVING})
    AND u.kind IN ('department', 'district', 'commune', 'village', 'enterprise')
GROUP BY u.kind
"""  # noqa: S608  # our own words
BY_PARENT = f"""
SELECT p.id, p.name, {COUNTED}
FROM units_unit u
JOIN units_unit p ON p.id = u.parent_id
LEFT JOIN reports_report r ON r.unit_id = u.id AND r.period_id = %(period)s
WHERE {ALIVE} AND u.id NOT IN ({RECEIVING}) AND u.kind = 'commune'
GROUP BY p.id, p.name, p.sort_key
ORDER BY p.sort_key, p.id
"""  # noqa: S608  # our own words


def _numbers(row) -> tuple:
    return tuple(getattr(row, name) for name in COUNTS)


def lines(period, *, runs: int) -> list[Line]:
    asked = {
        "period": period.pk,
        "day": period.reference_date,
        "campaign": period.campaign_id,
    }
    by_tier = {(row.key, *_numbers(row)) for row in completeness_by_tier(period)}
    by_parent = [
        (row.parent_id, row.label, *_numbers(row))
        for row in completeness_by_parent(period, Tier.COMMUNE)
    ]
    hand_tiers, hand_parents = run_by_hand([(BY_TIER, asked), (BY_PARENT, asked)])
    if by_tier != set(hand_tiers) or by_parent != hand_parents:
        raise AssertionError("completeness and the statements by hand disagree")
    units = sum(row[1] for row in hand_tiers)
    return [
        Line(
            f"completeness of {units:,} units by tier",
            *beside(
                lambda: completeness_by_tier(period),
                lambda: run_by_hand([(BY_TIER, asked)]),
                runs=runs,
            ),
            "one SELECT by hand",
            LIMIT,
        ),
        Line(
            f"completeness by unit above ({len(by_parent)} rows)",
            *beside(
                lambda: completeness_by_parent(period, Tier.COMMUNE),
                lambda: run_by_hand([(BY_PARENT, asked)]),
                runs=runs,
            ),
            "one SELECT by hand",
            LIMIT,
        ),
    ]
