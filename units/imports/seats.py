"""The accounts and roles on file, as the rows of a file are judged by them."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from units import permissions
from units.imports.lives import Life, Lives
from units.kinds import Kind
from units.models import Appointment, User


class Seat(NamedTuple):
    """A role on file, as rows are compared with it."""

    pk: int
    starts: date
    ends: date | None
    basis: str


class Place(NamedTuple):
    """Where a person works, and on which days it counts."""

    kind: str
    starts: date
    ends: date | None


@dataclass
class Around:
    """The register, the accounts by lower-case name, their roles, and who brings the file in.

    ``known``: keys of the accounts that the user may give roles to.
    """

    day: date
    user: User | None
    lives: Lives
    accounts: dict[str, User]
    seats: dict[tuple[int, int, str], list[Seat]]
    places: dict[int, list[Place]]
    known: set[int]
    told: dict[str, dict] = field(default_factory=dict)
    """What the file says of each account, from the first row on."""

    def account(self, values: dict) -> User | None:
        return self.accounts.get(values["username"].lower())

    def starts(self, values: dict) -> date:
        return values["starts"] or self.day

    def life(self, values: dict) -> Life | None:
        return self.lives.on(values["unit"], self.starts(values))

    def seat(self, values: dict) -> Seat | None:
        """The role of the row, if the account holds it on the first day or later."""
        account, life = self.account(values), self.life(values)
        if account is None or life is None:
            return None
        seats = self.seats.get((account.pk, life.pk, values["role"]), ())
        starts = self.starts(values)
        return next((seat for seat in seats if seat.ends is None or seat.ends > starts), None)


def look_around(day: date, user: User | None) -> Around:
    """Everything on file; four queries, however long the file."""
    seats: dict[tuple[int, int, str], list[Seat]] = {}
    places: dict[int, list[Place]] = {}
    held = Appointment.objects.order_by("starts", "pk").values_list(
        "user", "unit", "role", "pk", "starts", "ends", "basis", "unit__kind", "unit__valid_to"
    )
    for *key, pk, starts, ends, basis, kind, unit_ends in held:
        seats.setdefault(tuple(key), []).append(Seat(pk, starts, ends, basis))
        ends = min((day for day in (ends, unit_ends) if day), default=None)
        places.setdefault(key[0], []).append(Place(kind, starts, ends))
    accounts = User.objects.order_by("pk")
    known = permissions.known_accounts(user) if user else accounts
    return Around(
        day,
        user,
        Lives(Kind.values),
        {account.username.lower(): account for account in accounts},
        seats,
        places,
        set(known.values_list("pk", flat=True)),
    )
