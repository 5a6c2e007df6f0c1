"""A portal with the real plan and register, and the people of one district's year."""

from dataclasses import dataclass

import pytest
from django.core.management import call_command

from campaign.models import Period
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.units import AppointmentFactory, UserFactory
from units.kinds import Role
from units.models import Unit, User
from units.models.poverty import Stage

PASSWORD = "mot-mat-khau-dai-2023"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
POOR = {2021: (42, 60), 2022: (30, 44), 2023: (18, 29)}
"""Poor and near-poor households at the year's end in each commune of the district."""


@dataclass(frozen=True)
class Portal:
    """The district that reports, its people, the board and the poverty desk.

    The reviews of its communes are in; that of 2023 is preliminary, as it is in November.
    """

    district: Unit
    period: Period
    reporter: User
    leader: User
    board: User
    desk: User


def _person(name, role, code):
    unit = Unit.objects.get(code=code, valid_to__gt="2023-11-01", valid_from__lte="2023-11-01")
    user = UserFactory(username=name, full_name=f"Người Thử {name}", password=PASSWORD)
    AppointmentFactory(user=user, unit=unit, role=role)
    return user


def _reviewed(district):
    for year, (poor, near) in POOR.items():
        stage = Stage.PRELIMINARY if year == 2023 else Stage.OFFICIAL
        for commune in Unit.objects.filter(parent=district, valid_to__gt="2023-12-31"):
            PovertyReviewFactory(
                unit=commune, year=year, stage=stage, poor_opening=poor, near_opening=near
            )


@pytest.fixture
def portal(db) -> Portal:
    call_command("load_register", verbosity=0)
    call_command("load_plan", verbosity=0)
    district = Unit.objects.get(code="248")
    _reviewed(district)
    return Portal(
        district=district,
        period=Period.objects.get(code="2023"),
        reporter=_person("tamdao.baocao", Role.REPORTER, "248"),
        leader=_person("tamdao.lanhdao", Role.LEADER, "248"),
        board=_person("ban.thidua", Role.BOARD, "BTDKT"),
        desk=_person("giamngheo", Role.POVERTY_DESK, "SLDTBXH"),
    )
