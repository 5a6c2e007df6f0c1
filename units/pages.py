"""What else the portal knows of a unit, for its page: counts and links, also of the apps above."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from units import participants, permissions
from units.kinds import Kind, Role
from units.models import Household, Person, Unit, User, path_below
from units.models.people import NAMED_WITHIN

ADDED = {
    Kind.VILLAGE: ("Thêm thôn, tổ dân phố", "units:add_village"),
    Kind.ENTERPRISE: ("Thêm doanh nghiệp, tổ chức", "units:add_enterprise"),
}
COUNTS_ALL = {*Role.PROVINCE_WIDE, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Counted:
    """Rows that hang on a unit: what they are, those of them the user may count, where they are."""

    words: str
    rows: QuerySet
    address: str


def persons_of(unit: Unit, user: User) -> Counted | None:
    """Persons who take part (III.1.e, f), of the unit and all below it."""
    if not user.role_names() & {*Role.OF_UNIT, *Role.PROVINCE_WIDE}:
        return None
    rows = Person.objects.visible_to(user).filter(path_below(unit.path, "unit__path"))
    return Counted("Cá nhân tham gia", rows, reverse("units:persons", query={"thuoc": unit.pk}))


def households_of(unit: Unit, user: User) -> Counted | None:
    """Households on the list of a commune or village, for those who see the counts."""
    own = user.units_as(*Role.OF_UNIT)
    counts = user.role_names() & COUNTS_ALL or any(above.contains(unit) for above in own)
    if unit.kind not in NAMED_WITHIN or not counts:
        return None
    rows = Household.objects.filter(path_below(unit.path, "unit__path"))
    return Counted("Hộ trong danh sách", rows, reverse("units:household_counts"))


further_counts: list[Callable[[Unit, User], Counted | None]] = [persons_of, households_of]
"""What is counted on the page; the apps above add theirs in ``AppConfig.ready``."""

further_links: list[Callable[[Unit, User], list[tuple[str, str]]]] = []
"""Each gives links (words, address) that this user may follow, without asking the database.

The apps above add theirs in ``AppConfig.ready``.
"""


def links_of(unit: Unit, user: User) -> list[tuple[str, str]]:
    """Where more is told of the unit."""
    return [link for further in further_links for link in further(unit, user)]


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
