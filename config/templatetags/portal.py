"""Display: Vietnamese numbers and dates, badges, form controls, links that keep the query string.

Nothing here asks the database or decides anything; views hand over ready answers. Numbers and
dates are written by ``config.text``, so that pages and papers agree; here a missing value becomes
a dash, and text in a figure's place stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from django import forms, template
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config import clock, text

register = template.Library()

MISSING = "–"
"""What a cell shows when there is no value; a nought is a value."""

TONES = ("neutral", "info", "success", "warning", "danger")
PAGE_PARAMETER = "trang"
SOON = 7
"""Days before a due date from which it is shown as a warning."""


# Numbers


def _decimal(value) -> Decimal | None:
    """The value as a finite decimal; None for what is not a number."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@register.filter
def vn_number(value, digits: int | None = None):
    """1234567.5 → "1.234.567,5"; ``digits`` fixes the decimals, no value → "–", text as it is."""
    number = _decimal(value)
    if number is None:
        return MISSING if value is None or value == "" else value
    return text.vn_number(number, digits)


@register.filter
def signed(value, digits: int | None = None):
    """A difference: 3 → "+3", -2 → "−2", nought without a sign; no value → "–"."""
    number = _decimal(value)
    if number is None:
        return MISSING
    if digits is not None:
        number = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{text.vn_number(abs(number), digits)}"


@register.filter
def percent(value, digits: int | None = None):
    """A figure already in percent: 0.4712 → "0,47%"; at most two decimals unless told."""
    number = _decimal(value)
    if number is None:
        return MISSING if value is None or value == "" else value
    if digits is None:
        number = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return text.vn_number(number, digits) + "%"


@register.filter
def machine(value) -> str:
    """A number for an HTML attribute: always with a point, never grouped; no value → ""."""
    number = _decimal(value)
    return "" if number is None else f"{number:f}"


# Dates


def _local(value: datetime) -> datetime:
    """An aware instant on Viet Nam's clock; a naive one is taken to be there already."""
    return value.astimezone(text.VIETNAM) if value.tzinfo else value


@register.filter
def vn_date(value) -> str:
    """30/11/2023, the day it is in Viet Nam; anything but a date → "–"."""
    return text.vn_date(value) if isinstance(value, date) else MISSING


@register.filter
def vn_datetime(value) -> str:
    """23:59 ngày 30/11/2023 on Viet Nam's clock; a date without a time has none added."""
    if not isinstance(value, datetime):
        return vn_date(value)
    return f"{_local(value):%H:%M} ngày {vn_date(value)}"


@register.filter
def vn_long_date(value) -> str:
    """ngày 05 tháng 01 năm 2023: nought before days under 10, January and February (NĐ 30/2020)."""
    if not isinstance(value, date):
        return MISSING
    day = text.vn_day(value)
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _days_until(due: date | datetime, now: datetime | None) -> int:
    today = text.vn_day(now) if now else clock.today()
    return (text.vn_day(due) - today).days


def _is_over(due: date | datetime, now: datetime | None) -> bool:
    """A date ends with its day, an instant with itself."""
    if isinstance(due, datetime):
        return _local(now or clock.now()) > _local(due)
    return _days_until(due, now) < 0


@register.filter
def days_left(due, now: datetime | None = None) -> str:
    """How long until a due date: "còn 6 ngày", "hạn hôm nay", "quá hạn 2 ngày"."""
    if not isinstance(due, date):
        return MISSING
    days = _days_until(due, now)
    if _is_over(due, now):
        return f"quá hạn {vn_number(-days)} ngày" if days else "đã quá hạn hôm nay"
    return f"còn {vn_number(days)} ngày" if days else "hạn hôm nay"


@register.filter
def days_left_tone(due, now: datetime | None = None) -> str:
    """The badge tone of a due date: past is danger, the last week warning."""
    if not isinstance(due, date):
        return "neutral"
    if _is_over(due, now):
        return "danger"
    return "warning" if _days_until(due, now) <= SOON else "neutral"


# Words and marks


@register.simple_tag
def badge(label, tone: str = "neutral") -> SafeString:
    """A small labelled mark; an unknown tone is neutral. The words carry the meaning."""
    return _badge(str(label), tone if tone in TONES else "neutral")


@lru_cache(maxsize=256)
def _badge(label: str, tone: str) -> SafeString:
    """Lists print the same few marks in every row, so each is rendered once."""
    return render_to_string("components/badge.html", {"label": label, "tone": tone})


@register.filter
def message_tone(tags: str) -> str:
    """The tone of a Django message, from its tags."""
    return {"error": "danger", "debug": "neutral"}.get(tags.split(" ")[-1], tags.split(" ")[-1])


@register.filter
def file_kind(name) -> str:
    """The ending of a file name as officers say it: PDF, DOCX, XLSX."""
    stem, dot, ending = str(name).rpartition(".")
    return ending.upper()[:5] if dot and stem and ending else "TỆP"


# Forms


@dataclass(frozen=True)
class FieldError:
    """One thing to mend, and where: ``anchor`` is an element's id, empty for the whole form."""

    anchor: str
    label: str
    message: str


def _anchor(field: forms.BoundField) -> str:
    return field.id_for_label or field.auto_id


def _errors_of_form(form, place: str = "") -> Iterable[FieldError]:
    for message in form.non_field_errors():
        yield FieldError("", place, message)
    for field in form:
        label = f"{place} – {field.label}" if place else str(field.label)
        anchor = "" if field.is_hidden else _anchor(field)
        for message in field.errors:
            yield FieldError(anchor, label, message)


@register.filter
def field_errors(source) -> list[FieldError]:
    """Every error of a form, a formset or a list of them, in the order of the page.

    The rows of a formset are named by number, as people count: "Dòng 3 – Số hộ nghèo".
    """
    if hasattr(source, "non_form_errors"):
        found = [FieldError("", "", message) for message in source.non_form_errors()]
        for number, form in enumerate(source.forms, start=1):
            found += _errors_of_form(form, f"Dòng {number}")
        return found
    if hasattr(source, "non_field_errors"):
        return list(_errors_of_form(source))
    return [error for item in source or () for error in field_errors(item)]


def _control_class(field: forms.BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    if isinstance(widget, forms.Select):
        return "form-select"
    if isinstance(field.field, forms.DateField | forms.DateTimeField | forms.TimeField):
        return "form-control date"
    numeric = isinstance(field.field, forms.IntegerField | forms.DecimalField | forms.FloatField)
    return "form-control num" if numeric else "form-control"


def _input_mode(field: forms.Field) -> str:
    """Which keys a telephone offers."""
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return "decimal"
    if isinstance(field, forms.IntegerField):
        return "numeric"
    return ""


@register.simple_tag
def control(field: forms.BoundField, **attributes) -> SafeString:
    """The control of a field in our dress; ``aria_labelledby="r3 c2"`` and the like pass through.

    A class or an input mode that the form chose itself is kept.
    """
    given = field.field.widget.attrs
    attrs = {name.replace("_", "-"): value for name, value in attributes.items() if value}
    classes = [_control_class(field), given.get("class", ""), attrs.get("class", "")]
    if any(classes):
        attrs["class"] = " ".join(part for part in classes if part)
    mode = _input_mode(field.field)
    if mode and "inputmode" not in given:
        attrs.setdefault("inputmode", mode)
    return field.as_widget(attrs=attrs)


@register.filter
def control_kind(field: forms.BoundField) -> str:
    """How a field is laid out: "check" beside its label, "choices" as a group, else "plain"."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.simple_tag(takes_context=True)
def csrf_input(context) -> SafeString:
    """The hidden token of a POST form, inside components too (``only`` cuts ``csrf_token`` off)."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return SafeString("")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


# Lists


@register.simple_tag(takes_context=True)
def page_link(context, number: int) -> str:
    """The address of another page of the same list, filters and order kept."""
    query = context.request.GET.copy()
    query[PAGE_PARAMETER] = number
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page) -> list:
    """The page numbers to offer, with "…" where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
