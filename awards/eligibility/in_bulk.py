"""The findings of many nominations in a constant number of queries; one is a list of one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet

from awards.eligibility.finding import Finding, Standing, standing
from awards.eligibility.gathering import gather
from awards.eligibility.judging import judge
from awards.models import Nomination, Override


def findings_of(nomination: Nomination, *, today: date) -> list[Finding]:
    """The findings of one nomination, the weightiest first."""
    chosen = Nomination.objects.filter(pk=nomination.pk)
    return next(found for _, found in findings_of_all(chosen, today=today))


def findings_of_all(
    chosen: QuerySet[Nomination], *, today: date
) -> Iterator[tuple[Nomination, list[Finding]]]:
    """The findings of each of the chosen nominations."""
    for row, facts in gather(chosen, today):
        yield row, judge(facts)


def standings_of(rows: Iterable[Nomination], *, today: date) -> dict[int, list[Standing]]:
    """Findings with their overrides, by nomination; of a page, of a list, of one."""
    chosen = Nomination.objects.filter(pk__in=[row.pk for row in rows])
    return standings_of_all(chosen, today=today)


def standings_of_all(chosen: QuerySet[Nomination], *, today: date) -> dict[int, list[Standing]]:
    """The same of a queryset, such as a whole round."""
    overrides = defaultdict(list)
    for each in Override.objects.filter(nomination__in=chosen.values("pk")).select_related("by"):
        overrides[each.nomination_id].append(each)
    return {
        row.pk: standing(found, overrides[row.pk])
        for row, found in findings_of_all(chosen, today=today)
    }
