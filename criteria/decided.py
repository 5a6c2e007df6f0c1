"""What people decided about criteria in the portal, laid over the plan's file before it is loaded.

The portal lets administrators correct criteria and their items as long as no unit has opened a
checklist by them. Such words go on into later versions; without this, the next load would take
them for a difference and make a version that nobody asked for.
"""

from campaign.actions import Outcome, kept, placed_by_people
from criteria.models import CriteriaSet, Criterion, Item


def with_decisions(
    newest: CriteriaSet, row: dict, names: tuple[str, ...], outcome: Outcome
) -> dict:
    """The file's set with the criteria, values and items that people set, in whichever version.

    ``names``: the fields of a criterion that the file gives.
    """
    placed, placed_items = _placed(newest)
    standing = {c.number: c for c in newest.criteria.prefetch_related("items")}
    decided = [dict(each) for each in row["criteria"]]
    for each in decided:
        if criterion := standing.get(each["number"]):
            given = placed.get(criterion.number, {})
            _overlay(criterion, each, {n: given[n] for n in names if n in given}, outcome)
            _overlay_items(criterion, each, placed_items)
    known = {each["number"] for each in decided}
    decided += [
        _as_row(criterion, names)
        for number, criterion in standing.items()
        if number not in known and number in placed
    ]
    return row | {"criteria": decided}


def _placed(newest):
    """The fields of criteria by number, and the items by number and position, that people wrote."""
    criteria = Criterion.objects.filter(
        criteria_set__campaign_id=newest.campaign_id, criteria_set__tier=newest.tier
    )
    items = Item.objects.filter(criterion__in=criteria)
    numbers = dict(criteria.values_list("pk", "number"))
    places = {pk: key for pk, *key in items.values_list("pk", "criterion__number", "position")}
    placed = {}
    for pk, entries in placed_by_people(Criterion, criteria).items():
        placed.setdefault(numbers[pk], {}).update(entries)
    return placed, {tuple(places[pk]) for pk in placed_by_people(Item, items)}


def _overlay(criterion, row, placed, outcome) -> None:
    """Put the standing values of the placed fields into the row; tell where the file differs."""
    for name, entry in placed.items():
        value = getattr(criterion, name)
        if value != Criterion._meta.get_field(name).to_python(row[name]):
            outcome.notices.append(kept(criterion, name, entry))
        row[name] = value


def _overlay_items(criterion, row, placed_items) -> None:
    texts = {place: item["text"] for place, item in enumerate(row["items"], start=1)}
    for item in criterion.items.all():
        if (criterion.number, item.position) in placed_items:
            texts[item.position] = item.statement
    row["items"] = [{"position": place, "text": texts[place]} for place in sorted(texts)]


def _as_row(criterion, names) -> dict:
    """A criterion that people entered, in the form of the file."""
    items = [{"position": i.position, "text": i.statement} for i in criterion.items.all()]
    return {name: getattr(criterion, name) for name in names} | {"items": items}
