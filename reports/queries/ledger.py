"""What the ledger of contributions says beside an annex that asks who gave (B3)."""

from campaign.queries.contributions import Gifts, gifts_of

GIVER = "giver"
"""The column by which an annex asks for givers."""


def gifts_beside(report, annex) -> Gifts | None:
    """What the communes of the unit received in the year of the report, or an enterprise gave.

    None for annexes that ask for no giver, and where nothing is recorded.
    """
    if all(column["name"] != GIVER for column in annex.columns):
        return None
    return gifts_of(report.unit, report.period.year)
