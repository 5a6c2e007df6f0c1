"""Two people freeze or begin at once: only PostgreSQL lets both in."""

import pytest
from django.db import connection

from config.workflow import RuleViolation
from reports.actions import summaries as actions
from reports.models import Summary, SummaryFile
from tests.factories.summaries import scene, written
from tests.parallel import at_once
from units.models import LogEntry

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in"),
]


@pytest.fixture
def place(stop_clock):
    stop_clock(2023, 12, 28, 9)
    return scene(districts=1, communes=1)


def test_a_summary_is_frozen_once(place):
    summary = written(place)

    found = at_once(*[lambda: actions.freeze_summary(summary, by=place.desk)] * 3)

    refused = [result for result in found if isinstance(result, RuleViolation)]
    assert len(refused) == 2
    assert SummaryFile.objects.count() == 3
    assert LogEntry.objects.filter(action="freeze_summary").count() == 1


def test_a_draft_is_opened_once(place):
    found = at_once(*[lambda: actions.start_summary(place.interim, by=place.desk)] * 3)

    assert {summary.pk for summary in found} == {Summary.objects.get().pk}
