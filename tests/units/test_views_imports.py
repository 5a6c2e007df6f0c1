"""The pages of the import road: from the choice of a kind to the undo, each for its own people."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse

from config import clock
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, UserFactory, person
from tests.units.plan_road import (
    PlanRoad,
    SecretRoad,
    csv_file,
    registered,
    row,
    xlsx_file,
)
from units.actions import confirm_import, upload_import
from units.imports.kind import kinds
from units.imports.road.presence import SPACE
from units.kinds import Role
from units.models import Import, PovertyPlan

pytestmark = pytest.mark.django_db
YEAR = {"year": 2023}
State = Import.State


@pytest.fixture
def kind(monkeypatch):
    return registered(monkeypatch, PlanRoad())


@pytest.fixture
def communes():
    return [CommuneFactory(code=f"0870{place}") for place in range(4)]


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def mine(client, user):
    client.force_login(user)
    return client


def uploaded(kind, user, *rows, made=csv_file):
    return upload_import(kind, made(*rows), by=user, options=YEAR)


def step(job, name):
    return reverse("imports:step", args=[job.token, name])


def text_of(response):
    return " ".join(response.content.decode().split())


# Choosing


def test_the_first_page_names_the_kinds_one_may_bring_in(kind, mine):
    page = text_of(mine.get(reverse("imports:home")))

    assert kind.title in page
    assert kind.about in page
    assert "Chưa có lần nhập nào" in page


def test_who_has_nothing_to_bring_in_is_told_so(mine, monkeypatch):
    for one in kinds():
        monkeypatch.setattr(type(one), "refusal", lambda self, user, options=None: "Không.")

    assert "không có dữ liệu để nhập" in text_of(mine.get(reverse("imports:home")))


def test_the_navigation_leads_there_whoever_may_bring_anything_in(kind, mine, monkeypatch):
    link = f'href="{reverse("imports:home")}"'
    assert link in mine.get(reverse("campaign:plan")).content.decode()

    for one in kinds():
        monkeypatch.setattr(type(one), "refusal", lambda self, user, options=None: "Không.")
    assert link not in mine.get(reverse("campaign:plan")).content.decode()


def test_a_kind_that_is_not_ones_own_is_closed(kind, mine, monkeypatch):
    monkeypatch.setattr(PlanRoad, "refused", "Việc của phòng khác.")

    response = mine.get(reverse("imports:start", args=[kind.slug]))

    assert response.status_code == 403
    assert "Việc của phòng khác." in response.content.decode()


def test_a_choice_that_is_refused_offers_neither_template_nor_upload(kind, mine):
    page = text_of(mine.get(reverse("imports:start", args=[kind.slug]), {"year": 2090}))

    assert "Năm quá xa." in page
    assert "Tải mẫu" not in page


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_template_comes_back_as_it_went(kind, mine, communes, user, suffix):
    PovertyPlanFactory(unit=communes[0], rate_reduction="0.25", year=2022)

    response = mine.get(reverse("imports:template", args=[kind.slug, suffix]), {"year": 2022})

    content = b"".join(response) if response.streaming else response.content
    file = ContentFile(content, name=f"mau{suffix}")
    job = upload_import(kind, file, by=user, options={"year": 2022})
    assert (job.state, job.counts["same"]) == (State.WAITING, 1)


def test_uploading_leads_to_the_preview(kind, mine, communes):
    data = {"year": 2023, "tep": csv_file(row(communes[0]))}

    response = mine.post(reverse("imports:start", args=[kind.slug]), data)

    job = Import.objects.get()
    assert response.headers["Location"] == job.get_absolute_url()
    assert (job.options, job.name) == ({"year": 2023}, "chi-tieu.csv")


def test_a_refused_file_is_told_at_its_field(kind, mine):
    data = {"year": 2023, "tep": csv_file(name="a.doc")}

    page = text_of(mine.post(reverse("imports:start", args=[kind.slug]), data))

    assert "không phải .xlsx hoặc .csv" in page
    assert not Import.objects.exists()


def test_a_disk_that_is_full_while_the_file_comes_in_is_told_at_its_field(
    kind, mine, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "khong-co")
    data = {"year": 2023, "tep": ContentFile(b"x" * 3_000_000, name="a.csv")}

    response = mine.post(reverse("imports:start", args=[kind.slug]), data)

    assert response.status_code == 200
    assert "hết chỗ" in text_of(response)
    assert not Import.objects.exists()


# Looking


def test_the_preview_shows_old_and_new_and_writes_with_one_button(kind, mine, communes, user):
    PovertyPlanFactory(unit=communes[1], rate_reduction="0.25", basis="cũ")
    job = uploaded(kind, user, row(communes[0]), row(communes[1]))

    page = text_of(mine.get(job.get_absolute_url()))
    assert "Thay đổi (1)" in page
    assert "Chỉ tiêu giảm: 0,25 → <strong>0,5</strong>; Căn cứ: cũ → <strong>QĐ 1</strong>" in page
    assert "Xác nhận ghi 2 dòng" in page

    seen = mine.get(job.get_absolute_url()).context["seen"]
    response = mine.post(step(job, "confirm"), {"seen": seen}, follow=True)
    assert "Đã ghi dữ liệu của tệp." in text_of(response)
    assert PovertyPlan.objects.filter(rate_reduction="0.50").count() == 2


def test_each_list_of_the_difference_can_be_opened(kind, mine, communes, user):
    PovertyPlanFactory(unit=communes[1], rate_reduction="0.50", basis="QĐ 1")
    job = uploaded(kind, user, row(communes[0]), row(communes[1]))

    page = text_of(mine.get(job.get_absolute_url(), {"xem": ".same"}))

    assert communes[1].name in page
    assert communes[0].name not in page.partition("Số dòng theo đơn vị")[0]


def test_errors_come_first_with_cell_and_remedy_and_the_button_says_why_not(
    kind, mine, communes, user
):
    job = uploaded(kind, user, row(communes[0], rate=-1), row(communes[1]), made=xlsx_file)

    page = text_of(mine.get(job.get_absolute_url()))

    assert "Tệp có 1 lỗi, chưa ghi được dòng nào" in page
    assert job.problems.get().address in page
    assert "Tệp còn lỗi; hãy sửa rồi tải lên lại." in page
    assert "Xác nhận ghi 1" not in page


def test_a_hundred_errors_are_shown_and_the_rest_is_counted(kind, mine, communes, user):
    lines = [row(communes[0], code=f"{number:05}") for number in range(120)]
    job = uploaded(kind, user, *lines)

    page = text_of(mine.get(job.get_absolute_url()))

    assert page.count('data-label="Nội dung"') == 100
    assert "Trang này nêu 100 trong 120 chỗ" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_costs_the_same_for_any_number_of_rows(
    kind, mine, communes, user, rows, django_assert_num_queries
):
    for unit in communes[:rows]:
        PovertyPlanFactory(unit=unit, rate_reduction="0.25")
    lines = [row(unit, rate="60") for unit in communes[:rows]]
    job = uploaded(kind, user, *lines)

    with django_assert_num_queries(11):
        response = mine.get(job.get_absolute_url())

    assert len(response.context["lines"].rows) == rows
    assert len(response.context["doubts"]) == rows


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_history_costs_the_same_for_any_number_of_imports(
    kind, mine, communes, user, jobs, django_assert_num_queries
):
    for unit in communes[:jobs]:
        confirm_import(uploaded(kind, user, row(unit)), by=user)

    with django_assert_num_queries(8):
        response = mine.get(reverse("imports:home"))

    assert len(response.context["page"].rows) == jobs


def test_a_concealing_kind_shows_only_what_its_hook_names(monkeypatch, mine, communes, user):
    kind = registered(monkeypatch, SecretRoad())
    job = uploaded(kind, user, row(communes[0], basis="bí mật", name="Tên kín"))

    page = text_of(mine.get(job.get_absolute_url(), {"xem": ".new"}))
    part = text_of(mine.get(job.get_absolute_url(), {"xem": "dem.new"}))

    assert communes[0].code in page
    assert "Tên kín" not in page
    assert "bí mật" not in page + part
    assert "Số căn cứ" in part


# Taking the marked file


def test_the_marked_workbook_of_a_kept_file_is_one_click_away(kind, mine, communes, user):
    job = uploaded(kind, user, row(communes[0], rate=-1), made=xlsx_file)

    response = mine.get(reverse("imports:returned", args=[job.token]))

    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "loi-can-sua" in response.headers["Content-Disposition"]


def test_a_text_file_comes_back_as_a_marked_workbook(kind, mine, communes, user):
    job = uploaded(kind, user, row(communes[0], rate=-1))

    response = mine.get(reverse("imports:returned", args=[job.token]))

    assert b"".join(response).startswith(b"PK")


def test_a_file_that_was_not_kept_is_chosen_again_and_answered_at_once(
    monkeypatch, mine, communes, user
):
    kind = registered(monkeypatch, SecretRoad())
    content = xlsx_file(row(communes[0], rate=-1)).read()
    job = upload_import(kind, ContentFile(content, name="a.xlsx"), by=user, options=YEAR)
    address = reverse("imports:returned", args=[job.token])
    assert "Chọn lại đúng tệp" in text_of(mine.get(address))

    wrong = mine.post(address, {"tep": xlsx_file(row(communes[1]))})
    assert "nội dung khác" in text_of(wrong)
    response = mine.post(address, {"tep": ContentFile(content, name="a.xlsx")})

    assert response.content.startswith(b"PK")
    job.refresh_from_db()
    assert not job.file


# Others


@pytest.mark.parametrize("page", ["detail", "progress", "returned", "source"])
def test_somebody_elses_import_is_not_there(kind, mine, communes, page):
    job = uploaded(kind, UserFactory(), row(communes[0]))

    assert mine.get(reverse(f"imports:{page}", args=[job.token])).status_code == 404
    assert mine.post(step(job, "confirm")).status_code == 404


def test_an_administrator_sees_that_there_was_an_import_and_no_rows(kind, client, communes, user):
    job = uploaded(kind, user, row(communes[0], rate="60"), row(communes[1], basis="Kín 7"))
    client.force_login(person(Role.ADMINISTRATOR, DepartmentFactory()))

    assert job.name in text_of(client.get(reverse("imports:home")))
    page = text_of(client.get(job.get_absolute_url()))

    assert job.sha256 in page
    assert str(user) in page
    assert "Kín 7" not in page
    assert "rất cao" not in page
    assert client.get(reverse("imports:returned", args=[job.token])).status_code == 404
    assert client.get(reverse("imports:source", args=[job.token])).status_code == 404


# Steps


def test_undo_is_offered_with_its_reasons(kind, mine, communes, user, monkeypatch):
    job = confirm_import(uploaded(kind, user, row(communes[0])), by=user)
    monkeypatch.setattr(PlanRoad, "built_upon", ("Đã có báo cáo dùng số liệu này.",))
    assert "Đã có báo cáo dùng số liệu này." in text_of(mine.get(job.get_absolute_url()))

    monkeypatch.setattr(PlanRoad, "built_upon", ())
    response = mine.post(step(job, "undo"), follow=True)

    assert "Đã hoàn tác" in text_of(response)
    assert not PovertyPlan.objects.exists()


def test_cancelling_leads_back_with_a_word(kind, mine, communes, user):
    job = uploaded(kind, user, row(communes[0]))

    response = mine.post(step(job, "cancel"), follow=True)

    assert "Đã hủy; không có dòng nào được ghi." in text_of(response)


def test_an_overtaken_preview_is_shown_anew_with_a_word(kind, mine, communes, user):
    job = uploaded(kind, user, row(communes[0]))
    confirm_import(uploaded(kind, user, row(communes[1])), by=user)

    response = mine.post(step(job, "confirm"), {"seen": "cũ"}, follow=True)

    assert "một tệp khác cùng loại" in text_of(response)
    assert PovertyPlan.objects.count() == 1


def test_a_step_that_is_none_is_not_there(kind, mine, communes, user):
    job = uploaded(kind, user, row(communes[0]))

    assert mine.post(step(job, "xoa")).status_code == 404
    assert mine.get(step(job, "confirm")).status_code == 405


# Every state has its page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": State.FAILED, "failure": "Không đọc được.", "counts": {}}, "Không đọc được."),
        ({"state": State.CANCELLED, "failure": "Quá 24 giờ."}, "Quá 24 giờ."),
        ({"state": State.WAITING, "failure": "Dữ liệu đã thay đổi."}, "Dữ liệu đã thay đổi."),
    ],
)
def test_what_became_of_an_import_is_said(kind, mine, communes, user, fields, words):
    job = uploaded(kind, user, row(communes[0]))
    Import.objects.filter(pk=job.pk).update(**fields)

    assert words in text_of(mine.get(job.get_absolute_url()))


@pytest.fixture
def working(kind, communes, user):
    """An import that a worker is at, a third of the way."""
    job = uploaded(kind, user, row(communes[0]))

    def at(**fields):
        now = clock.now()
        told = {"state": State.WRITING, "done": 40_000, "total": 120_000, "heartbeat": now}
        told["phase_started_at"] = now - timedelta(minutes=1)
        Import.objects.filter(pk=job.pk).update(**told | fields)
        return job

    return at


def test_a_job_that_waits_for_a_worker_says_so(working, mine):
    job = working(heartbeat=None, phase_started_at=clock.now())

    page = text_of(mine.get(job.get_absolute_url()))

    assert "Đang chờ tới lượt xử lý." in page
    assert 'data-progress="' in page


def test_an_interrupted_job_says_when_and_offers_both_ways_on(working, mine, settings):
    settings.IMPORT_HEARTBEAT_SECONDS = 60
    job = working(heartbeat=clock.now() - timedelta(minutes=5))

    page = text_of(mine.get(job.get_absolute_url()))

    assert "Công việc bị ngắt lúc" in page
    assert "Tiếp tục" in page
    assert "Hủy" in page


def test_progress_tells_rows_share_and_time_left(working, mine):
    """On SQLite a fresh heartbeat is a worker; on PostgreSQL it takes its lock."""
    job = working()

    with at_work_elsewhere(job):
        piece = text_of(mine.get(reverse("imports:progress", args=[job.token])))

    assert "40.000 trong 120.000 dòng (33%); còn khoảng 2 phút." in piece
    assert "<html" not in piece


@contextmanager
def at_work_elsewhere(job):
    if connection.vendor != "postgresql":
        yield
        return
    beside = connection.copy()
    with beside.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SPACE + job.pk])
        yield
    beside.close()


def test_progress_of_what_is_over_is_nothing(kind, mine, communes, user):
    job = uploaded(kind, user, row(communes[0]))

    assert mine.get(reverse("imports:progress", args=[job.token])).status_code == 204
