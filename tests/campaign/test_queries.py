"""Questions to the calendar and the duties, on the shipped plan and on small scenes."""

from datetime import date

import pytest

from campaign import queries
from campaign.models import Campaign, Duty
from tests.factories.campaign import (
    CampaignFactory,
    DeadlineFactory,
    DutyFactory,
    ExtensionFactory,
    PeriodFactory,
    instant,
    reporting_year,
)
from tests.factories.plan import standing
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from units.kinds import Kind, Role, Tier
from units.models import Unit

pytestmark = pytest.mark.django_db
Duties = Duty.Kind


@pytest.fixture(scope="module", autouse=True)
def _plan(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield


@pytest.fixture
def campaign():
    return Campaign.objects.get()


def unit_of(code, day):
    return Unit.objects.as_of(day).select_related("parent").get(code=code)


# Duties


@pytest.mark.parametrize(
    ("kind", "day", "code", "since"),
    [
        (Duties.POVERTY_LEAD, date(2022, 6, 28), None, None),
        (Duties.POVERTY_LEAD, date(2022, 6, 29), "SLDTBXH", date(2021, 1, 1)),
        (Duties.POVERTY_LEAD, date(2025, 2, 28), "SLDTBXH", date(2021, 1, 1)),
        (Duties.POVERTY_LEAD, date(2025, 3, 1), "SNNMT", date(2025, 3, 1)),
        (Duties.POVERTY_LEAD, date(2025, 6, 30), "SNNMT", date(2025, 3, 1)),
        (Duties.POVERTY_LEAD, date(2025, 7, 1), "SNNMT", date(2025, 7, 1)),
        (Duties.INTERIM_LEAD, date(2023, 12, 31), "SLDTBXH", date(2021, 1, 1)),
        (Duties.FINAL_LEAD, date(2025, 12, 31), "BTDKT", date(2025, 7, 1)),
        (Duties.PUBLICITY, date(2025, 2, 28), "STTTT", date(2021, 1, 1)),
        (Duties.PUBLICITY, date(2025, 3, 1), "SVHTTDL", date(2021, 1, 1)),
        (Duties.RECEIVES_REPORTS, date(2025, 2, 28), "BTDKT", date(2021, 1, 1)),
        (Duties.RECEIVES_REPORTS, date(2025, 3, 1), "BTDKT", date(2025, 3, 1)),
    ],
)
def test_a_duty_is_held_by_the_body_of_the_day(kind, day, code, since, campaign):
    holder = queries.duty_holder(campaign, kind, day)

    assert (holder and (holder.code, holder.valid_from)) == (code and (code, since))


def test_of_several_holders_the_first_one_leads():
    campaign = CampaignFactory()
    DutyFactory(campaign=campaign, starts=date(2023, 1, 1))
    first = DutyFactory(campaign=campaign, starts=date(2022, 1, 1))

    assert queries.duty_holder(campaign, Duties.RECEIVES_REPORTS, date(2023, 6, 1)) == first.unit


def test_a_duty_of_another_campaign_does_not_count():
    DutyFactory()

    assert queries.duty_holder(CampaignFactory(), Duties.RECEIVES_REPORTS, date(2023, 6, 1)) is None


def test_every_duty_is_listed_held_or_not(campaign, django_assert_num_queries):
    with django_assert_num_queries(1):
        before = queries.duties_on(campaign, date(2022, 1, 1))
        assert [row.kind for row in before] == list(Duties)
    after = queries.duties_on(campaign, date(2025, 3, 1))

    assert all(row.holders == [] and len(row.history) == 3 for row in before)
    assert [len(row.holders) for row in after] == [1] * 8


# Who receives


@pytest.mark.parametrize(
    ("code", "day", "receiver"),
    [
        ("SYT", date(2023, 11, 30), "BTDKT"),
        ("246", date(2023, 11, 30), "BTDKT"),
        ("08866", date(2023, 11, 30), "246"),
        ("246", date(2025, 6, 30), "BTDKT"),
        ("08866", date(2025, 6, 30), "246"),
        ("SYT", date(2025, 7, 1), "BTDKT"),
        ("08866", date(2025, 7, 1), "BTDKT"),
    ],
)
def test_communes_report_to_the_district_while_there_is_one(code, day, receiver, campaign):
    unit = unit_of(code, day)

    found = queries.receiver_of(unit, campaign, day)

    assert found.code == receiver
    assert found.exists_on(day)
    assert found.path.split("/")[0] == unit.path.split("/")[0]


def test_villages_and_enterprises_report_to_the_unit_they_sit_under(campaign):
    commune, department = CommuneFactory(), DepartmentFactory()
    pairs = ((Kind.VILLAGE, commune), (Kind.ENTERPRISE, commune), (Kind.ENTERPRISE, department))
    for kind, parent in pairs:
        unit = Unit(kind=kind, parent=parent)
        assert queries.receiver_of(unit, campaign, date(2023, 11, 30)) == parent


def test_every_unit_of_every_year_has_a_receiver(campaign):
    for period in queries.asking_periods(campaign):
        day = period.reference_date
        units = Unit.objects.as_of(day).exclude(kind=Kind.PROVINCE).select_related("parent")
        assert all(queries.receiver_of(unit, campaign, day) for unit in units)


# The plan and its calendar


def test_the_newest_campaign_is_the_present_one(campaign):
    assert queries.current_campaign() == campaign

    newer = CampaignFactory(starts=date(2026, 1, 1), ends=date(2030, 12, 31))

    assert queries.current_campaign() == newer


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2021, 6, 1), "2022"),
        (date(2022, 1, 1), "2022"),
        (date(2023, 12, 31), "2023"),
        (date(2024, 1, 1), "2024"),
        (date(2027, 1, 1), "2025"),
    ],
)
def test_the_period_of_a_day(day, code, campaign):
    assert queries.period_at(queries.asking_periods(campaign), day).code == code


def test_no_period_without_a_plan():
    assert queries.period_at([], date(2023, 1, 1)) is None


def test_periods_come_with_their_deadlines_in_the_order_of_the_tiers(
    campaign, django_assert_num_queries
):
    with django_assert_num_queries(2):
        periods = queries.periods_of(campaign)

    assert [period.code for period in periods] == [
        "2022", "interim-2023", "2023", "2024", "final-2025", "2025",
    ]  # fmt: skip
    assert [row.tier for row in periods[0].dates] == list(Tier.REPORTING)
    assert [row.tier for row in periods[-1].dates] == [
        Tier.DEPARTMENT, Tier.COMMUNE, Tier.VILLAGE, Tier.ENTERPRISE,
    ]  # fmt: skip
    asking = {period.code for period in queries.asking_periods(campaign)}
    assert asking == {"2022", "2023", "2024", "2025"}


def test_the_calendar_joins_tiers_that_share_a_moment(campaign):
    years = queries.calendar(queries.periods_of(campaign), date(2023, 11, 24))

    assert [(year.year, year.is_open) for year in years] == [
        (2022, False), (2023, True), (2024, False), (2025, False),
    ]  # fmt: skip
    assert [(entry.at, entry.label, len(entry.tiers)) for entry in years[1].entries] == [
        (instant(2023, 11, 10, 23, 59, 59), "Hạn nộp báo cáo năm 2023", 1),
        (instant(2023, 11, 20, 23, 59, 59), "Hạn nộp báo cáo năm 2023", 2),
        (instant(2023, 11, 30, 23, 59, 59), "Hạn nộp báo cáo năm 2023", 2),
        (instant(2023, 12, 31, 23, 59, 59), "Khóa sổ báo cáo năm 2023", 5),
    ]
    assert [period.code for period in years[1].reviews] == ["interim-2023"]


def test_the_page_of_the_plan_costs_the_same_whatever_it_holds(campaign, django_assert_num_queries):
    with django_assert_num_queries(6):
        page = queries.plan_page(campaign, date(2023, 11, 24))

    assert [stage for _, stage in page.phases] == ["past", "present", "present", "future"]
    sizes = [len(part) for part in (page.goals, page.participants, page.contents, page.solutions)]
    assert sizes == [4, 9, 7, 4]
    assert [part.title for part in page.further] == ["Hình thức khen thưởng"]


# Deadlines and leave


def test_closed_periods_stand_behind(campaign, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = queries.deadlines_by_period(campaign, instant(2024, 1, 1))

    assert [(each.period.code, each.is_closed) for each in found] == [
        ("2024", False), ("2025", False), ("2022", True), ("2023", True),
    ]  # fmt: skip
    assert [row.extensions for row in found[0].rows] == [0] * 5


@pytest.mark.parametrize("rows", [1, 3])
def test_leave_is_counted_and_listed_in_a_fixed_number_of_queries(rows, django_assert_num_queries):
    deadline = DeadlineFactory()
    campaign = deadline.period.campaign
    made = ExtensionFactory.create_batch(rows, deadline=deadline)
    board = person(Role.BOARD, campaign.province)
    board.seats()

    with django_assert_num_queries(1):
        found = list(queries.extensions_for(board, campaign))
        names = [(str(leave.unit.parent), leave.deadline.period.title) for leave in found]

    assert (len(names), set(found)) == (rows, set(made))
    (each,) = queries.deadlines_by_period(campaign, instant(2023, 1, 1))
    assert each.rows[0].extensions == rows


def test_leave_is_found_by_period_and_by_the_units_name_without_marks():
    year = reporting_year(2023)
    other = PeriodFactory(campaign=year.campaign, year=2024)
    board = person(Role.BOARD, year.board)
    deadline = year.deadlines[Tier.DISTRICT]
    wanted = ExtensionFactory(deadline=deadline, unit__short_name="Sông Lô", unit__code="H253")
    ExtensionFactory(deadline=deadline, unit__short_name="Bình Xuyên")
    ExtensionFactory(deadline=DeadlineFactory(period=other))

    def found(**asked):
        return list(queries.extensions_for(board, year.campaign, **asked))

    assert len(found()) == 3
    assert len(found(period=year.period)) == 2
    assert found(words="song lo") == found(words="h253") == [wanted]


def test_only_units_that_owe_a_report_of_the_period_are_offered():
    year = reporting_year(2023)
    board = person(Role.BOARD, year.board)
    district = DistrictFactory(parent=year.province, short_name="Ước Zinh")
    DistrictFactory(parent=year.province, short_name="Ước Zưa", valid_to=date(2023, 1, 1))
    year.deadlines[Tier.COMMUNE].delete()
    CommuneFactory(parent=district, short_name="Ước Zỏ")

    assert list(queries.units_to_extend(board, year.period, "uoc z")) == [district]
