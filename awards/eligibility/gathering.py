"""Gathers the facts of nominations for the checks: one or twenty thousand by the same road.

Every question is one query over all the chosen nominations, so their number costs no queries.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from awards.eligibility import gathering_law as law
from awards.eligibility import gathering_past as past
from awards.eligibility.chosen import Chosen
from awards.eligibility.facts import Alike, Facts, Listing, Opinion, Stop
from awards.kinds import Check
from awards.models import (
    Consultation,
    DayOff,
    DossierFile,
    Hold,
    Nomination,
    Objection,
    PostedNomination,
    ReportLikeness,
)
from awards.states import NominationState
from awards.working_days import days_between
from config import clock
from units.models import Person


def gather(asked: QuerySet[Nomination], today: date) -> Iterator[tuple[Nomination, Facts]]:
    """Each of the chosen nominations with its facts."""
    chosen = Chosen(asked)
    rows, keys = chosen.rows, chosen.keys
    if not rows:
        return
    laws = law.laws_for(rows, today)
    history = past.History(chosen)
    told = {
        "stops": _stops(keys, today),
        "documents": _documents(keys),
        "opinions": _opinions(keys),
        "listings": _listings(keys, today),
        "alike": _alike(keys),
    }
    objections = _objections(keys)
    counts = past.Counts(_counted(rows, laws))
    for row in rows:
        facts = {name: found.get(row.pk, ()) for name, found in told.items()}
        facts["documents"] = frozenset(facts["documents"])
        facts |= history.of(row) | counts.of(row)
        yield (
            row,
            Facts(
                **_itself(row, today),
                **facts,
                law=laws.of(row),
                central_forms=laws.central,
                open_objections=objections.get(row.pk, 0),
            ),
        )


def _counted(rows, laws) -> set[int]:
    """The rounds in which a quota or a share is asked after; others are not counted."""
    return {
        row.offer.round_id
        for row in rows
        if row.offer.quota or Check.DIRECT in (laws.of(row).clauses or {})
    }


def _itself(row: Nomination, today: date) -> dict:
    """What the row and its round tell."""
    round, form = row.offer.round, row.offer.form
    return {
        "pk": row.pk,
        "today": today,
        "award_type": row.award_type,
        "recipient": row.recipient,
        "form_code": form.code,
        "form": form.name,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "decision_day": max(today, round.planned_day),
        "year": round.year,
        "office": round.unit.kind,
        "unit_name": row.unit.name,
        "unit_ends": row.unit.valid_to,
        "women_share": row.women_share,
        "direct": row.direct,
        "woman": row.sex == Person.Sex.FEMALE,
        "quota": row.offer.quota,
    }


def _stops(keys, today) -> dict[int, list[Stop]]:
    found = defaultdict(list)
    for row in Hold.objects.filter(nomination__in=keys):
        lifted = row.lifted_at and clock.day_of(row.lifted_at)
        came = row.lifts_on if row.lifts_on and row.lifts_on <= today else None
        ended = min(filter(None, (lifted, came)), default=None)
        found[row.nomination_id].append(
            Stop(row.pk, row.kind, row.get_kind_display(), row.reason, row.lifts_on, ended)
        )
    return found


def _documents(keys) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows = DossierFile.objects.attached().filter(nomination__in=keys)
    for nomination, document in rows.values_list("nomination", "document"):
        found[nomination].append(document)
    return found


def _opinions(keys) -> dict[int, list[Opinion]]:
    found = defaultdict(list)
    rows = Consultation.objects.filter(nomination__in=keys)
    names = ("nomination", "body", "due_on", "answered_on", "outcome")
    for nomination, *told in rows.values_list(*names):
        found[nomination].append(Opinion(*told))
    return found


def _listings(keys, today) -> dict[int, list[Listing]]:
    """The lists that named each, until they were taken down; both ends count."""
    found = defaultdict(list)
    lines = PostedNomination.objects.filter(nomination__in=keys)
    names = ("nomination", "posting__opens", "posting__closes", "posting__taken_down_on")
    told = list(lines.values_list(*names))
    departures = dict(DayOff.objects.values_list("date", "working")) if told else {}
    for nomination, opens, closes, down in told:
        last = min(closes, down) if down else closes
        days = days_between(opens, min(last, today), departures)
        found[nomination].append(Listing(last, days))
    return found


def _objections(keys) -> dict[int, int]:
    found = defaultdict(int)
    rows = Objection.objects.filter(line__nomination__in=keys, handled_at__isnull=True)
    for nomination in rows.values_list("line__nomination", flat=True):
        found[nomination] += 1
    return found


def _alike(keys) -> dict[int, list[Alike]]:
    """Reports alike of other candidates that are still on their way or were honoured."""
    found = defaultdict(list)
    rows = ReportLikeness.objects.filter(nomination__in=keys)
    rows = rows.exclude(other__state__in=NominationState.DEAD).order_by("-percent", "other")
    for nomination, other, percent in rows.values_list("nomination", "other", "percent"):
        found[nomination].append(Alike(other, percent))
    return found
