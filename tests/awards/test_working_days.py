"""Working days: weekends, holidays and the Saturdays that are worked in exchange."""

from datetime import date

import pytest

from awards.loading import load
from awards.models import DayOff
from awards.working_days import count_working_days, working_days
from tests.factories.awards import DayOffFactory
from tests.factories.campaign import CampaignFactory

pytestmark = pytest.mark.django_db
FRIDAY = date(2024, 4, 26)


@pytest.fixture
def shipped():
    load(CampaignFactory())


def test_the_six_years_of_the_campaign_and_after_are_shipped_with_their_source(shipped):
    days = DayOff.objects.filter(working=False)

    assert {day.date.year for day in days} == set(range(2021, 2027))
    assert all("Bộ luật Lao động 2019, Điều 112" in day.source for day in days)
    worked = DayOff.objects.filter(working=True).values_list("date", flat=True)
    assert list(worked) == [date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)]


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2024, 5, 2)),  # 29 April was exchanged for 4 May
        (FRIDAY, 3, date(2024, 5, 4)),
        (FRIDAY, 4, date(2024, 5, 6)),
        (date(2025, 1, 24), 1, date(2025, 2, 3)),  # Tết
        (date(2023, 11, 20), 10, date(2023, 12, 4)),
    ],
)
def test_days_are_counted_from_the_next_one(shipped, start, number, end):
    assert working_days(start, number) == end
    assert count_working_days(start, end) == number


def test_without_known_holidays_only_the_week_counts():
    assert working_days(FRIDAY, 1) == date(2024, 4, 29)
    DayOffFactory(date=date(2024, 4, 29))

    assert working_days(FRIDAY, 1) == date(2024, 4, 30)
    assert count_working_days(FRIDAY, FRIDAY) == 0
