"""Whether a nomination may go on: findings with their clauses, from plain facts.

``gathering`` asks the database for many nominations at once, ``judging`` holds the table of the
checks (pure functions of ``by_ledger``, ``by_dossier``, ``by_unit``), ``finding`` what they tell
and how an override sets one aside, ``in_bulk`` the findings of a round or of a list. Procedure
follows the rule set of the day of receipt; what no table tells stops nobody.
"""

from awards.eligibility.finding import Finding, Standing, standing
from awards.eligibility.in_bulk import findings_of, standings_of

__all__ = ["Finding", "Standing", "findings_of", "standing", "standings_of"]
