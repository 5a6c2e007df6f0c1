"""The national standards: which one measured a year."""

import json
from pathlib import Path

from units.models import PovertyStandard

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "poverty_standards.json"


def shipped_standards() -> list[dict]:
    """The standards the portal comes with, each with its legal basis."""
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


def standard_for(year: int) -> PovertyStandard | None:
    """The standard that measured the end of ``year``; None when none is on file."""
    found = PovertyStandard.objects.filter(first_year__lte=year, last_year__gte=year)
    return found.order_by("-first_year").first()


def measured_years() -> set[int]:
    """The years for which a standard is on file."""
    spans = PovertyStandard.objects.values_list("first_year", "last_year")
    return {year for first, last in spans for year in range(first, last + 1)}
