"""Keep the register by hand: enter, correct and end units, link them, keep the standards."""

from django.db import transaction

from config.workflow import refuse
from units import permissions, rules, succession_rules
from units.actions.checking import anew, differences, refuse_invalid, stored, tidy
from units.actions.holding import hold_register
from units.actions.log import record
from units.models import PovertyStandard, Succession, Unit, User

UNIT_FIELDS = (
    "code",
    "name",
    "short_name",
    "kind",
    "subtype",
    "urban",
    "parent",
    "valid_from",
    "valid_to",
    "source",
    "confidence",
    "note",
)
LINK_FIELDS = (
    "predecessor",
    "successor",
    "date",
    "way",
    "share",
    "basis",
    "confidence",
    "note",
)
STANDARD_FIELDS = ("code", "name", "first_year", "last_year", "basis", "note")


@transaction.atomic
def save_unit(unit: Unit, *, by: User | None, reason: str = "") -> Unit:
    """Enter a new unit or correct one; ending it is a correction of ``valid_to``.

    Fills the search and sort texts, places a new unit under its parent, writes a log row with
    what changed. ``by=None`` is the system: a command or a loader.
    """
    hold_register()
    by = anew(by)
    before = stored(unit)
    if unit.parent_id:  # a reorganisation must not end it while another is put under it
        unit.parent = Unit.objects.select_for_update().get(pk=unit.parent_id)
    refuse(*{by and permissions.keeps_unit(by, each) for each in (before, unit) if each})
    tidy(unit, ("code", "name", "short_name", "subtype", "source", "note"))
    unit.fill_keys()
    refuse_invalid(unit, ignore=("path", "search", "sort_key"))
    refuse(*rules.obstacles_to_saving(unit, before))
    unit.save()
    if before is None:
        unit.path = unit.place()
        unit.save(update_fields=["path"])
    return _logged(unit, before, UNIT_FIELDS, by=by, unit=unit, reason=reason)


@transaction.atomic
def save_succession(link: Succession, *, by: User | None, reason: str = "") -> Succession:
    """Link the unit that ended to the one that took over, or correct such a link."""
    hold_register()
    by = anew(by)
    refuse(by and permissions.keeps_catalogues(by))
    before = stored(link)
    tidy(link, ("basis", "note"))
    refuse_invalid(link)
    refuse(*succession_rules.obstacles_to_linking(link))
    link.save()
    return _logged(link, before, LINK_FIELDS, by=by, unit=link.predecessor, reason=reason)


@transaction.atomic
def save_standard(
    standard: PovertyStandard, *, by: User | None, reason: str = ""
) -> PovertyStandard:
    """Enter or correct a national standard of poverty measurement."""
    by = anew(by)
    refuse(by and permissions.keeps_catalogues(by))
    before = stored(standard)
    tidy(standard, ("code", "name", "basis", "note"))
    refuse_invalid(standard)
    refuse(rules.measures_alone(standard))
    standard.save()
    return _logged(standard, before, STANDARD_FIELDS, by=by, reason=reason)


def _logged(obj, before, fields, *, by, reason, unit=None):
    """The log row of a save; saving without a change leaves none."""
    if changes := differences(before, obj, fields):
        verb = "create" if before is None else "correct"
        noun = type(obj)._meta.model_name
        record(f"{verb}_{noun}", obj, by=by, unit=unit, changes=changes, reason=reason)
    return obj
