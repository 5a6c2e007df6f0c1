"""How sure a fact of the register is, as a mark; how long a unit lives, in words."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.text import vn_date
from units.kinds import Confidence

register = template.Library()

TONES = {
    Confidence.CONFIRMED: "success",
    Confidence.ESTABLISHED: "info",
    Confidence.SECONDARY: "warning",
    Confidence.INFERRED: "warning",
    Confidence.PARTIAL: "danger",
}


@register.simple_tag
def confidence(fact) -> SafeString:
    """The mark of a unit or a succession."""
    return _mark(fact.confidence)


@lru_cache
def _mark(value: str) -> SafeString:
    """One of five marks; a list prints it in every row, so each is rendered once."""
    mark = {"label": Confidence(value).label, "tone": TONES[value]}
    return render_to_string("components/badge.html", mark)


@register.filter
def type_name(unit) -> str:
    """The kind of the unit as people say it: "phường", or its level where nothing narrower is."""
    return unit.subtype or unit.get_kind_display()


@register.filter
def life(unit) -> str:
    """ "từ 01/01/2021 đến hết 30/06/2025", "từ 01/07/2025"."""
    until = f" đến hết {vn_date(unit.last_day)}" if unit.last_day else ""
    return f"từ {vn_date(unit.valid_from)}{until}"


@register.filter
def no_heir(succession) -> str:
    """What stands in the place of a receiving unit where none is named."""
    if succession.confidence == Confidence.PARTIAL:
        return "chưa rõ đơn vị tiếp nhận"
    return "không có đơn vị kế thừa cùng cấp"
