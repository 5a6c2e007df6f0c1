"""Against a hand at the database itself: what is frozen or only grows is refused by a trigger."""

import pytest
from django.db import DatabaseError, transaction

from reports.models import ReportStep, Summary, Version
from tests.factories.reports import sent
from tests.factories.summaries import drafted, frozen

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def test_the_snapshot_of_a_frozen_summary_does_not_change():
    summary = frozen()

    refused(lambda: Summary.objects.filter(pk=summary.pk).update(snapshot={"poor": 0}))
    refused(lambda: Summary.objects.filter(pk=summary.pk).update(sha256="0" * 64))

    kept = Summary.objects.get(pk=summary.pk)
    assert (kept.snapshot, kept.sha256) == (summary.snapshot, summary.sha256)


def test_a_draft_is_still_written():
    summary = drafted()

    Summary.objects.filter(pk=summary.pk).update(snapshot={"poor": 0})

    assert Summary.objects.get(pk=summary.pk).snapshot == {"poor": 0}


def test_versions_and_steps_are_not_rewritten():
    case = sent()

    refused(lambda: Version.objects.filter(report=case.report).update(sha256="0" * 64))
    refused(lambda: ReportStep.objects.filter(report=case.report).update(note="khác"))
