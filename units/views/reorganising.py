"""Reorganisations: the list, the preparation in steps, the preview, the day, the way back.

Every step is a page of its own and works without a script; what is chosen is kept in the draft.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config import access, clock, downloads
from config.refusals import attempt, attempt_in
from units import exports
from units.actions import reorganising as actions
from units.kinds import Role
from units.models import Reorganisation
from units.reorganising import pages, people
from units.reorganising.choosing import ChildrenForm, PeopleForm, PlacingForm
from units.reorganising.forms import CandidateForm, GroupForms, HeadForm, UndoForm
from units.reorganising.plan import Way

KEEPERS = (Role.ADMINISTRATOR,)
ROWS = 50
CHOICES = 100
"""So many units or people stand on one page to choose for."""


def _draft(pk):
    """A draft with its plan laid upon the register; what is done already is shown, not changed."""
    return pages.Opened(get_object_or_404(Reorganisation.objects.drafts(), pk=pk))


def _version(request) -> int:
    told = request.POST.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


@require_safe
@access.audience(*KEEPERS)
def reorganisations(request):
    """Every reorganisation, and the people whom nobody has placed."""
    page = Paginator(Reorganisation.objects.for_list(), ROWS).get_page(request.GET.get("trang"))
    today = clock.today()
    context = {
        "page": page,
        "unplaced": people.unplaced_seats(today).count(),
        "soon": people.unplaced_seats(today + people.AHEAD).count(),
    }
    return render(request, "units/reorganisation_list.html", context)


@require_safe
@access.audience(*KEEPERS)
def reorganisations_download(request, suffix):
    """The same list as a table."""
    rows = exports.reorganisation_rows(Reorganisation.objects.for_list())
    name = "sap xep don vi"
    return downloads.table(exports.REORGANISATIONS, rows, name=name, suffix=suffix)


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*KEEPERS)
def start(request):
    """Step 1 of a new one: the decision."""
    form = HeadForm(request.POST or None)
    if form.is_valid():
        draft = attempt_in(form, lambda: actions.start_reorganisation(form.head(), by=request.user))
        if draft:
            return redirect("units:reorganisation_units", pk=draft.pk)
    return render(request, "units/reorganisation_head.html", {"form": form, "draft": None})


@require_safe
@access.audience(*KEEPERS)
def reorganisation(request, pk):
    """A draft's steps with what is left to do; of one carried out, what it did."""
    found = get_object_or_404(Reorganisation.objects.for_list(), pk=pk)
    if found.is_draft:
        context = {"draft": found, "tasks": pages.Opened(found).tasks()}
        return render(request, "units/reorganisation_draft.html", context)
    return render(request, "units/reorganisation_done.html", _done(found, UndoForm()))


def _done(found, form):
    return {"done": found, "form": form, **pages.outcome(found)}


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*KEEPERS)
def head(request, pk):
    """Step 1 again: correct the decision."""
    draft = get_object_or_404(Reorganisation.objects.drafts(), pk=pk)
    form = HeadForm(request.POST or None, initial=HeadForm.initial_of(draft))
    if form.is_valid():
        version = _version(request)
        saved = attempt_in(
            form, lambda: actions.save_head(draft, form.head(), by=request.user, version=version)
        )
        if saved:
            messages.success(request, "Đã lưu văn bản.")
            return redirect(saved)
    return render(request, "units/reorganisation_head.html", {"form": form, "draft": draft})


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*KEEPERS)
def units(request, pk):
    """Step 2: the groups of units, and a new group."""
    opened = _draft(pk)
    if request.method == "POST" and request.POST.get("way") in Way.values:
        group = opened.plan.new_group(request.POST["way"])
        if _save(request, opened, opened.plan.with_group(group)):
            return redirect("units:reorganisation_group", pk=pk, number=group.number)
    page = Paginator(opened.lines(), ROWS).get_page(request.GET.get("trang"))
    context = {"draft": opened.draft, "page": page, "ways": Way.choices}
    return render(request, "units/reorganisation_units.html", context)


def _save(request, opened, plan, told=""):
    """Write a changed plan; the refusal of a second window is told on the page."""
    draft, version = opened.draft, _version(request)
    return attempt(
        request, lambda: actions.save_plan(draft, plan, by=request.user, version=version), told
    )


def _group(pk, number):
    opened = _draft(pk)
    group = opened.plan.group(number)
    if group is None:
        raise Http404
    return opened, group


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*KEEPERS)
def group(request, pk, number):
    """One group: which units end, which start."""
    opened, group = _group(pk, number)
    forms = GroupForms(request.POST or None, group=group, drawing=opened.drawing)
    if request.method == "POST" and forms.is_valid():
        plan = opened.plan.with_group(forms.told)
        if _save(request, opened, plan, "Đã lưu nhóm đơn vị."):
            return redirect("units:reorganisation_group", pk=pk, number=number)
    search = CandidateForm(request.GET if "q" in request.GET else None, opened.draft.date)
    context = {
        "draft": opened.draft,
        "line": opened.line(number),
        "forms": forms,
        "search": search,
        "found": opened.candidates(search),
    }
    return render(request, "units/reorganisation_group.html", context)


@require_POST
@access.audience(*KEEPERS)
def group_change(request, pk, number):
    """Put units into a group or take them out, one part more or less, or drop the group."""
    opened, group = _group(pk, number)
    plan = pages.changed(opened, group, request.POST)
    if plan is None:
        messages.error(request, "Chưa chọn đơn vị nào; hãy chọn rồi bấm lại.")
    else:
        _save(request, opened, plan, "Đã lưu nhóm đơn vị.")
    if plan is not None and plan.group(number) is None:
        return redirect("units:reorganisation_units", pk=pk)
    return redirect("units:reorganisation_group", pk=pk, number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*KEEPERS)
def children(request, pk):
    """Step 3: the units below those that end."""
    opened = _draft(pk)
    page = Paginator(opened.drawing.children, CHOICES).get_page(request.GET.get("trang"))
    form = ChildrenForm(request.POST or None, olds=list(page), drawing=opened.drawing)
    if request.method == "POST" and form.is_valid():
        plan = opened.plan.with_choices(children=form.told)
        if _save(request, opened, plan, "Đã lưu lựa chọn cho các đơn vị trực thuộc."):
            return redirect(request.get_full_path())
    context = {"draft": opened.draft, "form": form, "page": page, **opened.left("children")}
    return render(request, "units/reorganisation_children.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*KEEPERS)
def seats(request, pk):
    """Step 4: the people of the units that end; nothing is chosen before somebody chooses."""
    opened = _draft(pk)
    page = Paginator(opened.drawing.seats, CHOICES).get_page(request.GET.get("trang"))
    form = PeopleForm(request.POST or None, seats=list(page), drawing=opened.drawing)
    if request.method == "POST" and form.is_valid():
        plan = opened.plan.with_choices(seats=form.told)
        if _save(request, opened, plan, "Đã lưu lựa chọn cho từng người."):
            return redirect(request.get_full_path())
    context = {"draft": opened.draft, "form": form, "page": page, **opened.left("people")}
    return render(request, "units/reorganisation_people.html", context)


@require_safe
@access.audience(*KEEPERS)
def preview(request, pk):
    """Step 5: what stands in the way, then what will happen to each table."""
    opened = _draft(pk)
    context = {"draft": opened.draft, **opened.preview()}
    return render(request, "units/reorganisation_preview.html", context)


@require_POST
@access.audience(*KEEPERS)
def carry_out(request, pk):
    """The day itself."""
    draft = get_object_or_404(Reorganisation, pk=pk)
    seen, version = request.POST.get("seen", "")[:64] or "-", _version(request)
    done = attempt(
        request,
        lambda: actions.carry_out(draft, by=request.user, version=version, seen=seen),
        "Đã thực hiện sắp xếp đơn vị.",
    )
    if done or not draft.is_draft:
        return redirect("units:reorganisation", pk=pk)
    return redirect("units:reorganisation_preview", pk=pk)


@require_POST
@access.audience(*KEEPERS)
def undo(request, pk):
    """Put everything back, with the reason."""
    done = get_object_or_404(Reorganisation.objects.for_list(), pk=pk)
    form = UndoForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt_in(
            form, lambda: actions.undo_reorganisation(done, by=request.user, reason=reason)
        ):
            messages.success(request, "Đã hoàn tác: sổ đơn vị và phân công trở lại như trước.")
            return redirect(done)
    if done.is_draft:
        return redirect(done)
    return render(request, "units/reorganisation_done.html", _done(done, form))


@require_POST
@access.audience(*KEEPERS)
def drop(request, pk):
    """Throw a draft away."""
    draft = get_object_or_404(Reorganisation.objects.drafts(), pk=pk)
    version = _version(request)
    dropped = attempt(
        request,
        lambda: actions.drop_reorganisation(draft, by=request.user, version=version),
        "Đã bỏ bản chuẩn bị.",
    )
    return redirect("units:reorganisations") if dropped else redirect(draft)


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*KEEPERS)
def unplaced(request):
    """People whose unit has ended, or ends soon, and whom nobody has placed."""
    today = clock.today()
    seats = people.unplaced_seats(today + people.AHEAD)
    page = Paginator(seats, CHOICES).get_page(request.GET.get("trang"))
    form = PlacingForm(request.POST or None, people=pages.with_heirs(page, today))
    if request.method == "POST" and form.is_valid():
        basis, told = form.cleaned_data["basis"], form.told
        placed = attempt_in(
            form, lambda: actions.place_people(told, by=request.user, basis=basis), field="basis"
        )
        if placed:
            messages.success(request, f"Đã bố trí {placed} người.")
            return redirect("units:unplaced")
    context = {"form": form, "page": page, "today": today}
    return render(request, "units/reorganisation_unplaced.html", context)
