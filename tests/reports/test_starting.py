"""Opening a report: who may, for which unit, and that the receiver owes itself none."""

import pytest

from config.workflow import RuleViolation
from reports import actions
from reports.queries.expected import expected_units
from reports.queries.tasks import tasks_for
from tests.factories.campaign import instant, reporting_year
from tests.factories.reports import WORKDAY, laid_out
from tests.factories.units import DepartmentFactory, DistrictFactory, person
from units.kinds import Role, Tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(stop_clock):
    stop_clock(2023, 11, 20, 9)
    year = reporting_year(2023)
    laid_out(year, Tier.DEPARTMENT)
    laid_out(year, Tier.DISTRICT)
    return year


def test_the_unit_that_receives_the_reports_of_the_province_owes_none_itself(year):
    other = DepartmentFactory(parent=year.province)
    reporter = person(Role.REPORTER, year.board)

    assert list(expected_units(year.period)) == [other]
    assert tasks_for(reporter, year.campaign, WORKDAY) == []
    with pytest.raises(RuleViolation, match="không gửi báo cáo cho chính mình"):
        actions.start_report(year.board, year.period, by=reporter)


def test_a_stranger_to_the_unit_does_not_open_its_report(year):
    unit = DistrictFactory(parent=year.province)

    with pytest.raises(RuleViolation, match="Chỉ người lập báo cáo hoặc lãnh đạo"):
        actions.start_report(unit, year.period, by=person(Role.LEADER, year.board))


def test_a_unit_that_does_not_exist_on_the_day_of_the_register_owes_no_report(year):
    unit = DistrictFactory(parent=year.province, valid_to="2023-12-01")

    with pytest.raises(RuleViolation, match="không có trong danh sách đơn vị ngày 31/12/2023"):
        actions.start_report(unit.__class__.objects.get(pk=unit.pk), year.period, by=person(
            Role.REPORTER, unit
        ))  # fmt: skip


def test_a_tier_without_a_deadline_owes_no_report(year):
    year.deadlines[Tier.DISTRICT].delete()
    unit = DistrictFactory(parent=year.province)

    with pytest.raises(RuleViolation, match="không yêu cầu báo cáo"):
        actions.start_report(unit, year.period, by=person(Role.REPORTER, unit))


def test_what_is_due_is_told_with_its_instant(year):
    unit = DistrictFactory(parent=year.province)

    task = tasks_for(person(Role.REPORTER, unit), year.campaign, WORKDAY)[0]

    assert (task.kind, task.due) == ("start", instant(2023, 11, 30, 23, 59, 59))
