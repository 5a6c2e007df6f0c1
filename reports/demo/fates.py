"""What becomes of each unit's report in each year, and when.

2022 is over: nearly everything was received, a few reports came late, a few with leave, and some
never. 2023 stands at the morning of 24 November: units before 1 December are still at work, the
communes' own date (20 November) has passed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from config.text import VIETNAM
from reports.demo.dice import Dice, dice
from units.kinds import Kind
from units.models import Unit

TODAY = date(2023, 11, 24)
"""The day on which the demonstration opens; everything lies before it."""
LAST_DAY = TODAY - timedelta(days=1)


class Course(StrEnum):
    """How far a report comes."""

    NONE = "none"
    STARTED = "started"
    HALF = "half"
    COMPLETE = "complete"
    SIGNING = "signing"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    READ = "read"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    RESENT = "resent"


SENT = {Course.WAITING, Course.READ, Course.RETURNED, Course.ACCEPTED, Course.RESENT}
SETTLED = {Course.ACCEPTED, Course.RESENT}


class Timing(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    EXCUSED = "excused"


@dataclass(frozen=True)
class Fate:
    """How far, and whether in time, late, or late with leave."""

    course: Course
    timing: Timing = Timing.ON_TIME


ACCEPTED, LATE, EXCUSED = (
    Fate(Course.ACCEPTED),
    Fate(Course.ACCEPTED, Timing.LATE),
    Fate(Course.ACCEPTED, Timing.EXCUSED),
)
NAMED = {
    2022: {
        "252 KBNN SNGV": LATE,
        "253 CAT": EXCUSED,
        "246 SXD SKHCN": Fate(Course.RESENT),
        "CTTGTDT": Fate(Course.HALF),
        "BTGTU": Fate(Course.NONE),
    },
    2023: {
        "243 NHCSXH UBMTTQ HLHPN HND BDT STP SYT BHXH TD": ACCEPTED,
        "SGDDT": Fate(Course.RESENT),
        "251 STC SCT CTK KBNN BVP HCCB": Fate(Course.WAITING),
        "249 LDLD SNNPTNT CAT": Fate(Course.READ),
        "246 SXD SVHTTDL": Fate(Course.RETURNED),
        "244 SLDTBXH STTTT SKHCN BCHQS": Fate(Course.SIGNING),
        "248 STNMT": Fate(Course.COMPLETE),
        "VPUBND": Fate(Course.WITHDRAWN),
        "252 247 SNV SGTVT SKHDT BQLKCN TTT DPTTH": Fate(Course.HALF),
        "SNGV TAND VKSND": Fate(Course.STARTED),
        "253 CTHADS VPDBQHHDND CTTGTDT BTGTU": Fate(Course.NONE),
    },
}
"""Departments and districts by their codes; those not named are received in time."""

FINISHED_DISTRICT = "243"
"""The district whose own report of 2023 was received: all of its communes' reports are in."""
EACH_DISTRICT = (
    ACCEPTED,
    Fate(Course.WAITING),
    Fate(Course.RETURNED),
    Fate(Course.SIGNING),
    Fate(Course.HALF),
    LATE,
    Fate(Course.WAITING, Timing.LATE),
    Fate(Course.NONE),
)
"""What every district has at least one commune of in 2023."""
OTHERS = {
    2022: (ACCEPTED,) * 15 + (Fate(Course.RESENT),) * 2 + (LATE, EXCUSED),
    2023: (ACCEPTED,) * 12
    + (Fate(Course.RESENT), Fate(Course.READ), Fate(Course.READ), Fate(Course.WAITING))
    + (Fate(Course.COMPLETE), Fate(Course.HALF, Timing.EXCUSED))
    + (Fate(Course.WAITING, Timing.EXCUSED),),
}
NEVER_SENT_2022 = {"08836": Course.NONE, "09082": Course.HALF}
"""Communes that owe their report of 2022 to this day."""


def fates(units: Iterable[Unit], year: int) -> dict[str, Fate]:
    """Unit code → fate, for all units that owe a report of the year."""
    named = {code: fate for codes, fate in NAMED[year].items() for code in codes.split()}
    found, communes = {}, {}
    for unit in sorted(units, key=lambda unit: unit.code):
        if unit.kind == Kind.COMMUNE:
            communes.setdefault(unit.parent.code, []).append(unit.code)
        else:
            found[unit.code] = named.get(unit.code, ACCEPTED)
    for district, codes in communes.items():
        found |= _of_communes(district, codes, year)
    return found


def _of_communes(district: str, codes: Sequence[str], year: int) -> dict[str, Fate]:
    luck = dice("fates", district, year)
    sure = EACH_DISTRICT if year == TODAY.year and district != FINISHED_DISTRICT else ()
    others = OTHERS[year]
    if year == TODAY.year and district == FINISHED_DISTRICT:
        others = [fate for fate in others if fate.course in SETTLED]
    drawn = [*sure, *(luck.choice(others) for _ in codes)][: len(codes)]
    luck.shuffle(drawn)
    found = dict(zip(codes, drawn, strict=True))
    if year < TODAY.year:
        found |= {code: Fate(NEVER_SENT_2022[code]) for code in codes if code in NEVER_SENT_2022}
    return found


# When


@dataclass(frozen=True)
class Dates:
    """The instants of one report's life; those it does not reach are None."""

    started: datetime
    filled: datetime
    leave: datetime | None = None
    leave_until: datetime | None = None
    handed_over: datetime | None = None
    sent: datetime | None = None
    read: datetime | None = None
    answered: datetime | None = None
    mended: datetime | None = None
    accepted: datetime | None = None


FIRST_START = {2022: date(2022, 11, 4), 2023: date(2023, 11, 6)}
"""Reports are opened after the first figures of the review are in."""
WINDOWS = {
    # (year, communes?) → on time, late, with leave: first and last day of sending
    (2022, True): ((8, 18), (22, 30), (21, 25)),
    (2022, False): ((14, 30), (35, 44), (31, 36)),
    (2023, True): ((14, 20), (21, 23), (21, 23)),
    (2023, False): ((15, 23), None, None),
}
EARLY = {True: (8, 13), False: (9, 15)}
"""In 2023 what has been answered by now was sent early."""


def dates_of(unit: Unit, year: int, fate: Fate) -> Dates:
    """When the unit did what; a working day and an office hour each, never after yesterday."""
    luck = dice("dates", unit.code, year)
    sent = _sending_day(unit, year, fate, luck)
    started = max(FIRST_START[year], _workday(sent - timedelta(days=luck.randint(3, 8))))
    found = Dates(_at(started, 8, luck), _at(started, 14, luck))
    if fate.timing == Timing.EXCUSED:
        leave, until = _leave(unit, year)
        found = replace(found, leave=leave, leave_until=until)
    hour = luck.choice((8, 9, 10, 13, 14, 15))
    handed_over = _at(_before(sent, started), 16, luck)
    found = replace(found, handed_over=handed_over, sent=_at(sent, hour, luck))
    return replace(found, **_after(sent, fate, luck))


def _sending_day(unit: Unit, year: int, fate: Fate, luck: Dice) -> date:
    commune = unit.kind == Kind.COMMUNE
    windows = dict(zip(Timing, WINDOWS[year, commune], strict=True))
    first, last = windows[fate.timing]
    answered = fate.course in SETTLED or fate.course == Course.RETURNED
    if year == TODAY.year and fate.timing == Timing.ON_TIME and answered:
        first, last = EARLY[commune]
    elif year == TODAY.year and fate.course in SETTLED:
        last = first
    elif year == TODAY.year and fate.course in (Course.READ, Course.WITHDRAWN):
        last = min(last, 21)  # a day is left for what came after
    start = date(year, 11, 1) - timedelta(days=1)
    days = [start + timedelta(days=day) for day in range(first, last + 1)]
    return luck.choice([day for day in days if day.weekday() < 5])


def _after(sent: date, fate: Fate, luck: Dice) -> dict[str, datetime]:
    """What the receiver did, and the unit after it."""
    read = _next_workday(sent)
    answered = _next_workday(read, luck.randint(0, 1))
    mended = _next_workday(answered)
    found = {"read": _at(read, 8, luck), "answered": _at(answered, 14, luck)}
    found |= {"mended": _at(mended, 9, luck)}
    accepted = _next_workday(mended) if fate.course == Course.RESENT else answered
    return found | {"accepted": _at(accepted, 15, luck)}


def _leave(unit: Unit, year: int) -> tuple[datetime, datetime]:
    """When leave was given, and until when: within a week after the tier's own date."""
    if unit.kind == Kind.COMMUNE:
        given, until = date(year, 11, 17), date(year, 11, 28)
    else:
        given, until = date(year, 11, 25), date(year, 12, 9)
    return (
        datetime.combine(given, time(10, 15), VIETNAM),
        datetime.combine(until, time(23, 59, 59), VIETNAM),
    )


def _at(day: date, hour: int, luck: Dice) -> datetime:
    """An instant of the day within 50 minutes after the hour."""
    return datetime.combine(day, time(hour, luck.randint(0, 50), luck.randint(0, 59)), VIETNAM)


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _next_workday(day: date, count: int = 1) -> date:
    for _ in range(count):
        day += timedelta(days=7 - day.weekday() if day.weekday() >= 4 else 1)
    return min(day, LAST_DAY)


def _before(day: date, earliest: date) -> date:
    return max(earliest, _workday(day - timedelta(days=1)))
