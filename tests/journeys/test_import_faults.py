"""What real processes leave behind when they are killed in the middle, on PostgreSQL.

The writing is held up by a lock on the last row that it has to change, so that it is surely in
the middle when its process dies.
"""

import csv
import io
import re
import resource
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory, PovertyStandardFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from tests.journeys import processes
from tests.journeys.processes import ask, until
from units.actions import cancel_import, confirm_import, resume_import, upload_import, work_on
from units.imports.kind import kind_of
from units.imports.road import waiting as waiting_rows
from units.imports.road.presence import is_interrupted
from units.kinds import Role
from units.models import Import, LogEntry, PovertyPlan, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State = Import.State
YEAR = 2023
ROWS, CHUNK = 250, 100
HEADS = ("nam", "ma", "ten", "chi_tieu", "can_cu")


@pytest.fixture(autouse=True)
def room(monkeypatch):
    """A standard to measure by; rows are written so many at a time, here and in the workers."""
    PovertyStandardFactory()
    monkeypatch.setattr(waiting_rows, "CHUNK", CHUNK)


@pytest.fixture
def desk():
    return person(Role.POVERTY_DESK, DepartmentFactory())


@pytest.fixture
def communes():
    """As many communes as the file has rows; the last one has a plan that the file changes."""
    district = DistrictFactory()
    units = [CommuneFactory.build(code=f"{n:05}", parent=district) for n in range(ROWS)]
    for unit in units:
        unit.fill_keys()
    Unit.objects.bulk_create(units)
    for unit in units:
        unit.path = unit.place()
    Unit.objects.bulk_update(units, ["path"], batch_size=2_000)
    PovertyPlanFactory(unit=units[-1], year=YEAR, rate_reduction="0.10", basis="cũ")
    return units


@pytest.fixture
def file(communes):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows([YEAR, unit.code, unit.name, "0.35", "QĐ 12"] for unit in communes)
    return ContentFile(out.getvalue().encode(), name="chi-tieu.csv")


def never(job):
    """A queue that only the test's own workers work off."""


def large(settings):
    settings.IMPORT_IN_REQUEST_BYTES = 0


@pytest.fixture
def waiting(settings, desk, file):
    """The file read by a worker and waiting to be confirmed."""
    large(settings)
    job = upload_import(
        kind_of("chi-tieu"), file, by=desk, options={"nam": YEAR}, hand_over=work_on
    )
    assert (job.state, job.counts["new"] + job.counts["changed"]) == (State.WAITING, ROWS)
    return job


LAST_PLAN = "SELECT id FROM units_povertyplan WHERE basis = 'cũ' FOR UPDATE"
LAST_ROW = "SELECT id FROM units_importrow ORDER BY id DESC LIMIT 1 FOR UPDATE"


@contextmanager
def held_up(at=LAST_PLAN):
    """Whoever writes comes as far as the last row and no further."""
    with processes.beside() as other, other.cursor() as cursor:
        cursor.execute(at)
        yield


def blocked() -> bool:
    """Whether somebody stands before the lock."""
    return ask(
        "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname = current_database())"
    )


def nobody_writes() -> bool:
    """Whether the server has noticed that a killed process is gone, and taken its work back."""
    return ask(
        "SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE xact_start IS NOT NULL"
        " AND datname = current_database() AND pid <> pg_backend_pid())"
    )


def written() -> int:
    return PovertyPlan.objects.filter(rate_reduction="0.35").count()


def killed_while_writing(job, desk) -> Import:
    confirm_import(job, by=desk, hand_over=never)
    with held_up(), processes.worker(job) as process:
        until(blocked, process)
        done = ask("SELECT done FROM units_import WHERE id = %s", job.pk)
        assert 0 < done < ROWS, "progress is seen from outside while the writing is in the middle"
        processes.kill(process)
    until(nobody_writes)
    job.refresh_from_db()
    return job


def test_a_killed_worker_leaves_nothing_written_and_the_import_goes_on(waiting, desk, client):
    job = killed_while_writing(waiting, desk)
    assert written() == 0
    assert job.state == State.WRITING
    assert is_interrupted(job)
    client.force_login(desk)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "ngắt" in page
    assert "Tiếp tục" in page

    resume_import(job, by=desk, hand_over=never)
    with processes.worker(job) as process:
        process.wait(processes.PATIENCE)
    job.refresh_from_db()
    assert (job.state, written()) == (State.DONE, ROWS)
    assert LogEntry.objects.filter(action="import_file", object_id=job.pk).count() == 1


def test_after_a_killed_worker_the_import_can_be_given_up(waiting, desk):
    job = killed_while_writing(waiting, desk)
    cancel_import(job, by=desk)
    job.refresh_from_db()
    assert (job.state, written()) == (State.CANCELLED, 0)
    assert PovertyPlan.objects.get().basis == "cũ"


def test_a_worker_killed_while_it_makes_an_overtaken_preview_anew_wrote_nothing(waiting, desk):
    PovertyPlan.objects.update(rate_reduction="0.20")
    confirm_import(waiting, by=desk, hand_over=never)
    with held_up(LAST_ROW), processes.worker(waiting) as process:
        until(blocked, process)
        processes.kill(process)
    until(nobody_writes)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.confirmed_at, waiting.done) == (State.WRITING, None, 0)

    resume_import(waiting, by=desk, hand_over=never)
    with processes.worker(waiting) as process:
        process.wait(processes.PATIENCE)
    waiting.refresh_from_db()
    assert (waiting.state, written()) == (State.WAITING, 0)
    assert "đã thay đổi" in waiting.failure
    assert waiting.rows.order_by("number").last().before["rate_reduction"] == "0.2"


def test_a_connection_lost_in_the_middle_leaves_nothing_and_the_writing_can_be_repeated(
    waiting, desk
):
    confirm_import(waiting, by=desk, hand_over=never)
    with held_up(), processes.worker(waiting) as process:
        until(blocked, process)
        ask(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE"
            " wait_event_type = 'Lock' AND datname = current_database()"
        )
        assert process.wait(processes.PATIENCE) != 0, "the worker tells of it by its exit code"
    waiting.refresh_from_db()
    assert (waiting.state, written()) == (State.WRITING, 0)
    assert is_interrupted(waiting)

    work_on(waiting)
    assert (waiting.state, written()) == (State.DONE, ROWS)


def test_of_two_workers_at_once_one_writes(waiting, desk):
    confirm_import(waiting, by=desk, hand_over=never)
    with processes.worker(waiting) as first:
        with held_up():
            until(blocked, first)
            with processes.worker(waiting) as second:
                assert second.wait(processes.PATIENCE) == 0, "it finds nothing to do"
            assert (first.poll(), written()) == (None, 0)
        assert first.wait(processes.PATIENCE) == 0
    waiting.refresh_from_db()
    assert (waiting.state, written()) == (State.DONE, ROWS)
    assert LogEntry.objects.filter(action="import_file", object_id=waiting.pk).count() == 1


# The web process


class Browser:
    """A signed-in visitor of a real server, by plain requests."""

    def __init__(self, address, client):
        self.address = address
        self.cookies = {"sessionid": client.cookies["sessionid"].value}

    def get(self, path) -> str:
        return self._open(Request(self.address + path))

    def post(self, path, page, **fields) -> str:
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        sent = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._open(Request(self.address + path, sent))

    def _open(self, request) -> str:
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request.add_header("Cookie", told)
        with urlopen(request, timeout=processes.PATIENCE) as response:
            for cookie in response.headers.get_all("Set-Cookie", ()):
                name, value = cookie.split(";")[0].split("=", 1)
                self.cookies[name] = value
            return response.read().decode()


@pytest.fixture
def small(settings, desk, communes):
    """A page-sized file: the last three communes, the last of them with a plan to change."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows([YEAR, unit.code, unit.name, "0.35", "QĐ 12"] for unit in communes[-3:])
    file = ContentFile(out.getvalue().encode(), name="chi-tieu.csv")
    return upload_import(kind_of("chi-tieu"), file, by=desk, options={"nam": YEAR})


def test_a_web_process_killed_in_the_middle_of_a_confirmation_wrote_nothing(small, desk, client):
    client.force_login(desk)
    path = small.get_absolute_url()
    confirm = reverse("imports:step", args=[small.token, "confirm"])
    with held_up(), processes.web() as (server, address):
        browser = Browser(address, client)
        page = browser.get(path)
        seen = re.search('name="seen" value="([^"]*)"', page)[1]
        sending = threading.Thread(target=_send, args=(browser, confirm, page, seen))
        sending.start()
        until(blocked, server)
        processes.kill(server)
        sending.join()
    until(nobody_writes)
    small.refresh_from_db()
    assert (small.state, written()) == (State.WAITING, 0)

    with processes.web() as (_, address):
        browser = Browser(address, client)
        page = browser.get(path)
        browser.post(confirm, page, seen=seen)
    small.refresh_from_db()
    assert (small.state, written()) == (State.DONE, 3)


def _send(browser, confirm, page, seen):
    with suppress(OSError):
        browser.post(confirm, page, seen=seen)


# The disk


@contextmanager
def disk_of(bytes_left):
    """No file of this process grows beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_while_uploading_is_told_and_leaves_no_trace(settings, desk, file, tmp_path):
    large(settings)
    with disk_of(10_000), pytest.raises(RuleViolation, match="hết chỗ"):
        upload_import(kind_of("chi-tieu"), file, by=desk, options={"nam": YEAR})
    assert not Import.objects.exists()
    left = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert left == []


def test_a_full_disk_while_the_browser_still_sends_is_told_on_the_page(
    settings, desk, file, client
):
    client.force_login(desk)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    address = reverse("imports:start", args=["chi-tieu"])
    with disk_of(10_000):
        page = client.post(address, {"nam": YEAR, "tep": file}).content.decode()
    assert "hết chỗ" in page
    assert not Import.objects.exists()
