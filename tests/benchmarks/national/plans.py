"""How the database goes about the two filters everything rests on: a subtree, and a day."""

from datetime import date

from django.db import connection

from units.kinds import Kind
from units.models import PovertyTally, Unit, path_below

DAY = date(2023, 11, 24)
FORBIDDEN = {"postgresql": "Seq Scan on units_", "sqlite": "SCAN units_"}


def asked() -> dict[str, object]:
    """The queries by what they ask; each must be answered through an index."""
    commune = Unit.objects.filter(kind=Kind.COMMUNE).order_by("pk").first()
    province = Unit.objects.filter(kind=Kind.PROVINCE).order_by("pk").first()
    tallies = PovertyTally.objects.filter(year=2023, origin=PovertyTally.Origin.STATEMENT)
    return {
        "everything below a commune": Unit.objects.below(commune),
        "everything below a province": Unit.objects.below(province).values("pk"),
        "a code on a day": Unit.objects.as_of(DAY).filter(code=commune.code),
        "provinces on a day": Unit.objects.as_of(DAY).filter(kind=Kind.PROVINCE),
        "counts of a commune's villages in a year": tallies.filter(
            path_below(commune.path, "unit__path")
        ),
    }


def lines() -> tuple[list[str], int]:
    """The plans as text, and how many of them read a whole table."""
    told, scans = [], 0
    for what, query in asked().items():
        plan = query.explain()
        scanned = FORBIDDEN[connection.vendor] in plan
        scans += scanned
        told += [f"{what}{': READS THE WHOLE TABLE' if scanned else ''}"]
        told += [f"    {line}" for line in plan.splitlines()]
    return told, scans
