"""Working days: Monday to Friday without public holidays, with the Saturdays worked in exchange.

Bộ luật Lao động 2019 Đ112, and the days that the Government swaps each year (``DayOff``). Of
years that no holidays are known of, only the weekends count.
"""

from datetime import date, timedelta

from awards.models import DayOff

SATURDAY = 5
LONGEST_REST = 30
"""More days than any holidays last: within them a working day is found."""


def working_days(start: date, number: int) -> date:
    """The last of ``number`` working days that begin on the day after ``start``."""
    day, ahead = start, start + timedelta(days=2 * number + LONGEST_REST)
    departures = _departures(start, ahead)
    while number:
        day += timedelta(days=1)
        number -= _is_working(day, departures)
    return day


def count_working_days(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to ``end``, that day included."""
    departures = _departures(start, end)
    span = range(1, (end - start).days + 1)
    return sum(_is_working(start + timedelta(days=each), departures) for each in span)


def days_between(first: date, last: date, departures: dict[date, bool]) -> int:
    """How many working days lie from the first to the last, both included; without a query."""
    span = range((last - first).days + 1)
    return sum(_is_working(first + timedelta(days=each), departures) for each in span)


def latest_start(day: date, number: int) -> date:
    """The last day after which ``number`` whole working days pass before ``day``."""
    departures = _departures(day - timedelta(days=2 * number + LONGEST_REST), day)
    while number:
        day -= timedelta(days=1)
        number -= _is_working(day, departures)
    return day - timedelta(days=1)


def _departures(start: date, end: date) -> dict[date, bool]:
    """The days that are not as the week has them: whether each is worked."""
    return dict(DayOff.objects.filter(date__gt=start, date__lte=end).values_list("date", "working"))


def _is_working(day: date, departures: dict[date, bool]) -> bool:
    return departures.get(day, day.weekday() < SATURDAY)
