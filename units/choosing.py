"""A unit named by an officer in a form: by its code or its name, where a list would be too long."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from config.text import fold
from units.models import Unit

CANDIDATES_NAMED = 5
"""Where words fit several units, so many are named."""


def units_meant(units: QuerySet[Unit], words: str) -> list[Unit]:
    """The units of a queryset that the words may mean; more than one is a doubt.

    The exact code, then the whole name, win over names that merely hold the words.
    """
    words, folded = words.strip(), fold(words)
    if not folded:
        return []
    found = units.select_related("parent")
    if by_code := list(found.filter(code__iexact=words).order_by("-valid_from")[:1]):
        return by_code
    named = list(found.matching(folded).in_order()[: CANDIDATES_NAMED + 1])
    whole = [unit for unit in named if folded in (fold(unit.name), fold(unit.short_name))]
    return whole if len(whole) == 1 else named


def the_one_meant(units: QuerySet[Unit], words: str, *, noun: str, when: str) -> Unit:
    """The one unit that is meant; ``ValidationError`` says what to do, with those that fit.

    ``noun`` and ``when`` ("trong năm 2023") make the sentence.
    """
    found = units_meant(units, words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(f"Không có {noun} nào khớp “{words[:60]}” {when}.")
    named = "; ".join(_told(unit) for unit in found[:CANDIDATES_NAMED])
    more = "…" if len(found) > CANDIDATES_NAMED else ""
    raise ValidationError(f"Nhiều đơn vị khớp, hãy ghi mã của một đơn vị: {named}{more}.")


def _told(unit: Unit) -> str:
    above = f", {unit.parent.name}" if unit.parent else ""
    return f"{unit.name}{above} (mã {unit.code})"
