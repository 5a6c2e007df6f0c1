"""What the pages of a commune ask: its households, one household, what may be filtered by."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from config import clock
from config.paging import streamed
from units.kinds import Kind
from units.models import EscapeRegistration, Household, HouseholdYear, Unit, User
from units.poverty.periods import reckoned_years


def years_to_show(today: date) -> list[int]:
    """The years that have come, newest first."""
    return sorted((year for year in reckoned_years() if year <= today.year), reverse=True)


def years_to_register(today: date) -> list[int]:
    """The years that a household may register for, this year first: next year's come early."""
    years = [year for year in reckoned_years() if year <= today.year + 1]
    return sorted(years, key=lambda year: (year != today.year, -year))


def newest_counted(years: list[int]) -> int:
    """The newest of the years in which any household has a status, else this year; one query."""
    told = HouseholdYear.objects.filter(year__in=years).aggregate(newest=Max("year"))
    return told["newest"] or _newest(years)


def _newest(years: list[int]) -> int:
    return years[0] if years else clock.today().year


def year_at_hand(user: User, years: list[int]) -> int:
    """The newest of the years in which any household of the user's has a status."""
    told = HouseholdYear.objects.filter(household__in=Household.objects.visible_to(user))
    known = set(told.filter(year__in=years).values_list("year", flat=True).distinct().order_by())
    return next((year for year in years if year in known), _newest(years))


def with_status(found: QuerySet[Household], year: int | None) -> QuerySet[Household]:
    """Households with their status of a year (``told``) and their registration (``outcome``)."""
    told = HouseholdYear.objects.filter(household=OuterRef("pk"), year=year)
    registered = EscapeRegistration.objects.filter(household=OuterRef("pk"), year=year)
    return found.annotate(
        told=Subquery(told.values("status")[:1]),
        outcome=Subquery(registered.values("outcome")[:1]),
    )


def households_for_list(user: User, year: int | None) -> QuerySet[Household]:
    """The households that the user knows by name, village by village."""
    found = Household.objects.visible_to(user).select_related("unit__parent")
    return with_status(found, year).in_order()


def in_village(found: QuerySet[Household], village: Unit) -> QuerySet[Household]:
    """Those of a village, and of what it was before."""
    return found.filter(unit__in=Unit.objects.on_ground_of([village]))


def household_whole(user: User) -> QuerySet[Household]:
    """The households that the user knows by name, each with its years and registrations."""
    years = HouseholdYear.objects.select_related("unit__parent").order_by("year")
    registrations = EscapeRegistration.objects.order_by("-year")
    found = Household.objects.visible_to(user).select_related("unit__parent")
    return found.prefetch_related(
        Prefetch("years", queryset=years), Prefetch("registrations", queryset=registrations)
    )


def registrations_for(user: User) -> QuerySet[EscapeRegistration]:
    """The registrations of the households that the user knows by name."""
    known = Household.objects.visible_to(user)
    return EscapeRegistration.objects.filter(household__in=known).select_related(
        "household__unit__parent"
    )


def rows_to_take_away(found: QuerySet[Household]) -> Iterator[dict]:
    """The list in the shape in which it comes in: who, where, the status of every year."""
    years = Prefetch("years", queryset=HouseholdYear.objects.order_by("year"))
    for household in streamed(found.prefetch_related(years)):
        unit = household.unit
        in_village = unit.kind == Kind.VILLAGE
        yield {
            "code": household.code,
            "village": unit.code if in_village else "",
            "commune": unit.parent.code if in_village else unit.code,
            "head": household.head,
            **{f"tt_{told.year}": told.status for told in household.years.all()},
        }
