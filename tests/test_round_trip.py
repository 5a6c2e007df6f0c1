"""Export and import meet: what is taken away and brought back changes nothing, for every kind."""

from datetime import date
from typing import NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import Honour
from config import clock, downloads
from tests.factories.awards import AwardFormFactory, HonourFactory
from tests.factories.campaign import instant, reporting_year
from tests.factories.contributions import ContributionFactory
from tests.factories.households import HouseholdFactory, two_communes
from tests.factories.poverty import PovertyPlanFactory, PovertyReviewFactory, both_standards
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    EnterpriseFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from tests.tables import content_of
from units.actions import upload_import
from units.imports.kind import kinds
from units.kinds import Role
from units.models import Import, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield


@pytest.fixture
def year():
    return reporting_year(2023)


class Scene(NamedTuple):
    """Who takes away and brings back, with which options, and how many rows there are."""

    user: User
    options: dict
    rows: int


def _villages(year):
    for parent in CommuneFactory.create_batch(2):
        VillageFactory(parent=parent)
    return Scene(person(Role.ADMINISTRATOR, year.board), {"tu": "2023-11-24"}, 2)


def _enterprises(year):
    for code in ("2500123456", "2500123457"):
        EnterpriseFactory(code=code, subtype="hợp tác xã")
    return Scene(person(Role.ADMINISTRATOR, year.board), {"tu": "2023-11-24"}, 2)


def _accounts(year):
    district = DistrictFactory()
    user = person(Role.LEADER, district)
    person(Role.REPORTER, district)
    return Scene(user, {"tu": "2023-11-24"}, 2)


def _households(year):
    both_standards()
    (commune, villages), _ = two_communes()
    statuses = {2021: "N", 2022: "CN", 2023: "MTN"}
    for number, village in enumerate(villages[:2], start=1):
        code = f"{commune.code}{number:05}"
        HouseholdFactory(code=code, unit=village, statuses=statuses)
    return Scene(person(Role.LEADER, commune), {"xa": commune.pk}, 2)


def _reviews(year):
    both_standards()
    PovertyReviewFactory.create_batch(2, poor_escaped=3)
    return Scene(person(Role.POVERTY_DESK, year.board), {"nam": 2023, "muc": "official"}, 2)


def _statements(year):
    both_standards()
    commune = CommuneFactory()
    PovertyTallyFactory(unit=VillageFactory(parent=commune))
    PovertyTallyFactory(unit=commune)
    return Scene(person(Role.POVERTY_DESK, year.board), {}, 2)


def _plans(year):
    both_standards()
    PovertyPlanFactory.create_batch(2, year=2023)
    return Scene(person(Role.POVERTY_DESK, year.board), {"nam": 2023}, 2)


def _changes(year):
    SuccessionFactory(predecessor__valid_to=date(2023, 1, 1))
    return Scene(person(Role.ADMINISTRATOR, year.board), {}, 1)


def _contributions(year):
    ContributionFactory.create_batch(2, amount=12_345_678_901)
    return Scene(person(Role.BOARD, year.board), {}, 2)


def _honours(year):
    form = AwardFormFactory(campaign=year.campaign)
    for kind in (Honour.Recipient.COLLECTIVE, Honour.Recipient.HOUSEHOLD):
        HonourFactory(form=form, recipient=kind, name="Tên “lạ”, số 2; 2021", period_from=2021,
                      period_to=2022)  # fmt: skip
    return Scene(person(Role.BOARD, year.board), {}, 2)


SCENES = {
    "chi-tieu": _plans,
    "doanh-nghiep": _enterprises,
    "dong-gop": _contributions,
    "ho": _households,
    "khen-thuong": _honours,
    "ra-soat": _reviews,
    "sap-xep": _changes,
    "so-lieu": _statements,
    "tai-khoan": _accounts,
    "thon": _villages,
}
"""Something on file for each kind of the road."""


def test_every_kind_goes_there_and_back():
    assert {kind.slug for kind in kinds()} == set(SCENES)


@pytest.mark.parametrize("suffix", downloads.SUFFIXES)
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.slug)
def test_what_is_taken_away_and_brought_back_changes_nothing(kind, suffix, year):
    user, options, rows = SCENES[kind.slug](year)
    definition = kind.definition(options)
    taken = downloads.table(definition, kind.rows(options, user), name="di va ve", suffix=suffix)
    file = SimpleUploadedFile(f"di-va-ve{suffix}", content_of(taken))

    job = upload_import(kind, file, by=user, options=options)

    told = [(p.address, p.rule, p.message) for p in job.problems.filter(blocking=True)]
    assert told == []
    counts = {name: job.counts.get(name, 0) for name in ("new", "changed", "removed", "faulty")}
    assert counts == {"new": 0, "changed": 0, "removed": 0, "faulty": 0}
    assert (job.state, job.counts["same"]) == (Import.State.WAITING, rows)
