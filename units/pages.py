"""What else the portal knows of a unit, for its page: counts and links, also of the apps above."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from units import participants, permissions
from units.kinds import Kind, Role
from units.models import Household, Person, Unit, User
from units.models.people import NAMED_WITHIN
from units.persons import on_ground
from units.poverty.territory import MEASURED

ADDED = {
    Kind.VILLAGE: ("Thêm thôn, tổ dân phố", "units:add_village"),
    Kind.ENTERPRISE: ("Thêm doanh nghiệp, tổ chức", "units:add_enterprise"),
}


@dataclass(frozen=True)
class Counted:
    """Rows that hang on a unit: what they are, those of them the user may count, where they are."""

    words: str
    rows: QuerySet
    address: str


def follows(user: User, unit: Unit) -> bool:
    """Whether the unit is the user's own, below it, or of the province the user works for."""
    wide = bool(user.role_names() & {*Role.PROVINCE_WIDE})
    return wide or permissions.keeps_persons(user, unit) is None


def persons_of(unit: Unit, user: User) -> Counted | None:
    """Persons who take part (III.1.e, f), of the unit and all below it."""
    if not follows(user, unit):
        return None
    rows = Person.objects.visible_to(user).filter(on_ground(unit))
    return Counted("Cá nhân tham gia", rows, reverse("units:persons", query={"thuoc": unit.pk}))


def households_of(unit: Unit, user: User) -> Counted | None:
    """Households on the list of a commune or village and of what it took over whole, for those

    who see the counts.
    """
    counts = follows(user, unit) or permissions.is_administrator(user)
    if unit.kind not in NAMED_WITHIN or not counts:
        return None
    ground = Unit.objects.on_ground_of([unit]).values("pk")
    homes = Unit.objects.filter(Q(pk__in=ground) | Q(kind=Kind.VILLAGE, parent__in=ground))
    rows = Household.objects.filter(unit__in=homes.values("pk"))
    return Counted("Hộ trong danh sách", rows, reverse("units:household_counts"))


further_counts: list[Callable[[Unit, User], Counted | None]] = [persons_of, households_of]
"""What is counted on the page; the apps above add theirs in ``AppConfig.ready``."""

further_links: list[Callable[[Unit, User], list[tuple[str, str]]]] = []
"""Each gives links (words, address) that this user may follow, without asking the database.

The apps above add theirs in ``AppConfig.ready``.
"""


def doors_beside_list(user: User) -> list[tuple[str, str]]:
    """Lists that hang on the register, for those whom they concern: words and address."""
    roles = user.role_names()
    found = []
    if roles & {*Role.OF_UNIT, *Role.PROVINCE_WIDE}:
        found.append(("Cá nhân tham gia", reverse("units:persons")))
    if roles & {Role.LEADER, Role.ADMINISTRATOR}:
        found.append(("Đơn vị thiếu người", reverse("units:people_thin")))
    return found


def links_of(unit: Unit, user: User) -> list[tuple[str, str]]:
    """Where more is told of the unit."""
    own = []
    if unit.kind in (*MEASURED, Kind.VILLAGE):
        own = [("Hộ nghèo qua các năm", reverse("units:poverty_unit", args=[unit.pk]))]
    return own + [link for further in further_links for link in further(unit, user)]


def deeds_of(unit: Unit, user: User) -> list[tuple[str, str]]:
    """What the user may do with the unit: words and address; no query beyond seats and ground."""
    found: list[tuple[str, str]] = []
    if permissions.manages_people(user, unit) is None:
        found.append(("Người của đơn vị", reverse("units:people", args=[unit.pk])))
    for kind in participants.kinds_to_add(user, unit):
        words, name = ADDED[kind]
        found.append((words, reverse(name, args=[unit.pk])))
    if unit.kind in permissions.CHAINED and permissions.keeps_unit(user, unit) is None:
        found.append(("Sửa", reverse("units:participant_edit", args=[unit.pk])))
        found.append(("Kết thúc", reverse("units:participant_end", args=[unit.pk])))
    return found


def counts_of(unit: Unit, user: User) -> list[tuple[str, int, str]]:
    """Words, number and address of everything counted; one statement, however many there are."""
    told = [found for further in further_counts if (found := further(unit, user))]
    if not told:
        return []
    numbers = [_number(each.rows) for each in told]
    row = Unit.objects.filter(pk=unit.pk).order_by().values_list(*numbers).get()
    return [(each.words, n, each.address) for each, n in zip(told, row, strict=True)]


def _number(rows: QuerySet) -> Coalesce:
    """How many rows there are, as a part of another question."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
