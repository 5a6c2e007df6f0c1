"""The page of one unit at every level, with the whole country below: as few queries as ever."""

from django.test import Client
from django.urls import reverse

from tests.benchmarks.measuring import Listening
from tests.factories.units import person
from units.kinds import Kind, Role
from units.models import Unit

MOST = 12
LEVELS = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE, Kind.VILLAGE)


def lines() -> tuple[list[str], int]:
    """What each page asked, and how many pages asked too much."""
    client = Client()
    province = Unit.objects.filter(kind=Kind.PROVINCE).order_by("pk").first()
    client.force_login(person(Role.PROVINCE_VIEWER, province))
    told, faults = [], 0
    for kind in LEVELS:
        unit = Unit.objects.filter(kind=kind).order_by("-pk").first()
        address = reverse("units:detail", args=[unit.pk])
        client.get(address)
        with Listening() as statements:
            response = client.get(address)
        if response.status_code != 200:
            raise AssertionError(f"{address} answered {response.status_code}")
        faults += len(statements) >= MOST
        told.append(f"page of a {kind.value}: {len(statements)} queries (fewer than {MOST})")
    return told, faults
