"""The review of a year summed over all communes, beside one GROUP BY written by hand."""

from tests.benchmarks.measuring import Line, beside, run_by_hand
from units.models.poverty import Stage
from units.poverty import review_table
from units.poverty.figures import COUNTS
from units.poverty.territory import year_end

LIMIT = 3
"""The table comes as units and figures, not as bare rows."""
YEAR = 2023
SUMS = ", ".join(f"SUM(r.{name})" for name in COUNTS)
BY_HAND = {
    by: f"""
SELECT g.id, COUNT(DISTINCT c.id), COUNT(DISTINCT r.unit_id), {SUMS}
FROM units_unit c
{joins}
LEFT JOIN units_povertyreview r ON r.unit_id = c.id AND r.year = %s AND r.stage = %s
WHERE c.kind = 'commune' AND c.valid_from <= %s AND (c.valid_to IS NULL OR c.valid_to > %s)
GROUP BY g.id, g.sort_key, g.valid_from
ORDER BY g.sort_key, g.valid_from
"""  # noqa: S608  # our own words
    for by, joins in {
        "district": "JOIN units_unit g ON g.id = c.parent_id",
        "province": "JOIN units_unit d ON d.id = c.parent_id "
        "JOIN units_unit g ON g.id = d.parent_id",
    }.items()
}


def lines(*, runs: int) -> list[Line]:
    asked = (YEAR, Stage.OFFICIAL.value, year_end(YEAR), year_end(YEAR))
    return [_line(by, sql, asked, runs) for by, sql in BY_HAND.items()]


def _line(by, sql, asked, runs) -> Line:
    rows = {
        (row.unit.pk, row.expected, row.reported, *(row.figures[name] for name in COUNTS))
        for row in review_table(YEAR, Stage.OFFICIAL, by=by)
    }
    if rows != set(run_by_hand([(sql, asked)])[0]):
        raise AssertionError(f"the review by {by} and the statement by hand disagree")
    communes = sum(row[1] for row in rows)
    return Line(
        f"poverty of {communes:,} communes by {by} ({len(rows)} rows)",
        *beside(
            lambda: review_table(YEAR, Stage.OFFICIAL, by=by),
            lambda: run_by_hand([(sql, asked)]),
            runs=runs,
        ),
        "one GROUP BY by hand",
        LIMIT,
    )
