"""What becomes of the reports: every state in every district, and dates in their order."""

from dataclasses import dataclass, field, fields
from datetime import datetime

import pytest

from config.text import VIETNAM
from reports.demo.fates import (
    FINISHED_DISTRICT,
    SETTLED,
    Course,
    Fate,
    Timing,
    dates_of,
    fates,
)

OPENS = datetime(2023, 11, 24, tzinfo=VIETNAM)
DUE = {
    (2022, "commune"): datetime(2022, 11, 20, 23, 59, 59, tzinfo=VIETNAM),
    (2022, "district"): datetime(2022, 11, 30, 23, 59, 59, tzinfo=VIETNAM),
    (2023, "commune"): datetime(2023, 11, 20, 23, 59, 59, tzinfo=VIETNAM),
    (2023, "district"): datetime(2023, 11, 30, 23, 59, 59, tzinfo=VIETNAM),
}


@dataclass
class Body:
    """As much of a unit as fates ask for."""

    code: str
    kind: str
    parent: "Body | None" = field(default=None)


def district(code="248", communes=9):
    body = Body(code, "district")
    return body, [Body(f"{code}{number:02}", "commune", body) for number in range(communes)]


def test_every_district_has_communes_in_every_state():
    body, communes = district()
    found = {fate.course for fate in fates([body, *communes], 2023).values()}
    assert found >= {
        Course.ACCEPTED, Course.WAITING, Course.RETURNED, Course.SIGNING, Course.HALF, Course.NONE,
    }  # fmt: skip


def test_the_district_that_was_received_has_all_reports_in():
    body, communes = district(FINISHED_DISTRICT)
    found = fates([body, *communes], 2023)
    assert {fate.course for fate in found.values()} <= SETTLED


def test_fates_do_not_depend_on_the_order_of_the_units():
    body, communes = district()
    assert fates([body, *communes], 2023) == fates([*reversed(communes), body], 2023)


@pytest.mark.parametrize("year", [2022, 2023])
@pytest.mark.parametrize("kind", ["commune", "district"])
def test_a_report_is_sent_when_its_fate_says(year, kind):
    unit = Body("246", kind)
    due = DUE[year, kind]
    for course in Course:
        assert dates_of(unit, year, Fate(course)).sent <= due
    if (year, kind) == (2023, "district"):
        return  # their date has not come yet
    assert dates_of(unit, year, Fate(Course.ACCEPTED, Timing.LATE)).sent > due
    excused = dates_of(unit, year, Fate(Course.ACCEPTED, Timing.EXCUSED))
    assert excused.leave <= due < excused.sent <= excused.leave_until


@pytest.mark.parametrize("number", range(12))
def test_dates_follow_one_another_and_end_before_the_demonstration_opens(number):
    unit = Body(f"08{number:03}", "commune")
    for year in (2022, 2023):
        for fate in (Fate(Course.RESENT), Fate(Course.ACCEPTED, Timing.LATE)):
            dates = dates_of(unit, year, fate)
            told = [dates.started, dates.filled, dates.handed_over, dates.sent, dates.read]
            told += [dates.answered, dates.mended] if fate.course == Course.RESENT else []
            told.append(dates.accepted)
            assert told == sorted(told)
            assert all(at.weekday() < 5 for at in told)
            assert max(told) < OPENS


@pytest.mark.parametrize("code", ["VPUBND", "LDLD", "SNNPTNT", "CAT", "249"])
def test_nobody_reads_or_withdraws_before_the_sending(code):
    unit = Body(code, "district" if code == "249" else "department")
    for course in (Course.READ, Course.WITHDRAWN):
        dates = dates_of(unit, 2023, Fate(course))
        assert dates.sent < dates.read < OPENS


def test_every_instant_knows_its_zone():
    dates = dates_of(Body("246", "district"), 2022, Fate(Course.RESENT, Timing.EXCUSED))
    assert all(getattr(dates, f.name).tzinfo is not None for f in fields(dates))
