"""Standards, review files and balanced review rows; plans.

A review balances by itself: closing follows from opening and the movements, so that a test
states only what it is about (``PovertyReviewFactory(poor_opening=20, poor_escaped=8)``).
"""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from config.text import VIETNAM
from tests.factories.imports import ImportFactory
from tests.factories.units import CommuneFactory, DistrictFactory, ProvinceFactory
from units.models import Import, PovertyPlan, PovertyReview, PovertyStandard
from units.models.poverty import Area, Stage
from units.poverty.standards import shipped_standards, standard_for


class PovertyStandardFactory(DjangoModelFactory):
    """The standard of 2022; building it again gives the one on file."""

    class Meta:
        model = PovertyStandard
        django_get_or_create = ("code",)

    code = "2022-2025"
    name = "Chuẩn nghèo đa chiều giai đoạn 2022-2025"
    first_year = 2022
    last_year = 2026
    basis = "Nghị định số 07/2021/NĐ-CP"


class ReviewFileFactory(ImportFactory):
    """A file of the review that was confirmed; what it wrote stands on its own in tests."""

    class Params:
        year = 2023
        stage = Stage.OFFICIAL

    kind = "ra-soat"
    options = factory.LazyAttribute(lambda file: {"nam": file.year, "muc": str(file.stage)})
    name = "ra-soat.xlsx"
    state = Import.State.DONE
    uploaded_at = datetime(2023, 12, 20, 8, tzinfo=VIETNAM)
    confirmed_at = factory.SelfAttribute("uploaded_at")
    finished_at = factory.SelfAttribute("uploaded_at")
    counts = {"new": 1, "changed": 0, "same": 0, "removed": 0}


def _closing(prefix):
    """The closing figure that makes the row balance."""
    plus, minus = ("opening", "relapsed", "arisen", "adjustment"), ("escaped",)

    def closing(review):
        come = sum(getattr(review, f"{prefix}_{name}") for name in plus)
        return come - sum(getattr(review, f"{prefix}_{name}") for name in minus)

    return factory.LazyAttribute(closing)


class PovertyReviewFactory(DjangoModelFactory):
    class Meta:
        model = PovertyReview

    unit = factory.SubFactory(CommuneFactory)
    year = 2023
    stage = Stage.OFFICIAL
    area = Area.RURAL
    standard = factory.LazyAttribute(
        lambda review: standard_for(review.year) or PovertyStandardFactory()
    )
    households = 1000
    ethnic_households = 0
    poor_opening = 20
    poor_opening_ethnic = 0
    poor_escaped = 0
    poor_relapsed = 0
    poor_arisen = 0
    poor_adjustment = 0
    poor_closing = _closing("poor")
    poor_closing_ethnic = 0
    poor_unable = 0
    near_opening = 30
    near_opening_ethnic = 0
    near_escaped = 0
    near_relapsed = 0
    near_arisen = 0
    near_adjustment = 0
    near_closing = _closing("near")
    near_closing_ethnic = 0
    source = factory.SubFactory(
        ReviewFileFactory,
        year=factory.SelfAttribute("..year"),
        stage=factory.SelfAttribute("..stage"),
    )


class PovertyPlanFactory(DjangoModelFactory):
    class Meta:
        model = PovertyPlan

    unit = factory.SubFactory(CommuneFactory)
    year = 2023
    rate_reduction = "0.30"
    basis = "Quyết định giao chỉ tiêu thử nghiệm"


def both_standards():
    """The standards the portal ships, as ``load_standards`` brings them in."""
    return [PovertyStandard.objects.create(**row) for row in shipped_standards()]


def two_districts(communes: int = 2):
    """A province with two districts of so many communes each, in alphabetical order."""
    province = ProvinceFactory(code="26", short_name="Vĩnh Phúc", valid_to=date(2025, 7, 1))
    found = []
    for number, name in enumerate(("Lập Thạch", "Yên Lạc")):
        district = DistrictFactory(
            code=f"24{number}", short_name=name, parent=province, valid_to=date(2025, 7, 1)
        )
        names = [f"Xã {letter}" for letter in "ABCDEF"[:communes]]
        rows = [CommuneFactory(short_name=name, parent=district) for name in names]
        found.append((district, rows))
    return province, found
