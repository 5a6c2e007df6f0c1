"""``manage.py import_file``: the same road without a browser, told in lines, with an exit code."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.units import CommuneFactory, UserFactory
from tests.units.plan_road import PlanRoad, csv_file, registered, row
from units.imports.road import waiting
from units.models import Import, PovertyPlan

pytestmark = pytest.mark.django_db(transaction=True)
State = Import.State


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    return registered(monkeypatch, PlanRoad())


@pytest.fixture
def communes():
    return [CommuneFactory(code=f"0870{place}") for place in range(3)]


@pytest.fixture
def path(tmp_path):
    def write(*rows):
        found = tmp_path / "chi-tieu.csv"
        found.write_bytes(csv_file(*rows).read())
        return found

    return write


def run(*args, **options):
    out = StringIO()
    call_command("import_file", *args, stdout=out, **options)
    return out.getvalue()


def test_a_file_is_looked_at_and_then_written_by_its_token(communes, path):
    told = run("chi-tieu-thu", path(*map(row, communes)), option=["year=2023"])

    job = Import.objects.get()
    assert f"chờ xác nhận (mã {job.token})" in told
    assert "mới 3; thay đổi 0" in told
    assert not PovertyPlan.objects.exists()
    assert "đã ghi" in run(write=str(job.token))
    assert PovertyPlan.objects.count() == 3
    assert "đã hoàn tác" in run(undo=str(job.token))
    assert not PovertyPlan.objects.exists()


def test_a_large_file_tells_its_progress_in_one_go(communes, path, settings, monkeypatch):
    settings.IMPORT_IN_REQUEST_BYTES = 0
    monkeypatch.setattr(waiting, "CHUNK", 2)
    user = UserFactory()

    told = run("chi-tieu-thu", path(*map(row, communes)), by=user.username, confirm=True)

    assert "2/3 (66%)" in told
    assert "3/3 (100%)" in told
    job = Import.objects.get()
    assert (job.state, job.uploaded_by, PovertyPlan.objects.count()) == (State.DONE, user, 3)


def test_errors_are_lines_and_an_exit_code(communes, path):
    out = StringIO()
    with pytest.raises(CommandError, match="Tệp có 1 lỗi"):
        call_command("import_file", "chi-tieu-thu", path(row(communes[0], rate=-1)), stdout=out)

    assert "dòng 2 (Chỉ tiêu giảm):" in out.getvalue()


@pytest.mark.parametrize(
    ("args", "options", "words"),
    [
        ((), {}, "chi-tieu-thu: Chỉ tiêu thử nghiệm"),
        (("chi-tieu-thu", "khong-co.csv"), {}, "Không mở được tệp"),
        (("chi-tieu-thu", "khong-co.csv"), {"by": "ai"}, "Không có tài khoản “ai”"),
        (("chi-tieu-thu", "a.csv"), {"option": ["year=x"]}, "year: "),
        ((), {"undo": "khong-co"}, "Không có lần nhập mã khong-co"),
    ],
)
def test_what_cannot_be_done_is_said(args, options, words):
    with pytest.raises(CommandError, match=words):
        run(*args, **options)


def test_a_file_waiting_for_its_worker_is_carried_through(communes, path, settings):
    run("chi-tieu-thu", path(*map(row, communes)))
    job = Import.objects.get()
    job.confirmed_at = job.uploaded_at = job.phase_started_at = job.uploaded_at.replace(year=2020)
    job.state = State.WRITING
    job.save()

    assert "đã ghi" in run(resume=str(job.token))
    assert PovertyPlan.objects.count() == 3


def test_what_nobody_confirmed_is_purged(communes, path):
    run("chi-tieu-thu", path(*map(row, communes)))
    Import.objects.update(uploaded_at=Import.objects.get().uploaded_at.replace(year=2020))

    assert "Đã hủy 1 lần nhập" in run(purge=True)
    assert Import.objects.get().state == State.CANCELLED
