"""Who may be put forward: candidates, where they are found, by which criteria they are measured."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from awards.kinds import AwardType, Recipient
from awards.models import Nomination, OutlinePart
from awards.models.dossiers import TIER_OF_RECIPIENT
from awards.states import RoundState
from config.text import fold
from criteria.models import CriteriaSet
from units.kinds import Kind, Tier
from units.models import Household, Person, Unit, User, alive_on, path_below
from units.models.people import NAMED_WITHIN
from units.persons import takes_part_on

SHORT_TYPES = (AwardType.MOVEMENT, AwardType.UNEXPECTED)
"""Award types whose achievement report keeps to the short form."""
COLLECTIVES = (Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE, Kind.VILLAGE)
PROPOSERS = (*COLLECTIVES, Kind.ENTERPRISE)
"""Every unit but a province proposes."""
SHOWN = 20
"""So many candidates a search names; more asks for more words."""


@dataclass(frozen=True)
class Candidate:
    """One who may be put forward, with what a dossier begins with.

    ``unit`` is the collective itself, or where the person or household belongs.
    """

    recipient: str
    unit: Unit
    person: Person | None = None
    household: Household | None = None

    @property
    def key(self) -> int:
        return (self.person or self.household or self.unit).pk

    @property
    def name(self) -> str:
        if self.person:
            return self.person.name
        return f"Hộ ông/bà {self.household.head}" if self.household else self.unit.name

    @property
    def post(self) -> str:
        return self.person.position if self.person else ""

    @property
    def direct(self) -> bool:
        return bool(self.person and self.person.direct_worker)

    @property
    def address(self) -> str:
        """Where the candidate works or lives, from near to far; of a collective what is above."""
        places = [self.unit] if self.person or self.household else []
        if self.unit.parent:
            places.append(self.unit.parent)
        return ", ".join(place.name for place in places)


def candidate_of(recipient: str, whom: Unit | Person | Household, proposer: Unit, day) -> Candidate:
    """Who belongs to a unit that has ended is put forward as the proposer's, which took it over."""
    unit = whom if isinstance(whom, Unit) else whom.unit
    if not isinstance(whom, Unit) and not unit.exists_on(day):
        unit = proposer
    if isinstance(whom, Person):
        return Candidate(recipient, unit, person=whom)
    if isinstance(whom, Household):
        return Candidate(recipient, unit, household=whom)
    return Candidate(recipient, unit)


# Where they are found


def on_ground_of(proposer: Unit, field: str) -> Q:
    """Rows whose unit is the proposer, what it took over whole, or lies below one of them."""
    found = Q(pk__in=[])
    for unit in proposer.ground():
        found |= path_below(unit.path, f"{field}path")
    return found


def candidates_for(user: User, proposer: Unit, recipient: str, day) -> QuerySet:
    """All whom the user may put forward for the unit: units, persons or households.

    Households only where they are known by name: in their own commune or village.
    """
    if recipient == Recipient.PERSON:
        found = Person.objects.filter(on_ground_of(proposer, "unit__"), takes_part_on(day))
    elif recipient == Recipient.HOUSEHOLD:
        found = Household.objects.filter(on_ground_of(proposer, "unit__"))
        found = found.visible_to(user) if proposer.kind in NAMED_WITHIN else found.none()
    else:
        kinds = [Kind.ENTERPRISE] if recipient == Recipient.ENTERPRISE else COLLECTIVES
        return (
            Unit.objects.filter(path_below(proposer.path), alive_on(day), kind__in=kinds)
            .select_related("parent")
            .in_order()
        )
    return found.select_related("unit__parent").in_order()


def found_by(rows: QuerySet, words: str) -> list:
    """The first rows that the words name; one more than is shown tells that there are others."""
    return list((rows.matching(fold(words)) if words.strip() else rows)[: SHOWN + 1])


def recipients_for(proposer: Unit) -> list[str]:
    """For whom a unit may propose at all; offices above do not know households by name."""
    if proposer.kind in NAMED_WITHIN:
        return list(Recipient.values)
    return [kind for kind in Recipient.values if kind != Recipient.HOUSEHOLD]


def proposers_for(user: User) -> list[Unit]:
    """The units in whose name the user may begin a dossier."""
    units = user.units_as("reporter", "leader")
    return list({unit.pk: unit for unit in units if unit.kind in PROPOSERS}.values())


def rounds_open_to(rounds: QuerySet, day) -> QuerySet:
    """Those of the rounds that receive dossiers on the day."""
    return rounds.filter(state=RoundState.OPEN, opens__lte=day, due__gte=day)


# By what they are measured


def tier_of(nomination: Nomination) -> str | None:
    """The group of Section III.1 to which the candidate belongs (letters a to f)."""
    if nomination.person:
        cadre = nomination.person.kind == Person.Kind.CADRE
        return Tier.CADRE if cadre else Tier.ENTERPRISE
    return TIER_OF_RECIPIENT.get(nomination.recipient) or nomination.unit.tier


def answers_itself(nomination: Nomination) -> bool:
    """Whether the criteria are answered in the dossier; the other groups send a checklist."""
    return nomination.recipient != Recipient.COLLECTIVE


def criteria_set_of(nomination: Nomination) -> CriteriaSet | None:
    """The set in force for the group in the last year of the achievement."""
    tier, year = tier_of(nomination), nomination.period_to.year
    found = CriteriaSet.objects.for_year(tier, year).filter(campaign=nomination.round.campaign_id)
    return found.first()


def outline_of(recipient: str, award_type: str) -> list[OutlinePart]:
    """The skeleton of the achievement report; the other length where one is missing."""
    rows = list(OutlinePart.objects.filter(recipient=recipient).order_by("position", "pk"))
    short = award_type in SHORT_TYPES
    return [row for row in rows if row.short == short] or rows
