"""What the portal promises never to change is refused by the database itself."""

import pytest
from django.db import Error, connection, transaction

from config import clock
from reports import actions
from reports.models import Remark, ReportStep, Version
from tests.factories.reports import WORKDAY, sent
from units.models import LogEntry

pytestmark = pytest.mark.django_db
GROWING = [LogEntry, ReportStep, Remark, Version]


@pytest.fixture(autouse=True)
def _trail():
    """A report that was sent and returned with a request: a row in each of the tables."""
    case = sent()
    asked = [("section", "chi-dao", "Công tác chỉ đạo", "Ghi số văn bản.")]
    with clock.frozen(WORKDAY):
        actions.take_step(case.report, "return", by=case.board, remarks=asked)


@pytest.mark.parametrize("model", GROWING)
def test_a_row_that_stands_is_not_changed(model):
    with pytest.raises(Error, match=f"append-only: {model._meta.db_table}"), transaction.atomic():
        model.objects.update(id=0)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite guards changes alone")
@pytest.mark.parametrize("model", GROWING)
def test_a_row_that_stands_is_not_removed(model):
    table = connection.ops.quote_name(model._meta.db_table)
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # our own name
