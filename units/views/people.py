"""The people of a unit: who holds which role, how they get in, how one takes over from another."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config import access, clock, downloads
from config.refusals import attempt, attempt_in
from units import exports, queries, staffing
from units.actions.accounts import open_account, renew_password
from units.actions.exports import note_taken_away
from units.actions.handing_over import hand_over
from units.actions.people import appoint, end_appointment
from units.handing_over import in_hand
from units.kinds import Role
from units.models import Appointment
from units.people_forms import EndRoleForm, FindForm, GiveForm, HandOverForm, OpenForm

ROWS = 50
MANAGERS = (Role.LEADER, Role.ADMINISTRATOR)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _unit(request, pk):
    return get_object_or_404(staffing.managed_units(request.user), pk=pk)


@require_safe
@access.audience(*MANAGERS)
def people(request, pk):
    """Who holds which role from when to when, and what the unit lacks."""
    unit, today = _unit(request, pk), clock.today()
    seats = list(staffing.seats_of(unit))
    present = staffing.lasting(seats, today)
    context = {
        "unit": unit,
        "seats": staffing.with_deeds(present, request.user, today),
        "past": [seat for seat in seats if seat not in present],
        "today": today,
        "lacks": staffing.staffing([unit], today)[0].lacks if unit.exists_on(today) else "",
        "grants": bool(staffing.grantable(request.user, unit)),
    }
    return render(request, "units/people.html", context)


@require_safe
@access.audience(*MANAGERS)
def people_download(request, pk, suffix):
    """Every role ever held in the unit, as its page lists them; it is noted."""
    unit = _unit(request, pk)
    note_taken_away(Appointment, by=request.user, unit=unit)
    rows = exports.seat_rows(staffing.seats_of(unit))
    return downloads.table(exports.SEATS, rows, name=f"nguoi {unit.code}", suffix=suffix)


@require_safe
@access.audience(*MANAGERS)
def people_thin(request):
    """The units below that have nobody, or one person only, to do their work."""
    found = staffing.thinly_staffed(request.user, clock.today())
    page = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    return render(request, "units/people_thin.html", {"page": page})


@require_safe
@access.audience(*MANAGERS)
def people_thin_download(request, suffix):
    """The same list as a table."""
    rows = exports.unit_rows(staffing.thinly_staffed(request.user, clock.today()))
    return downloads.table(exports.UNITS, rows, name="don vi thieu nguoi", suffix=suffix)


def _page(request, unit, form, heading, button, **more):
    """A page with one form about the people of a unit."""
    context = {"unit": unit, "form": form, "heading": heading, "button": button, **more}
    return render(request, "units/people_form.html", context)


@form_page
@access.audience(*MANAGERS)
def people_give(request, pk):
    """Give a role to an account that is there: first find it by its exact name, then the role."""
    unit, find = _unit(request, pk), FindForm(request.GET, reader=request.user)
    form = None
    if user := find.account:
        initial = {"starts": queries.day_to_show(unit, clock.today())}
        form = GiveForm(request.POST or None, user=request.user, unit=unit, initial=initial)
        if form.is_valid():
            give = partial(appoint, user, unit, by=request.user, **form.cleaned_data)
            if attempt_in(form, give):
                messages.success(request, f"Đã giao vai trò cho {user}.")
                return redirect("units:people", unit.pk)
    heading = f"Giao vai trò ở {unit}"
    return _page(request, unit, form, heading, "Giao vai trò", find=find, account=user)


@form_page
@access.audience(*MANAGERS)
def people_open(request, pk):
    """Make an account for somebody new, with the first role."""
    unit = _unit(request, pk)
    initial = {"starts": queries.day_to_show(unit, clock.today()), "role": Role.REPORTER}
    form = OpenForm(request.POST or None, user=request.user, unit=unit, initial=initial)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("role", "starts", "basis")}
        act = partial(open_account, form.account(), unit, by=request.user, **told)
        opened = attempt_in(form, partial(act, origin=_origin(request)))
        if opened is not None:
            return _opened(request, unit, opened.user, opened.password)
    return _page(request, unit, form, f"Lập tài khoản mới ở {unit}", "Lập tài khoản")


def _origin(request) -> str:
    """The portal's address as this person sees it, for links in mails."""
    return request.build_absolute_uri("/").rstrip("/")


def _opened(request, unit, user, password):
    """Back to the people; a password is shown on a page of its own, this once."""
    if password:
        context = {"unit": unit, "account": user, "password": password}
        return render(request, "units/people_password.html", context)
    messages.success(request, f"Đã gửi thư tới {user.email} để {user} đặt mật khẩu.")
    return redirect("units:people", unit.pk)


@require_POST
@access.audience(*MANAGERS)
def people_renew(request, pk, seat):
    """Give a first password anew to somebody who has not been in yet."""
    unit = _unit(request, pk)
    user = get_object_or_404(staffing.seats_of(unit), pk=seat).user
    renew = partial(renew_password, user, by=request.user, origin=_origin(request))
    done = attempt(request, renew)
    if done is None:
        return redirect("units:people", unit.pk)
    return _opened(request, unit, user, done)


@form_page
@access.audience(*MANAGERS)
def people_end(request, pk, seat):
    """End a role on a day."""
    unit = _unit(request, pk)
    seat = get_object_or_404(staffing.seats_of(unit), pk=seat)
    form = EndRoleForm(request.POST or None, initial={"ends": clock.today()})
    if form.is_valid():
        end = partial(end_appointment, seat, by=request.user, **form.cleaned_data)
        if attempt_in(form, end):
            messages.success(request, "Đã ghi ngày hết vai trò.")
            return redirect("units:people", unit.pk)
    heading = f"Kết thúc vai trò {seat.role_label} của {seat.user}"
    return _page(request, unit, form, heading, "Ghi ngày hết")


@form_page
@access.audience(*MANAGERS)
def people_hand_over(request, pk, seat):
    """One person leaves, another takes over: what is in hand, then whom to and from when."""
    unit, form = _unit(request, pk), None
    label = "Người nhận: tên đăng nhập hoặc thư điện tử"
    find = FindForm(request.GET, reader=request.user, label=label)
    leaver = get_object_or_404(staffing.seats_of(unit), pk=seat).user
    if find.account:
        seats = staffing.to_hand_over(leaver, unit, request.user, clock.today())
        form = HandOverForm(request.POST or None, seats=seats, initial={"day": clock.today()})
        if form.is_valid():
            day, basis = form.cleaned_data["day"], form.cleaned_data["basis"]
            act = partial(hand_over, form.chosen(), find.account, by=request.user)
            if attempt_in(form, partial(act, day=day, basis=basis)):
                messages.success(request, f"Đã bàn giao từ {leaver} sang {find.account}.")
                return redirect("units:people", unit.pk)
    more = {"find": find, "account": find.account, "leaver": leaver}
    more["work"] = in_hand(leaver, unit, request.user)
    return _page(request, unit, form, f"Bàn giao vai trò của {leaver}", "Bàn giao", **more)
