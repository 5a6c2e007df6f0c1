"""Where a candidate's unit stands in the published ranking of the year, beside its nomination."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from awards.models import Nomination
from awards.states import NominationState
from criteria.models import RankingRow
from criteria.states import RankingState

NOT_PASSED = (NominationState.SUBMITTED, NominationState.RETURNED)


@dataclass(frozen=True)
class Rank:
    """The place of a unit among how many, in which ranking."""

    row: RankingRow
    size: int

    @property
    def place(self) -> int:
        return self.row.final_place

    @property
    def ranking(self):
        return self.row.ranking

    def __str__(self):
        return f"hạng {self.place}/{self.size}"


class Ranks:
    """The rankings that concern some nominations: one's block comes before its whole tier.

    Two queries, whatever their number; persons and households stand in no ranking.
    """

    def __init__(self, rows: list[Nomination]):
        years = {(row.offer.round.campaign_id, row.offer.round.year) for row in rows}
        units = {row.unit_id for row in rows if row.is_open}
        self._of_unit: dict[tuple, RankingRow] = {}
        self._rows: dict[int, list[RankingRow]] = defaultdict(list)
        for row in _best_last(_published(years), units):
            period = row.ranking.period
            self._of_unit[period.campaign_id, period.year, row.unit_id] = row
        rankings = {row.ranking_id for row in self._of_unit.values()}
        for row in RankingRow.objects.filter(ranking__in=rankings).select_related("unit"):
            self._rows[row.ranking_id].append(row)

    def of(self, nomination: Nomination) -> Rank | None:
        round = nomination.offer.round
        if not nomination.is_open:
            return None
        row = self._of_unit.get((round.campaign_id, round.year, nomination.unit_id))
        return row and Rank(row, len(self._rows[row.ranking_id]))

    def better_placed(self, nomination: Nomination) -> list[RankingRow]:
        """The units before this one in its ranking, the first first."""
        if (rank := self.of(nomination)) is None:
            return []
        rows = self._rows[rank.row.ranking_id]
        before = [row for row in rows if row.final_place < rank.place]
        return sorted(before, key=lambda row: (row.final_place, row.pk))


def _published(years) -> QuerySet[RankingRow]:
    found = RankingRow.objects.filter(
        ranking__state=RankingState.PUBLISHED,
        ranking__period__campaign__in={campaign for campaign, _ in years},
        ranking__period__year__in={year for _, year in years},
    )
    return found.select_related("ranking__period", "ranking__block")


def _best_last(rows, units) -> list[RankingRow]:
    """Of several rankings of a unit the block's counts, then the one published last."""
    found = rows.filter(unit__in=units)
    return sorted(
        found, key=lambda row: (row.ranking.block_id is not None, row.ranking.published_at)
    )


def departures(rows: list[Nomination], ranks: Ranks, *, together=()) -> dict[int, list[str]]:
    """The better placed units that were left out, by nomination: "hạng 1: X, chưa đề nghị".

    Passed are those appraised in the same round for any form, and those of ``together``, which
    pass in the same act.
    """
    rounds = {row.offer.round_id for row in rows}
    better = {row.pk: ranks.better_placed(row) for row in rows}
    if not any(better.values()):
        return {}
    standing = _standing_of_units(rounds, together)
    return {
        row.pk: [
            f"hạng {each.final_place}: {each.unit.name}, {reason}"
            for each in better[row.pk]
            if (reason := standing.get((row.offer.round_id, each.unit_id), "chưa được đề nghị"))
        ]
        for row in rows
        if better[row.pk]
    }


def _standing_of_units(rounds, together) -> dict[tuple[int, int], str]:
    """By round and unit: "" where a nomination of the unit passed, else how far it came."""
    passing = {row.pk for row in together}
    found: dict[tuple[int, int], str] = {}
    rows = Nomination.objects.filter(offer__round__in=rounds).living()
    rows = rows.exclude(state__in=NominationState.UNSENT).filter(person=None, household=None)
    for pk, round, unit, state in rows.values_list("pk", "offer__round", "unit", "state"):
        waits = state in NOT_PASSED and pk not in passing
        if found.get((round, unit)) != "":
            found[round, unit] = "chưa đủ điều kiện" if waits else ""
    return found
