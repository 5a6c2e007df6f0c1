"""Whether it is still time: instants, by the second, whatever zone the server lives in."""

from datetime import UTC, datetime

import pytest

from campaign.rules import deadline_of, extended_until, not_after
from tests.factories.campaign import DeadlineFactory, ExtensionFactory, PeriodFactory, instant
from tests.factories.units import DistrictFactory
from units.kinds import Tier

DUE = instant(2023, 11, 30, 23, 59, 59)


@pytest.mark.parametrize(
    ("now", "in_time"),
    [
        (datetime(2023, 11, 30, 16, 59, 58, tzinfo=UTC), True),
        (datetime(2023, 11, 30, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2023, 11, 30, 16, 59, 59, 900_000, tzinfo=UTC), True),
        (datetime(2023, 11, 30, 17, 0, 0, tzinfo=UTC), False),
        (datetime(2023, 11, 30, 23, 59, 59, tzinfo=UTC), False),
        (instant(2023, 11, 30, 23, 59, 59, 999_999), True),
        (instant(2023, 12, 1), False),
    ],
)
def test_before_december_means_the_last_second_of_november_in_viet_nam(now, in_time):
    assert not_after(now, DUE) is in_time


def test_without_a_limit_it_is_never_in_time():
    assert not_after(DUE, None) is False


@pytest.mark.django_db
def test_the_latest_leave_counts_and_only_that_of_the_unit():
    deadline, unit = DeadlineFactory(), DistrictFactory()
    ExtensionFactory(deadline=deadline, unit=unit, until=instant(2023, 12, 9))
    ExtensionFactory(deadline=deadline, unit=unit, until=instant(2023, 12, 5))
    ExtensionFactory(deadline=deadline, until=instant(2023, 12, 20))
    ExtensionFactory(unit=unit, until=instant(2024, 12, 9), deadline__period__year=2024)

    assert extended_until(deadline, unit) == instant(2023, 12, 9)
    assert extended_until(deadline, DistrictFactory()) is None


@pytest.mark.django_db
def test_a_tier_without_a_deadline_owes_no_report():
    deadline = DeadlineFactory(tier=Tier.DISTRICT)

    assert deadline_of(deadline.period, Tier.DISTRICT) == deadline
    assert deadline_of(deadline.period, Tier.VILLAGE) is None
    assert deadline_of(PeriodFactory(), Tier.DISTRICT) is None
