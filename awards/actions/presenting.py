"""Handing awards over: when and where, once for each."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from awards import decision_rules as rules
from awards import permissions
from awards.actions.moving import locked, move
from awards.models import DecisionLine, Nomination, Presentation
from config import clock
from config.text import clean_line, vn_date
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew
from units.models import User


@transaction.atomic
def present(
    lines: Iterable[DecisionLine], *, presented_on: date, place: str = "", by: User
) -> list[Presentation]:
    """Write that awards of one decision were handed over; their nominations are ``presented``."""
    by, lines = anew(by), decision_lines(lines)
    refuse(rules.of_one_decision(lines))
    decision = lines[0].decision
    refuse(permissions.keeps_round(by, decision.round))
    rows = locked(Nomination.objects.filter(decision_lines__in=[line.pk for line in lines]))
    refuse(
        rules.handed_over_in_time(presented_on, decision.decided_on, clock.today()),
        *rules.not_revoked(lines),
    )
    move(rows, "present", by=by, note=f"Trao ngày {vn_date(presented_on)}")
    written = Presentation.objects.bulk_create(
        Presentation(line=line, presented_on=presented_on, place=clean_line(place)[:200])
        for line in lines
    )
    record("present_awards", decision, by=by, unit=decision.unit)
    return written


def decision_lines(lines: Iterable[DecisionLine]) -> list[DecisionLine]:
    """The lines as they stand, with their decision, in its order."""
    found = DecisionLine.objects.filter(pk__in=[line.pk for line in lines]).select_related(
        "decision__round__unit", "decision__unit", "decision__form", "honour", "unit"
    )
    return list(found.order_by("position", "pk"))
