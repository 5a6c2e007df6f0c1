"""Households by hand: entered, corrected, their statuses, their registrations to leave poverty.

Names and codes stay within the commune: log rows, which administrators read, tell that something
was done to a household and not which words were written.
"""

from datetime import date

from django.db import transaction

from config import clock
from config.text import clean_line
from config.workflow import refuse
from units import household_rules as rules
from units import permissions
from units.actions.checking import anew, differences, refuse_invalid, stored, tidy
from units.actions.household_sums import recount
from units.actions.log import record
from units.households.names import order_of, search_of
from units.households.places import Places
from units.kinds import Kind
from units.models import EscapeRegistration, Household, HouseholdYear, Unit, User
from units.poverty.periods import reckoned_years

UNNAMED = "một hộ trong danh sách"
CONCEALED = ("code", "head")
Outcome = EscapeRegistration.Outcome


@transaction.atomic
def save_household(household: Household, *, by: User | None, reason: str = "") -> Household:
    """Enter a household or correct its code, head or village; years already told keep theirs.

    Effects: the texts to search and order by, and a log row that says which of them changed.
    """
    by, before, today = anew(by), stored(household), clock.today()
    refuse(by and before and permissions.keeps_households(by, before.unit))
    refuse(by and permissions.keeps_households(by, household.unit))
    tidy(household, ("code", "head"))
    household.search, household.sort_key = search_of(household.head), order_of(household.head)
    refuse_invalid(household, ignore=("search", "sort_key"))
    moved = before is None or before.unit_id != household.unit_id
    refuse(
        rules.code_is_of_list(household),
        rules.head_is_a_name(household),
        rules.unit_holds_households(household.unit, today) if moved else None,
    )
    household.source = None
    household.save()
    if changes := _unnamed(differences(before, household, ("code", "unit", "head"))):
        verb = "create" if before is None else "correct"
        _tell(f"{verb}_household", household, by=by, changes=changes, reason=clean_line(reason))
    return household


def _unnamed(changes: dict) -> dict:
    """Which words changed, without the words."""
    return {name: ["", "đã ghi"] if name in CONCEALED else told for name, told in changes.items()}


def _tell(action: str, obj, *, by, household: Household | None = None, **told) -> None:
    unit = (household or obj).unit
    commune = unit if unit.kind == Kind.COMMUNE else unit.parent
    record(action, obj, by=by, unit=commune, label=UNNAMED, **told)


@transaction.atomic
def set_status(
    household: Household, year: int, status: str, *, by: User | None, reason: str = ""
) -> None:
    """Write a household's status at the end of a year; "" takes it away again.

    Refused where the statuses would not be a possible way through the years. Effects: the year
    with the village of that day, the counts of village and commune from that year on, a log row.
    """
    by, today, years = anew(by), clock.today(), reckoned_years()
    household = _held(household)
    refuse(by and permissions.keeps_households(by, household.unit))
    told = dict(household.years.values_list("year", "status"))
    before = told.get(year, "")
    after = {each: s for each, s in {**told, year: status}.items() if s}
    refuse(rules.year_can_be_told(year, years, today.year), rules.statuses_fit(after))
    if before == status:
        return
    if status:
        unit = unit_of_year(household, year)
        HouseholdYear.objects.update_or_create(
            household=household, year=year, defaults={"status": status}, create_defaults={
                "status": status, "unit_id": unit}
        )  # fmt: skip
    touched = dict(household.years.filter(year__gte=year).values_list("year", "unit"))
    if not status:
        household.years.filter(year=year).delete()
    recount({each: [unit] for each, unit in touched.items()}, by=by)
    told = {f"status_{year}": [before, status]}
    _tell("set_household_status", household, by=by, changes=told, reason=clean_line(reason))


def _held(household: Household) -> Household:
    """The household as it is now, locked until the end of the act."""
    held = Household.objects.select_for_update(of=("self",)).select_related("unit__parent")
    return held.get(pk=household.pk)


def unit_of_year(household: Household, year: int) -> int:
    """The village, or else the commune, that the household belonged to at the end of the year."""
    if household.unit.kind != Kind.VILLAGE:
        return household.unit_id
    return Places([year], clock.today()).units_at(household.unit_id)[0]


# Registrations to leave poverty


@transaction.atomic
def register_escape(
    household: Household, year: int, registered_on: date, *, by: User | None, note: str = ""
) -> EscapeRegistration:
    """Enter a household's own registration to leave poverty within a year (annex B7)."""
    by, today = anew(by), clock.today()
    household = _held(household)
    refuse(by and permissions.keeps_households(by, household.unit))
    registration = EscapeRegistration(
        household=household, year=year, registered_on=registered_on, note=clean_line(note)
    )
    refuse_invalid(registration)
    statuses = dict(household.years.values_list("year", "status"))
    refuse(
        rules.year_can_be_told(year, reckoned_years(), today.year + 1),
        rules.registers_on_list(household, year, statuses),
        rules.registered_within_year(registration, today),
    )
    registration.save()
    changes = differences(None, registration, ("year", "registered_on"))
    _tell("register_escape", registration, by=by, household=household, changes=changes)
    return registration


@transaction.atomic
def record_outcome(
    registration: EscapeRegistration,
    outcome: str,
    *,
    by: User | None,
    decided_on: date | None = None,
    note: str = "",
) -> EscapeRegistration:
    """Write whether the household reached what it registered for, or open the question again."""
    by, today, before = anew(by), clock.today(), stored(registration)
    household = Household.objects.select_related("unit__parent").get(pk=before.household_id)
    refuse(by and permissions.keeps_households(by, household.unit))
    registration.outcome = outcome
    registration.decided_on = decided_on
    registration.note = clean_line(note) or registration.note
    refuse(rules.outcome_is_dated(registration, today))
    refuse_invalid(registration)
    registration.save()
    if changes := differences(before, registration, ("outcome", "decided_on")):
        _tell("record_outcome", registration, by=by, household=household, changes=changes)
    return registration


@transaction.atomic
def withdraw_registration(registration: EscapeRegistration, *, by: User | None, reason: str):
    """Take away a registration that was entered by mistake, as long as it has no outcome."""
    by, before = anew(by), stored(registration)
    household = Household.objects.select_related("unit__parent").get(pk=before.household_id)
    refuse(by and permissions.keeps_households(by, household.unit))
    reason = clean_line(reason)
    refuse(
        None if reason else "Lý do: cần ghi vì sao bỏ đăng ký.",
        None if before.outcome == Outcome.OPEN else "Đăng ký đã có kết quả nên không bỏ được.",
    )
    gone = {"year": [str(before.year), ""], "registered_on": [str(before.registered_on), ""]}
    _tell("withdraw_registration", before, by=by, household=household, changes=gone, reason=reason)
    before.delete()


# Who looked


@transaction.atomic
def note_reading(household: Household, *, by: User) -> None:
    """A household's page was opened: one log row for each view."""
    _tell("read_household", household, by=by)


@transaction.atomic
def note_export(commune: Unit, *, by: User, what: str = "danh sách hộ") -> None:
    """Names of households were taken away: one log row for each export."""
    record("export_households", commune, by=by, unit=commune, changes={"what": ["", what]})
