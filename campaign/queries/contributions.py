"""Contributions of enterprises and organisations: who gave, who received, and the sums."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from campaign.models import Contribution
from campaign.permissions import may_record
from units.kinds import Kind, Role
from units.models import Unit

SUMS = {
    "rows": Count("pk"),
    "givers": Count("giver", distinct=True),
    "amount": Sum("amount", default=0),
    "households": Sum("households", default=0),
    "jobs": Sum("jobs", default=0),
}


def lived_in(year: int) -> Q:
    """The units that existed on some day of the year."""
    return Q(valid_from__lte=date(year, 12, 31)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=date(year, 1, 1))
    )


def of_code_in(code: str, kind: str, year: int) -> Unit | None:
    """The unit that a code means for a year: at its end, or the last one that had it within."""
    return Unit.objects.filter(lived_in(year), code=code, kind=kind).order_by("-valid_from").first()


def living_in(kind: str, year: int) -> QuerySet[Unit]:
    """The units of a kind that existed in the year, to choose from."""
    return Unit.objects.filter(lived_in(year), kind=kind)


def links_of_unit(unit: Unit, user) -> list[tuple[str, str]]:
    """From the page of an enterprise or commune to what it gave or received."""
    asked = {Kind.ENTERPRISE: "q", Kind.COMMUNE: "xa"}.get(unit.kind)
    if not asked or not user.role_names() & {*Role.OF_UNIT, *Role.PROVINCE_WIDE}:
        return []
    return [("Đóng góp", reverse("campaign:contributions", query={asked: unit.code}))]


# The list and its sums


def contributions_for(user) -> QuerySet[Contribution]:
    """What the user may see of the contributions, as a list prints it."""
    return Contribution.objects.visible_to(user).for_list()


def with_rights(contributions, user) -> list[Contribution]:
    """The rows of a page, each with ``is_recordable``: whether the user may correct it."""
    rows = list(contributions)
    for row in rows:
        row.is_recordable = may_record(user, row.receiver_id, row.receiver.name) is None
    return rows


def totals(contributions) -> dict:
    """Sums over a list: rows, givers, amount in đồng, households, jobs."""
    return contributions.order_by().aggregate(**SUMS)


def by_year(contributions) -> list[dict]:
    """The same sums year by year, the newest first."""
    return list(contributions.order_by().values("year").annotate(**SUMS).order_by("-year"))


def by_commune(contributions) -> QuerySet:
    """The same sums by receiving commune and year, in Vietnamese order, the newest year first."""
    rows = contributions.order_by().values(
        "year",
        "receiver_id",
        code=F("receiver__code"),
        name=F("receiver__name"),
        above=F("receiver__parent__name"),
    )
    return rows.annotate(**SUMS).order_by("-year", "receiver__sort_key", "receiver_id")


@dataclass(frozen=True)
class Gifts:
    """What the ledger holds for a unit and a year, beside its annex B3."""

    givers: int
    amount: int
    """In đồng."""
    households: int

    @property
    def millions(self):
        """In triệu đồng, as annexes are written."""
        return self.amount / 1_000_000


def gifts_of(unit: Unit, year: int) -> Gifts | None:
    """What an enterprise gave, or what the communes of a unit received; None when nothing is

    recorded.
    """
    rows = Contribution.objects.filter(year=year)
    if unit.kind == Kind.ENTERPRISE:
        rows = rows.filter(giver=unit)
    else:
        rows = rows.filter(receiver__in=Unit.objects.below(unit))
    found = totals(rows)
    if not found["rows"]:
        return None
    return Gifts(found["givers"], found["amount"], found["households"])
