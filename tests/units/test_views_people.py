"""The pages on which leaders manage the people of their units."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.imports import ImportFactory
from tests.factories.reports import started
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    VillageFactory,
    person,
)
from tests.tables import xlsx_rows
from units.kinds import Role
from units.models import Appointment, Import, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def commune():
    return CommuneFactory(name="Xã Đại Đình")


@pytest.fixture
def leader(client, commune):
    user = person(Role.LEADER, commune, full_name="Trần Lãnh Đạo", username="lanhdao")
    client.force_login(user)
    return user


def page(name, *args, **query):
    return reverse(f"units:{name}", args=args, query=query)


def fields(**changes):
    given = {
        "full_name": "Lê Thị Mới",
        "username": "moi",
        "role": Role.REPORTER,
        "starts": "20/11/2023",
    }
    return {**given, **changes}


# The list


def test_the_page_tells_who_holds_what_and_when_they_were_last_in(client, leader, commune):
    reporter = person(Role.REPORTER, commune, full_name="Lê Văn An", position="Công chức")
    person(Role.REPORTER, commune, full_name="Vũ Đã Nghỉ", ends=date(2023, 1, 1))
    person(Role.REPORTER, commune, full_name="Đỗ Bị Khóa", is_active=False)

    shown = client.get(page("people", commune.pk))

    for words in ("Lê Văn An", "Công chức", "chưa đăng nhập lần nào", "bị khóa", "Trước đây (1)"):
        assertContains(shown, words)
    assertContains(shown, "Vũ Đã Nghỉ: Người lập báo cáo, từ 01/01/2021 đến trước 01/01/2023")
    assertContains(shown, page("people_end", commune.pk, reporter.appointments.get().pk))
    assertContains(shown, "Đăng nhập gần nhất")


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([], "chỉ còn một người làm được việc của đơn vị (Trần Lãnh Đạo)"),
        ([Role.REPORTER], ""),
    ],
)
def test_a_unit_with_one_editor_left_is_warned_of(client, leader, commune, others, words):
    for role in others:
        person(role, commune)

    pages = [client.get(page("people", commune.pk)), client.get(reverse("reports:home"))]

    for shown in pages:
        if words:
            assertContains(shown, words)
        else:
            assertNotContains(shown, "chỉ còn một người")


def test_a_unit_with_nobody_or_without_leader_is_warned_of(client, commune):
    client.force_login(person(Role.LEADER, commune.parent))

    assertContains(client.get(page("people", commune.pk)), "chưa có ai lập hoặc ký báo cáo")
    person(Role.REPORTER, commune)
    assertContains(client.get(page("people", commune.pk)), "chưa có lãnh đạo ký báo cáo")


def test_sign_ins_are_told_on_the_clock_of_the_portal(client, leader, commune, settings):
    settings.CLOCK_SHIFT_DAYS = -1096
    when = datetime(2026, 11, 19, 1, tzinfo=UTC)
    person(Role.REPORTER, commune, last_login=when)

    assertContains(client.get(page("people", commune.pk)), "08:00 ngày 19/11/2023")


def test_roles_above_the_own_are_shown_without_deeds(client):
    office = DepartmentFactory()
    board = person(Role.BOARD, office, full_name="Phạm Thi Đua")
    client.force_login(person(Role.LEADER, office))

    shown = client.get(page("people", office.pk))

    assertContains(shown, "Phạm Thi Đua")
    assertNotContains(shown, page("people_end", office.pk, board.appointments.get().pk))


def test_the_page_costs_the_same_for_any_number_of_people(client, leader, commune):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(page("people", commune.pk))
        return len(queries)

    person(Role.REPORTER, commune)
    cost()
    one = cost()
    for _ in range(2):
        person(Role.REPORTER, commune)

    assert cost() == one <= 12


def test_the_people_can_be_taken_away(client, leader, commune):
    rows = xlsx_rows(client.get(page("people_download", commune.pk, ".xlsx")))

    assert [(row["Họ và tên"], row["Vai trò"], row["Tên đăng nhập"]) for row in rows] == [
        ("Trần Lãnh Đạo", "Lãnh đạo đơn vị", "lanhdao")
    ]


def test_the_page_of_the_unit_and_the_list_lead_there(client, leader, commune):
    assertContains(client.get(commune.get_absolute_url()), page("people", commune.pk))
    assertContains(client.get(reverse("units:list")), page("people_thin"))
    client.force_login(person(Role.REPORTER, commune))
    assertNotContains(client.get(commune.get_absolute_url()), page("people", commune.pk))


NAMES = ["people_give", "people_open"]
SEAT_NAMES = ["people_end", "people_hand_over"]


def test_the_neighbours_people_are_404(client, leader, commune):
    other = CommuneFactory(parent=commune.parent)
    seat = person(Role.REPORTER, other).appointments.get()

    for unit in (other, commune.parent):
        for name in ("people", *NAMES):
            assert client.get(page(name, unit.pk)).status_code == 404
    for name in SEAT_NAMES:
        assert client.get(page(name, other.pk, seat.pk)).status_code == 404
        assert client.get(page(name, commune.pk, seat.pk)).status_code == 404
    assert client.post(page("people_renew", commune.pk, seat.pk)).status_code == 404
    assert client.get(page("people_download", other.pk, ".csv")).status_code == 404


# Units that lack people


def test_units_below_with_less_than_two_are_listed(client, commune):
    district = commune.parent
    client.force_login(person(Role.LEADER, district))
    one, enough = CommuneFactory(parent=district), CommuneFactory(parent=district)
    for unit, number in ((one, 1), (enough, 2)):
        for _ in range(number):
            person(Role.REPORTER, unit)
    alone = VillageFactory(parent=commune)
    person(Role.REPORTER, alone)
    EnterpriseFactory(parent=commune), CommuneFactory()

    shown = client.get(page("people_thin"))

    found = {unit: unit.editors for unit in shown.context["page"]}
    assert found == {commune: 0, one: 1, alone: 1}
    assertContains(client.get(reverse("reports:home")), "3 đơn vị bên dưới")


def test_an_administrator_sees_the_whole_register(client, commune):
    client.force_login(person(Role.ADMINISTRATOR, DepartmentFactory()))

    shown = client.get(page("people_thin"))

    assert {commune, commune.parent} <= set(shown.context["page"])
    assert commune.parent.parent not in shown.context["page"]


def test_the_list_of_those_units_can_be_taken_away(client, commune):
    client.force_login(person(Role.LEADER, commune.parent))

    rows = xlsx_rows(client.get(page("people_thin_download", ".xlsx")))

    assert [row["Mã"] for row in rows] == [commune.code]


# Giving a role


def test_a_role_is_given_to_an_account_found_by_its_exact_name(client, leader, commune):
    user = person(
        Role.REPORTER, commune, ends=date(2022, 1, 1),
        username="an.le", full_name="Lê Văn An", email="an@example.vn",
    )  # fmt: skip

    for words in ("AN.LE", " an@example.vn "):
        assertContains(client.get(page("people_give", commune.pk, tk=words)), "Lê Văn An")
    response = client.post(
        page("people_give", commune.pk, tk="an.le"),
        {"role": Role.REPORTER, "starts": "20/11/2023", "basis": "QĐ 1"},
    )

    assertRedirects(response, page("people", commune.pk))
    seat = user.appointments.get(ends=None)
    assert (seat.unit, seat.role, seat.starts, seat.basis) == (
        commune, Role.REPORTER, date(2023, 11, 20), "QĐ 1",
    )  # fmt: skip


@pytest.mark.parametrize("words", ["an", "an.l", "example.vn", "%", "Lê Văn An", ""])
def test_nobody_browses_accounts(client, leader, commune, words):
    person(Role.REPORTER, commune, username="an.le", full_name="Lê Văn An", email="an@example.vn")

    shown = client.get(page("people_give", commune.pk, tk=words))

    assert shown.context["account"] is None
    assertNotContains(shown, "an.le")


@pytest.mark.parametrize("name", ["people_give", "people_hand_over"])
def test_accounts_elsewhere_and_unknown_ones_are_answered_alike(client, leader, commune, name):
    office = DepartmentFactory(parent=commune.parent.parent)
    person(Role.BOARD, office, username="bimat", full_name="Lê Bí Mật", email="mat@example.vn")
    at = [commune.pk, *([leader.appointments.get().pk] if name == "people_hand_over" else [])]

    for words in ("bimat", "mat@example.vn", "khong.co", "khong@example.vn"):
        shown = client.get(page(name, *at, tk=words))
        assertContains(shown, "Không có tài khoản trong phạm vi của bạn")
        assertNotContains(shown, "Bí Mật")
        assert shown.context["account"] is None


def test_an_administrator_finds_every_account(client, commune):
    client.force_login(person(Role.ADMINISTRATOR, DepartmentFactory()))
    person(Role.REPORTER, DistrictFactory(), full_name="Lê Văn An", email="an@example.vn")

    assertContains(client.get(page("people_give", commune.pk, tk="an@example.vn")), "Lê Văn An")
    nobody = client.get(page("people_give", commune.pk, tk="khong.co"))
    assertContains(nobody, "Không có tài khoản nào đúng tên đăng nhập")


def test_a_leader_above_does_not_seat_himself_among_households(client, commune):
    above = person(Role.LEADER, commune.parent, username="cap.tren")
    client.force_login(above)

    for unit in (commune, VillageFactory(parent=commune)):
        refused = client.post(
            page("people_give", unit.pk, tk="cap.tren"),
            {"role": Role.REPORTER, "starts": "20/11/2023"},
        )
        assertContains(refused, "Không ai tự giao vai trò cho mình")
    assert above.appointments.count() == 1


def test_an_address_of_several_names_nobody(client, leader, commune):
    for _ in range(2):
        person(Role.REPORTER, commune, email="chung@example.vn")

    shown = client.get(page("people_give", commune.pk, tk="chung@example.vn"))

    assertContains(shown, "Nhiều tài khoản dùng địa chỉ thư này.")


def test_only_roles_that_may_be_given_are_offered(client, leader, commune):
    person(Role.REPORTER, commune, ends=date(2022, 1, 1), username="an")
    url = page("people_give", commune.pk, tk="an")

    offered = [value for value, _ in client.get(url).context["form"].fields["role"].choices]
    assert offered == [Role.REPORTER, Role.LEADER]
    client.post(url, {"role": Role.BOARD, "starts": "20/11/2023"})
    assert Appointment.objects.count() == 2
    client.force_login(person(Role.ADMINISTRATOR, DepartmentFactory()))
    office = DepartmentFactory()
    shown = client.get(page("people_give", office.pk, tk="an"))
    assert len(shown.context["form"].fields["role"].choices) == len(Role)


# New accounts


def test_a_new_account_without_address_gets_a_password_shown_once(client, leader, commune):
    shown = client.post(page("people_open", commune.pk), fields())

    user = User.objects.get(username="moi")
    password = shown.context["password"]
    assertContains(shown, password)
    assert user.check_password(password)
    assert shown["Cache-Control"] == "private, no-store"
    assertNotContains(client.get(page("people", commune.pk)), password)
    again = client.post(page("people_open", commune.pk), fields())
    assert list(again.context["form"].errors) == ["username"]


def test_a_new_account_with_address_gets_a_mail(
    client, leader, commune, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            page("people_open", commune.pk), fields(email="moi@example.vn"), follow=True
        )

    assertContains(response, "Đã gửi thư tới moi@example.vn")
    assert "http://testserver/tai-khoan/" in mailoutbox[0].body


def test_a_first_password_is_given_anew(client, leader, commune):
    client.post(page("people_open", commune.pk), fields())
    user = User.objects.get(username="moi")
    seat = user.appointments.get()

    shown = client.post(page("people_renew", commune.pk, seat.pk))

    user.refresh_from_db()
    assert user.check_password(shown.context["password"])
    own = leader.appointments.get()
    refused = client.post(page("people_renew", commune.pk, own.pk), follow=True)
    assertContains(refused, "chỉ quản trị hệ thống mới cấp lại được mật khẩu")


# Ending and handing over


def test_a_role_is_ended_and_the_last_leader_is_not(client, leader, commune):
    reporter = person(Role.REPORTER, commune).appointments.get()
    own = leader.appointments.get()

    client.post(page("people_end", commune.pk, reporter.pk), {"ends": "01/12/2023"})
    refused = client.post(page("people_end", commune.pk, own.pk), {"ends": "01/12/2023"})

    reporter.refresh_from_db()
    assert reporter.ends == date(2023, 12, 1)
    assertContains(refused, "không còn lãnh đạo nào để ký báo cáo")


def test_handing_over_tells_what_is_in_hand_and_then_does_it(client):
    case = started()
    leader, unit = case.leader, case.report.unit
    client.force_login(leader)
    own = {"xa": CommuneFactory(parent=unit).pk}
    waiting = {"uploaded_by": leader, "state": Import.State.WAITING}
    ImportFactory(**waiting, name="ho-ngheo.xlsx", options=own)
    ImportFactory(**waiting, name="ten-nguoi.xlsx", options={"xa": CommuneFactory().pk})
    ImportFactory(**waiting, name="tai-khoan.xlsx", options={"tu": "2023-11-20"})
    ImportFactory(uploaded_by=leader, name="da-xong.xlsx", state=Import.State.CANCELLED)
    heir = person(
        Role.REPORTER, unit, ends=date(2022, 1, 1), username="kenhiem", full_name="Lê Kế Nhiệm"
    )
    seat = leader.appointments.get()
    url = page("people_hand_over", unit.pk, seat.pk, tk="kenhiem")

    shown = client.get(url)
    assertContains(shown, f"{case.report.period.title}: đang soạn")
    assertContains(shown, case.report.get_absolute_url())
    assertContains(shown, "Tệp “ho-ngheo.xlsx” chờ xác nhận")
    assertContains(shown, "2 tệp khác của người này chưa xong")
    for name in ("ten-nguoi.xlsx", "tai-khoan.xlsx", "da-xong.xlsx"):
        assertNotContains(shown, name)
    assertContains(shown, "Lê Kế Nhiệm")
    response = client.post(url, {"seats": [seat.pk], "day": "01/12/2023", "basis": "QĐ 2"})

    assertRedirects(response, page("people", unit.pk))
    seat.refresh_from_db()
    assert seat.ends == date(2023, 12, 1)
    assert heir.appointments.get(ends=None).starts == date(2023, 12, 1)


def test_only_roles_of_the_unit_are_handed_over(client, leader, commune):
    elsewhere = AppointmentFactory(user=leader, unit=DistrictFactory(), role=Role.LEADER)
    person(Role.REPORTER, commune, username="kenhiem")
    url = page("people_hand_over", commune.pk, leader.appointments.first().pk, tk="kenhiem")

    response = client.post(url, {"seats": [elsewhere.pk], "day": "01/12/2023"})

    assert list(response.context["form"].errors) == ["seats"]
    assert not Appointment.objects.exclude(ends=None).exists()
