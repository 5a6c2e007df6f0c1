"""The past and the neighbours of nominations: honours, other nominations, heirs, counts."""

from collections import defaultdict
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When

from awards.eligibility.chosen import Chosen
from awards.eligibility.facts import Heir, LedgerRow, Rival
from awards.history import Entry, Subject, Ways, areas_of, doubt_of
from awards.kinds import Recipient
from awards.models import Honour, Nomination
from awards.names import name_key
from awards.states import NominationState
from units.boundaries import links_from

LEDGER = ("unit__path", "recipient", "name_key", "number", "decided_on", "period_from")
LEDGER += ("period_to", "award_type", "form__code", "form__name", "unit__name", "revoked_on")
RIVAL = ("unit", "person", "household", "recipient", "award_type", "period_from", "period_to")
RIVAL += ("offer__form__code", "offer__form__name", "offer__round__title", "offer__round__year")


class History:
    """Honours and other nominations of the same candidates, and who carries their units on."""

    def __init__(self, chosen: Chosen):
        self._ways = Ways(chosen.units, named=True)
        self._names: dict[int, str] = {}
        self._by_unit: dict[int, list[tuple]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[tuple]] = defaultdict(list)
        for row in _ledger(chosen, self._ways):
            _, unit, _, recipient, key, *_ = row
            if recipient in Recipient.OPEN:
                self._by_unit[unit].append(row)
            else:
                self._by_name[recipient, key].append(row)
        self._rivals = _rivals(chosen)

    def of(self, row: Nomination) -> dict:
        return {
            "entries": tuple(self._entries(row)),
            "rivals": tuple(r for r in self._rivals.get(_candidate(row), ()) if r.pk != row.pk),
            "heirs": tuple(
                Heir(link.successor.name if link.successor else "", link.way, link.date, link.basis)
                for link in self._ways.heirs_of(row.unit)
            ),
        }

    def _entries(self, row: Nomination):
        if row.recipient in Recipient.OPEN:
            subject = Subject(row.unit, Recipient.OPEN)
            passages = self._ways.of(subject)
            for unit in passages:
                for honour in _newest_first(self._by_unit.get(unit, ())):
                    unit_key = self._key_of(honour)
                    doubt = doubt_of(subject, honour, passages[unit], unit_key)
                    yield Entry(honour, passages[unit], doubt)
            return
        subject = Subject(row.unit, (row.recipient,), row.name_key)
        honours = self._by_name.get((row.recipient, row.name_key))
        if not honours:
            return
        passages = self._ways.of(subject)
        areas = tuple(areas_of(passages))
        for honour in _newest_first(honours):
            passage = passages.get(honour.unit_id)
            if passage or honour.unit_path.startswith(areas):
                yield Entry(honour, passage, doubt_of(subject, honour, passage, ""))

    def _key_of(self, honour: LedgerRow) -> str:
        """The unit's own name as a key; worked out once."""
        if honour.unit_id not in self._names:
            self._names[honour.unit_id] = name_key(honour.unit_name, honour.recipient)
        return self._names[honour.unit_id]


def _newest_first(told) -> list[LedgerRow]:
    """Sorted here, a candidate's few at a time; kept as plain tuples until they are asked for."""
    rows = map(LedgerRow._make, told)
    return sorted(rows, key=lambda row: (row.decided_on, row.pk), reverse=True)


def _ledger(chosen: Chosen, ways: Ways):
    """The honours that may be theirs; revoked ones are none."""
    if chosen.few:
        before = ways.before
    else:
        before = links_from(chosen.units, date.min, forward=False).values("predecessor")
    of_units = Q(unit__in=chosen.told("unit_id", openly=True)) | Q(unit__in=before)
    named = Q(name_key__in=chosen.told("name_key", openly=False))
    opened = Q(recipient__in=Recipient.OPEN)
    rows = Honour.objects.filter(opened & of_units | ~opened & named, revoked_on__isnull=True)
    rows = rows.order_by().values_list("pk", "unit", *LEDGER)
    return rows.iterator(chunk_size=5_000)


def _candidate(row) -> tuple:
    """Who is put forward: a person, a household, or the unit itself."""
    if row.recipient in Recipient.OPEN:
        return "unit", row.unit_id
    return row.recipient, row.person_id or row.household_id


def _rivals(chosen: Chosen) -> dict[tuple, list[Rival]]:
    """All nominations of these candidates that were sent and live, drafts left out."""
    theirs = Q(person__in=chosen.told("person_id", openly=False))
    theirs |= Q(household__in=chosen.told("household_id", openly=False))
    opened = chosen.told("unit_id", openly=True)
    theirs |= Q(recipient__in=Recipient.OPEN, unit__in=opened)
    rows = Nomination.objects.living().exclude(state__in=NominationState.UNSENT).filter(theirs)
    found = defaultdict(list)
    for told in rows.order_by("pk").values_list("pk", *RIVAL):
        rival = Rival._make(told)
        found[_candidate(rival)].append(rival)
    return found


class Counts:
    """How many were sent for each form of the rounds, and how many of a round are direct."""

    def __init__(self, rounds: set[int]):
        sent = Nomination.objects.living().exclude(state__in=NominationState.UNSENT)
        direct = Case(When(direct=True, then=Value(1)), default=Value(0))
        rows = sent.filter(offer__round__in=rounds).values_list("offer", "offer__round").order_by()
        self._offers: dict[int, int] = {}
        self._rounds: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for offer, round, number, directly in rows.annotate(
            number=Count("pk"), directly=Sum(direct, output_field=IntegerField())
        ):
            self._offers[offer] = number
            self._rounds[round][0] += directly
            self._rounds[round][1] += number

    def of(self, row: Nomination) -> dict:
        return {
            "offered": self._offers.get(row.offer_id, 0),
            "direct_in_round": tuple(self._rounds[row.offer.round_id]),
        }
