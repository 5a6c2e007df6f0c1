"""Questions to the forms of commendation and to the ledger of honours."""

from datetime import date

from django.db.models import Min, QuerySet
from django.urls import reverse

from awards.candidates import proposers_for
from awards.kinds import Recipient
from awards.models import AwardForm, Honour
from campaign.queries import FurtherPart, current_campaign
from units.kinds import Kind
from units.models import Person, Unit


def part_of_plan(campaign) -> FurtherPart:
    """The forms of commendation as a part of the plan's page (III.2.a)."""
    forms = campaign.award_forms.families()
    return FurtherPart(
        title="Hình thức khen thưởng",
        clause="III.2.a",
        lines=[(form.name, form.clause, form.note) for form in forms],
    )


def award_forms() -> QuerySet[AwardForm]:
    """The forms that this campaign's plan names, each followed by its grades."""
    return AwardForm.objects.filter(campaign=current_campaign()).order_by("position")


def register_starts() -> date:
    """The first day that the register of units knows; ``date.min`` while it is empty."""
    return Unit.objects.aggregate(first=Min("valid_from"))["first"] or date.min


# The ledger


def links_of_unit(unit: Unit, user) -> list[tuple[str, str]]:
    """From the page of a unit to its honours and those of what it was before."""
    found = [("Khen thưởng đã có", reverse("awards:unit_history", args=[unit.pk]))]
    kind = Recipient.ENTERPRISE if unit.kind == Kind.ENTERPRISE else Recipient.COLLECTIVE
    return found + _to_nominate(unit, user, kind, unit.code)


def links_of_person(person: Person, user) -> list[tuple[str, str]]:
    """From the page of a person to the honours of that name in the ledger."""
    found = [("Khen thưởng ghi theo tên này", reverse("awards:person_history", args=[person.pk]))]
    return found + _to_nominate(person.unit, user, Recipient.PERSON)


def _to_nominate(unit: Unit, user, recipient: str, words: str = "") -> list[tuple[str, str]]:
    """To the beginning of a dossier, for those whose unit may put the candidate forward.

    No name of a person goes into an address.
    """
    above = [own for own in proposers_for(user) if own.contains(unit)]
    if not above:
        return []
    asked = {"doi_tuong": recipient, "don_vi": above[0].pk} | ({"q": words} if words else {})
    return [("Đề nghị khen thưởng", reverse("awards:nomination_begin", query=asked))]


def honours_for(user, unit: Unit | None = None) -> QuerySet[Honour]:
    """What the user may see of the ledger, as a list prints it; with ``unit``, of it and below."""
    found = Honour.objects.visible_to(user).for_list()
    return found.filter(unit__in=Unit.objects.below(unit)) if unit else found


def decision_years() -> list[int]:
    """The years in which decisions were taken, the newest first."""
    return [day.year for day in Honour.objects.dates("decided_on", "year", order="DESC")]
