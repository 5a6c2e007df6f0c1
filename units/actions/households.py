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
from units.actions.household_locks import hold_household
from units.actions.household_sums import recount
from units.actions.log import record
from units.households.codes import commune_codes
from units.households.counting import first_year_of, villages_counted
from units.households.homes import commune_of, home_on
from units.households.names import order_of, search_of
from units.models import EscapeRegistration, Household, HouseholdYear, Import, LogEntry, Unit, User
from units.poverty.periods import reckoned_years
from units.poverty.territory import year_end

UNNAMED = "một hộ trong danh sách"
UNNAMED_LIST = "tệp danh sách hộ"
PREVIEW = "read_household_list"
CONCEALED = ("code", "head")
Outcome = EscapeRegistration.Outcome


@transaction.atomic
def save_household(household: Household, *, by: User | None, reason: str = "") -> Household:
    """Enter a household or correct its code, head or village; years already told keep theirs.

    Effects: the texts to search and order by, and a log row that says which of them changed;
    nothing where nothing did. Whose codes these are is judged before any other household is asked.
    """
    by, before, today = anew(by), stored(household), clock.today()
    refuse(by and before and permissions.keeps_households(by, before.unit))
    refuse(by and permissions.keeps_households(by, household.unit))
    tidy(household, ("code", "head"))
    changes = differences(before, household, ("code", "unit", "head"))
    if not changes:
        return household
    household.search, household.sort_key = search_of(household.head), order_of(household.head)
    refuse(rules.code_is_of_list(household), _code_is_of_commune(household, changes))
    refuse_invalid(household, ignore=("search", "sort_key"))
    refuse(
        rules.head_is_a_name(household),
        rules.unit_holds_households(household.unit, today) if "unit" in changes else None,
    )
    household.source = None
    household.save()
    verb = "create" if before is None else "correct"
    told = {"changes": _unnamed(changes), "reason": clean_line(reason)}
    _tell(f"{verb}_household", household, by=by, **told)
    return household


def _code_is_of_commune(household: Household, changes: dict) -> str | None:
    if changes.keys().isdisjoint(("code", "unit")):
        return None
    return rules.code_is_of_commune(household, commune_codes(household.unit))


def _unnamed(changes: dict) -> dict:
    """Which words changed, without the words."""
    return {name: ["", "đã ghi"] if name in CONCEALED else told for name, told in changes.items()}


def _tell(action: str, obj, *, by, household: Household | None = None, **told) -> None:
    commune = commune_of((household or obj).unit)
    record(action, obj, by=by, unit=commune, label=UNNAMED, **told)


@transaction.atomic
def set_status(
    household: Household, year: int, status: str, *, by: User | None, reason: str = ""
) -> None:
    """Write a household's status at the end of a year; "" takes it away again.

    Refused where the statuses would not be a possible way through the years. Effects: the year
    with the village of that day, the counts of village and commune from that year on, a log row.
    Where the commune's list begins later without it, all villages are counted anew: nobody has
    arisen in its first year.
    """
    by, today, years = anew(by), clock.today(), reckoned_years()
    household = _held(household, unit_of_year(household, year))
    refuse(by and permissions.keeps_households(by, household.unit))
    told = dict(household.years.values_list("year", "status"))
    before = told.get(year, "")
    after = {each: s for each, s in {**told, year: status}.items() if s}
    commune = commune_of(household.unit)
    first = first_year_of(commune)
    refuse(
        rules.year_can_be_told(year, years, today.year),
        rules.year_is_on_list(year, first) if status else None,
        rules.statuses_fit(after),
    )
    if before == status:
        return
    if status:
        new = {"status": status, "unit_id": unit_of_year(household, year)}
        HouseholdYear.objects.update_or_create(
            household=household, year=year, defaults={"status": status}, create_defaults=new
        )
    held = household.years.filter(year__gte=year).values_list("year", "unit")
    touched = {each: {unit} for each, unit in held}
    if not status:
        household.years.filter(year=year).delete()
        if (start := first_year_of(commune)) > first:
            touched.setdefault(start, set()).update(villages_counted(commune, start))
    recount(touched, by=by)
    told = {f"status_{year}": [before, status]}
    _tell("set_household_status", household, by=by, changes=told, reason=clean_line(reason))


def _held(household: Household, *units: int) -> Household:
    """The household as it is now; it and the counts of its communes are held."""
    held = hold_household(household, *units)
    if held is None:
        refuse("Hộ này không còn trong danh sách; hãy mở lại danh sách của xã.")
    return held


def unit_of_year(household: Household, year: int) -> int:
    """The village, or else the commune, that the household belonged to at the end of the year."""
    return home_on(household.unit, year_end(year))


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
def note_preview(job: Import, commune: Unit, *, by: User) -> None:
    """The rows of a list that came in were shown by name: one log row for each reader."""
    read = LogEntry.objects.filter(action=PREVIEW, model=job._meta.label, object_id=job.pk, by=by)
    if not read.exists():
        record(PREVIEW, job, by=by, unit=commune, label=UNNAMED_LIST)


@transaction.atomic
def note_export(commune: Unit, *, by: User, what: str = "danh sách hộ") -> None:
    """Names of households were taken away: one log row for each export."""
    record("export_households", commune, by=by, unit=commune, changes={"what": ["", what]})
