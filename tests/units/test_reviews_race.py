"""Two people or two clicks at once: races that only PostgreSQL can run."""

import pytest
from django.db import connection

from config.workflow import RuleViolation
from tests.factories.poverty import both_standards, two_districts
from tests.factories.units import person
from tests.parallel import at_once
from tests.units.review_workbooks import filled, read
from units.actions import confirm_import
from units.kinds import Role
from units.models import LogEntry, PovertyReview

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in"),
]


@pytest.fixture
def desks(stop_clock):
    both_standards()
    province, _ = two_districts()
    stop_clock(2023, 12, 20, 8)
    return [person(Role.POVERTY_DESK, province) for _ in range(2)]


def test_a_double_click_writes_once(desks):
    file = read(filled(), by=desks[0])

    def confirm():
        return confirm_import(file, by=desks[0])

    found = at_once(confirm, confirm)

    assert sorted(isinstance(result, RuleViolation) for result in found) == [False, True]
    assert PovertyReview.objects.count() == 4
    assert LogEntry.objects.filter(action="import_file").count() == 1


def test_of_two_files_at_once_one_is_written_whole_and_the_other_told(desks):
    files = [read(filled({"households": 990 + place}), by=desk) for place, desk in enumerate(desks)]

    found = at_once(
        *(
            lambda file=file, desk=desk: confirm_import(file, by=desk)
            for file, desk in zip(files, desks, strict=True)
        )
    )

    written = [place for place, result in enumerate(found) if result == files[place]]
    assert len(written) == 1
    assert PovertyReview.objects.count() == 4
    changed = PovertyReview.objects.get(households__lt=1000)
    assert (changed.source, changed.households) == (files[written[0]], 990 + written[0])
