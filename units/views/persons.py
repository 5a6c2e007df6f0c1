"""Persons who take part: the list, the page of one, and the form."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config import access, clock, downloads
from config.paging import KeyedPaginator
from config.refusals import attempt_in
from units import exports, persons
from units.actions.exports import note_taken_away
from units.actions.persons import save_person
from units.kinds import Role
from units.models import Person
from units.person_filters import PersonFilter
from units.person_forms import PersonForm

ROWS = 50
READERS = (*Role.OF_UNIT, *Role.PROVINCE_WIDE)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@access.audience(*READERS)
def person_list(request):
    """The persons that the user may see, filtered in the address."""
    found = PersonFilter(request.GET, request=request)
    page = KeyedPaginator(found.qs, ROWS).get_page(request.GET.get("trang"))
    may_add = bool(request.user.units_as(*Role.OF_UNIT))
    context = {"filter": found, "page": page, "may_add": may_add}
    return render(request, "units/person_list.html", context)


@require_safe
@access.audience(*READERS)
def person_download(request, suffix):
    """The same list as a table; that names were taken away is noted."""
    note_taken_away(Person, by=request.user)
    rows = exports.person_rows(PersonFilter(request.GET, request=request).qs)
    return downloads.table(exports.PERSONS, rows, name="ca nhan tham gia", suffix=suffix)


@require_safe
@access.audience(*READERS)
def person_detail(request, pk):
    """Who a person is, and the units that carried the person on."""
    person = get_object_or_404(persons.persons_for(request.user), pk=pk)
    stays, end = persons.stays(person, clock.today())
    links = [link for further in persons.further_links for link in further(person, request.user)]
    context = {
        "person": person,
        "stays": stays,
        "end": end,
        "links": links,
        "may_edit": persons.may_keep(person, request.user),
    }
    return render(request, "units/person_detail.html", context)


def _form_page(request, form, person):
    if form.is_valid():
        filled, reason = form.filled()
        if attempt_in(form, lambda: save_person(filled, by=request.user, reason=reason)):
            messages.success(request, "Đã ghi.")
            return redirect("units:person", filled.pk)
    return render(request, "units/person_form.html", {"form": form, "person": person})


@form_page
@access.audience(*Role.OF_UNIT)
def person_add(request):
    """Enter a person of the own unit or of one below."""
    own = request.user.units_as(*Role.OF_UNIT)
    initial = {"unit": own[0].code, "takes_part_from": clock.today()}
    form = PersonForm(request.POST or None, user=request.user, initial=initial)
    return _form_page(request, form, None)


@form_page
@access.audience(*Role.OF_UNIT)
def person_edit(request, pk):
    """Correct a person, or write the day on which taking part ended."""
    person = get_object_or_404(persons.kept_by(request.user), pk=pk)
    form = PersonForm(request.POST or None, user=request.user, person=person)
    return _form_page(request, form, person)
