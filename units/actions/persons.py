"""Writes of persons who take part (III.1.e, f): cadres of poverty work, individuals, foreigners."""

from django.db import transaction

from config.text import clean_line
from config.workflow import refuse
from units import permissions, rules
from units.actions.checking import anew, differences, refuse_invalid, stored, tidy
from units.actions.log import record
from units.households.names import order_of, search_of
from units.models import Person, User

FIELDS = (
    "name",
    "kind",
    "unit",
    "position",
    "sex",
    "direct_worker",
    "takes_part_from",
    "takes_part_to",
    "note",
)


@transaction.atomic
def save_person(person: Person, *, by: User | None, reason: str = "") -> Person:
    """Enter a person, correct one, or end the part taken (``takes_part_to``).

    By the reporters and leaders of the person's unit or of one above it. Fills the texts to search
    and order by; a log row when something changed.
    """
    by = anew(by)
    before = stored(person)
    units = {each.unit_id: each.unit for each in (before, person) if each and each.unit_id}
    refuse(*(by and permissions.keeps_persons(by, unit) for unit in units.values()))
    tidy(person, ("name", "position", "note"))
    person.search, person.sort_key = search_of(person.name), order_of(person.name)
    refuse_invalid(person, ignore=("search", "sort_key"))
    refuse(rules.takes_part_in_lifetime(person))
    person.save()
    if changes := differences(before, person, FIELDS):
        verb = "create" if before is None else "correct"
        reason = clean_line(reason)
        record(f"{verb}_person", person, by=by, unit=person.unit, changes=changes, reason=reason)
    return person
