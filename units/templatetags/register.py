"""How sure a fact of the register is, as a mark; how long a unit lives, in words."""

from django import template

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


@register.inclusion_tag("components/badge.html")
def confidence(fact) -> dict:
    """The mark of a unit or a succession."""
    return {"label": fact.get_confidence_display(), "tone": TONES.get(fact.confidence, "neutral")}


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
