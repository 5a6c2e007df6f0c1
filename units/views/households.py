"""Households: by name for their own commune, in counts for everybody above it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config import access, downloads
from config.paging import KeyedPaginator
from config.refusals import accepts, attempt, attempt_in
from units import permissions
from units.actions import households as actions
from units.household_filters import CountYear, HouseholdFilter
from units.household_forms import (
    HouseholdForm,
    OutcomeForm,
    RegistrationForm,
    StatusForm,
    WithdrawalForm,
)
from units.households import counts, lists, scope, tables
from units.kinds import Kind, Role
from units.models import EscapeRegistration, HouseholdStatus

ROWS = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])
OWN = tuple(Role.OF_UNIT)


# Lists


def _imports(request) -> bool:
    return permissions.imports_households(request.user) is None


@require_safe
@access.audience(access.SIGNED_IN)
def household_list(request):
    """The own commune's households by name; whoever works above sees counts at this address."""
    if not scope.sees_names(request.user):
        return household_counts(request)
    found = HouseholdFilter(request.GET, request=request)
    page = KeyedPaginator(found.qs, ROWS).get_page(request.GET.get("trang"))
    context = {"filter": found, "page": page, "year": found.year, "may_import": _imports(request)}
    return render(request, "units/household_list.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def household_download(request, suffix):
    """The same list in the shape in which it comes in; logged at each unit that names go from."""
    if not scope.sees_names(request.user):
        return household_counts_download(request, suffix)
    found = HouseholdFilter(request.GET, request=request)
    for unit in {unit.pk: unit for unit in scope.named_units(request.user)}.values():
        actions.note_export(unit, by=request.user)
    rows = lists.rows_to_take_away(found.qs)
    return downloads.table(tables.households(), rows, name="danh sach ho", suffix=suffix)


def _counted(request):
    """The year, the scope, the units of the rows, and the commune whose villages these are."""
    form, within = CountYear(request.GET), scope.counted_units(request.user)
    communes, asked = counts.communes_counted(within, form.year), request.GET.get("xa", "")
    if not (asked.isdecimal() and len(asked) < 19):
        return form, within, communes, None
    commune = get_object_or_404(communes, pk=int(asked))
    return form, within, counts.villages_counted(commune, within, form.year), commune


@require_safe
@access.audience(access.SIGNED_IN)
def household_counts(request):
    """Households by status and registrations by outcome: communes, or villages of one commune."""
    form, within, units, commune = _counted(request)
    page = KeyedPaginator(units, ROWS).get_page(request.GET.get("trang"))
    by = Kind.VILLAGE if commune else Kind.COMMUNE
    context = {
        "form": form,
        "year": form.year,
        "commune": commune,
        "page": page,
        "lines": counts.lines_of(page.object_list, form.year, by=by),
        "total": counts.total_of(within, form.year, commune),
        "statuses": HouseholdStatus.labels,
        "names": scope.sees_names(request.user),
        "may_import": _imports(request),
        "keep": [("xa", commune.pk)] if commune else [],
        "base": reverse("units:household_counts"),
    }
    return render(request, "units/household_counts.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def household_counts_download(request, suffix):
    """The same counts as a table, all rows of them."""
    form, _, units, commune = _counted(request)
    by = Kind.VILLAGE if commune else Kind.COMMUNE
    rows = tables.count_rows(counts.lines_of(units, form.year, by=by), form.year)
    return downloads.table(tables.COUNTS, rows, name=f"so ho {form.year}", suffix=suffix)


# One household


def _household(request, pk):
    return get_object_or_404(lists.household_whole(request.user), pk=pk)


def _opened(request, household):
    """Each opening of a page that names a household is logged; what is sent is a write."""
    if request.method != "POST":
        actions.note_reading(household, by=request.user)


@require_safe
@access.audience(access.SIGNED_IN)
def household_detail(request, pk):
    """A household's years and registrations."""
    household = _household(request, pk)
    _opened(request, household)
    return render(request, "units/household_detail.html", {"household": household})


def _form_page(request, form, act, *, heading, button, household=None):
    """A page with one form; when its deed is done, back to the household."""
    if household:
        _opened(request, household)
    if request.method == "POST" and form.is_valid():
        done = attempt_in(form, lambda: act(form.cleaned_data))
        if done is not None:
            messages.success(request, "Đã ghi.")
            return redirect("units:household", household.pk if household else done.pk)
    context = {"form": form, "heading": heading, "button": button, "household": household}
    return render(request, "units/household_form.html", context)


@form_page
@access.audience(*OWN)
def household_add(request):
    """Enter a household that is new on the list."""
    if not scope.sees_names(request.user):
        raise Http404
    form = HouseholdForm(request.POST or None, user=request.user)

    def act(told):
        return actions.save_household(form.filled(), by=request.user)

    return _form_page(request, form, act, heading="Thêm hộ vào danh sách", button="Thêm hộ")


@form_page
@access.audience(*OWN)
def household_edit(request, pk):
    """Correct a household's code, name or village."""
    household = _household(request, pk)
    form = HouseholdForm(request.POST or None, user=request.user, household=household)

    def act(told):
        return actions.save_household(form.filled(), by=request.user)

    return _form_page(
        request, form, act, heading="Sửa thông tin hộ", button="Lưu", household=household
    )


@form_page
@access.audience(*OWN)
def household_status(request, pk):
    """Write the status of one year."""
    household = _household(request, pk)
    form = StatusForm(request.POST or None, initial={"year": request.GET.get("nam")})

    def act(told):
        return actions.set_status(household, told.pop("year"), told.pop("status"), by=request.user,
                                  **told)  # fmt: skip

    return _form_page(
        request, form, act, heading="Ghi tình trạng cuối năm", button="Ghi", household=household
    )


@form_page
@access.audience(*OWN)
def household_register(request, pk):
    """Enter a registration to leave poverty."""
    household = _household(request, pk)
    form = RegistrationForm(request.POST or None)

    def act(told):
        return actions.register_escape(household, by=request.user, **told)

    return _form_page(
        request, form, act, heading="Đăng ký thoát nghèo", button="Ghi đăng ký", household=household
    )


def _registration(request, pk) -> EscapeRegistration:
    return get_object_or_404(lists.registrations_for(request.user), pk=pk)


@form_page
@access.audience(*OWN)
def household_outcome(request, pk):
    """Write what came of a registration, or take away one that was entered by mistake."""
    registration = _registration(request, pk)
    told = {name: getattr(registration, name) for name in ("outcome", "decided_on", "note")}
    form = OutcomeForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        act = partial(actions.record_outcome, registration, by=request.user, **answers)
        if attempt_in(form, act) is not None:
            messages.success(request, "Đã ghi kết quả đăng ký thoát nghèo.")
            return redirect("units:household", registration.household_id)
    _opened(request, registration.household)
    context = {"form": form, "registration": registration, "removal": WithdrawalForm()}
    return render(request, "units/household_outcome.html", context)


@require_POST
@access.audience(*OWN)
def household_withdraw(request, pk):
    """Take away a registration that was entered by mistake."""
    registration, form = _registration(request, pk), WithdrawalForm(request.POST)
    household = registration.household_id
    if accepts(request, form):
        act = partial(actions.withdraw_registration, registration, by=request.user,
                      reason=form.cleaned_data["reason"])  # fmt: skip
        attempt(request, act, "Đã bỏ đăng ký thoát nghèo.")
    return redirect("units:household", household)
