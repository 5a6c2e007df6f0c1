"""Two at once: real transactions on PostgreSQL (SQLite writes one after the other anyway)."""

import pytest
from django.db import connection

from config.workflow import RuleViolation
from reports import actions
from reports.models import Report, Section
from tests.factories.reports import filled, sent, started
from tests.parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refused(results):
    return [result for result in results if isinstance(result, RuleViolation)]


@pytest.fixture(autouse=True)
def _noon(stop_clock):
    stop_clock(2023, 11, 21, 12)
    assert connection.vendor == "postgresql"


def test_two_clicks_on_send_make_one_version():
    case = filled()

    results = at_once(
        *[lambda: actions.take_step(case.report, "send", by=case.leader) for _ in range(4)]
    )

    assert len(refused(results)) == 3
    assert case.report.versions.count() == 1
    assert case.report.steps.filter(name="send").count() == 1


def test_two_clicks_on_start_make_one_report():
    case = started()
    Report.objects.filter(pk=case.report.pk).delete()
    case.report.checklist.delete()

    results = at_once(
        *[
            lambda: actions.start_report(case.unit, case.year.period, by=case.reporter)
            for _ in range(3)
        ]
    )

    assert refused(results) == []
    assert Report.objects.count() == 1
    assert Section.objects.count() == 1


def test_receiving_and_returning_at_once_does_one_of_them():
    case = sent()

    results = at_once(
        lambda: actions.take_step(case.report, "accept", by=case.board),
        lambda: actions.take_step(case.report, "return", by=case.board, note="Sửa."),
    )

    assert len(refused(results)) == 1
    assert case.report.steps.filter(name__in=("accept", "return")).count() == 1


def test_withdrawing_and_opening_at_once_never_reads_a_withdrawn_report():
    case = sent()

    at_once(
        lambda: actions.take_step(case.report, "withdraw", by=case.leader),
        lambda: actions.mark_read(case.report, by=case.board),
    )

    report = case.anew().report
    assert (report.state == "draft") == (report.read_at is None)


def test_two_tabs_saving_one_section_keep_one_text():
    case = started()

    def save(text):
        return lambda: actions.save_section(
            case.report, "chi-dao", text, by=case.reporter, revision=0
        )

    results = at_once(save("Thẻ một"), save("Thẻ hai"))

    assert len(refused(results)) == 1
    assert Section.objects.get(report=case.report).revision == 1
