"""The honours of one unit or person across reorganisations, and where each came from."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards import history
from config import access
from units import persons
from units.kinds import Role
from units.models import Unit

PER_PAGE = 50


def _history(request, whom, **context):
    entries = history.history_of(whom, user=request.user)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("trang"))
    inherited = sum(entry.inherited for entry in entries)
    told = {"page": page, "inherited": inherited, "next": history.next_period(entries)}
    return render(request, "awards/history.html", context | told)


@require_safe
@access.audience(access.SIGNED_IN)
def unit_history(request, pk):
    """What a unit received, and what it was before received."""
    unit = get_object_or_404(Unit, pk=pk)
    return _history(request, unit, unit=unit)


@require_safe
@access.audience(*Role.OF_UNIT, *Role.PROVINCE_WIDE)
def person_history(request, pk):
    """What stands in the ledger under the name of a person who takes part."""
    person = get_object_or_404(persons.persons_for(request.user), pk=pk)
    return _history(request, person, person=person)
