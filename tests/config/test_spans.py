"""At any time a code means one unit and a role is held once: the database refuses all else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from criteria.models import BlockMember
from tests.factories.criteria import BlockFactory
from tests.factories.poverty import PovertyStandardFactory
from tests.factories.units import AppointmentFactory, CommuneFactory, UserFactory
from units.models import Appointment, Unit

pytestmark = pytest.mark.django_db
START, MIDDLE, END = date(2022, 1, 1), date(2023, 7, 1), date(2025, 1, 1)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((START, END), (MIDDLE, None)),
        ((START, None), (MIDDLE, END)),
        ((MIDDLE, END), (START, None)),
        ((START, END), (START, MIDDLE)),
    ],
)
def test_a_code_never_means_two_units_at_a_time(first, second):
    commune = CommuneFactory(code="08707", valid_from=first[0], valid_to=first[1])

    def make():
        CommuneFactory(
            code="08707", valid_from=second[0], valid_to=second[1], parent=commune.parent
        )

    refused(make)


def test_a_code_may_mean_another_unit_from_the_first_day_without_the_old_one():
    old = CommuneFactory(code="08707", valid_to=MIDDLE)
    new = CommuneFactory(code="08707", valid_from=MIDDLE, parent=old.parent)

    assert Unit.objects.filter(code="08707").count() == 2
    refused(lambda: Unit.objects.filter(pk=old.pk).update(valid_to=END))
    Unit.objects.filter(pk=new.pk).update(name="Xã khác")


def test_a_role_is_not_held_twice_at_a_time():
    seat = AppointmentFactory(starts=START, ends=END)
    again = {"user": seat.user, "unit": seat.unit}

    refused(lambda: AppointmentFactory(**again, starts=MIDDLE, ends=date(2026, 1, 1)))
    AppointmentFactory(**again, starts=MIDDLE, role="leader")
    AppointmentFactory(unit=seat.unit, user=UserFactory(), starts=MIDDLE)
    AppointmentFactory(**again, starts=END)

    assert Appointment.objects.count() == 4


def test_a_unit_is_in_one_block_at_a_time():
    member = BlockMember.objects.create(
        block=BlockFactory(), unit=CommuneFactory(), starts=START, ends=END
    )

    refused(
        lambda: BlockMember.objects.create(block=BlockFactory(), unit=member.unit, starts=MIDDLE)
    )


def test_a_year_is_measured_by_one_standard():
    PovertyStandardFactory(code="a", first_year=2022, last_year=2026)
    PovertyStandardFactory(code="b", first_year=2027, last_year=2030)

    refused(lambda: PovertyStandardFactory(code="c", first_year=2026, last_year=2026))
