"""Accounts and roles by file: who may give what, what is told of whom, the way back."""

import csv
import io
from datetime import date

import pytest
from django.core.files.base import ContentFile

from config.workflow import RuleViolation
from tests.factories.reorganising import done, merge
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    UserFactory,
    person,
)
from units.actions import confirm_import, end_appointment, undo_import, upload_import
from units.imports.kind import kind_of
from units.imports.users import Users
from units.kinds import Role
from units.models import Appointment, Import, LogEntry, User

pytestmark = pytest.mark.django_db
HEADS = ("ten_dang_nhap", "ho_ten", "chuc_vu", "thu_dien_tu", "vai_tro", "ma_don_vi", "tu_ngay",
         "can_cu")  # fmt: skip
OPTIONS = {"tu": "2023-11-20"}
REPORTER, LEADER = Role.REPORTER.label, Role.LEADER.label


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def commune():
    return CommuneFactory(code="08707")


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


@pytest.fixture
def leader(commune):
    return person(Role.LEADER, commune)


def row(username="moi", name="Lê Thị Mới", role=REPORTER, unit="08707", **more):
    told = [more.get(key, "") for key in ("position", "email", "starts", "basis")]
    return username, name, told[0], told[1], role, unit, told[2], told[3]


def upload(*rows, by):
    out = io.StringIO()
    csv.writer(out).writerows([HEADS, *rows])
    file = ContentFile(out.getvalue().encode(), name="tai-khoan.csv")
    return upload_import(Users(), file, by=by, options=OPTIONS)


def brought_in(*rows, by):
    job = upload(*rows, by=by)
    assert job.state == Import.State.WAITING, list(job.problems.all())
    return confirm_import(job, by=by)


def colleague(unit, **fields):
    """Somebody known to the leaders of the unit, who holds no role any more."""
    return person(Role.REPORTER, unit, ends=date(2022, 1, 1), **fields)


def faults(job):
    return {(found.label, found.rule) for found in job.problems.filter(blocking=True)}


def test_new_accounts_come_in_with_their_roles(
    commune, leader, mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.CSRF_TRUSTED_ORIGINS = ["https://cong.example.vn"]
    rows = [
        row(position="Công chức", email="moi@example.vn", starts="01/12/2023", basis="QĐ 1"),
        row(role=LEADER, name=""),
        row("khac", "Vũ Văn Khác"),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        brought_in(*rows, by=leader)

    user = User.objects.get(username="moi")
    assert (user.full_name, user.position, user.email) == (
        "Lê Thị Mới", "Công chức", "moi@example.vn",
    )  # fmt: skip
    assert set(user.appointments.values_list("unit", "role", "starts", "basis")) == {
        (commune.pk, Role.REPORTER, date(2023, 12, 1), "QĐ 1"),
        (commune.pk, Role.LEADER, date(2023, 11, 20), ""),
    }
    assert not User.objects.filter(username__in=["moi", "khac"], password_given=True).exists()
    assert not User.objects.get(username="khac").has_usable_password()
    (message,) = mailoutbox
    assert message.to == ["moi@example.vn"]
    assert "https://cong.example.vn/tai-khoan/" in message.body
    told = LogEntry.objects.filter(action="create_user")
    assert {entry.by for entry in told} == {leader}


def test_a_role_is_given_to_an_account_that_is_there(commune, leader):
    user = colleague(commune, username="An.Le")

    brought_in(row("an.le", name=""), by=leader)

    assert user.appointments.get(ends=None).unit == commune
    assert User.objects.count() == 2


def test_the_same_file_again_changes_nothing(leader):
    rows = [row(email="moi@example.vn", basis="QĐ 1"), row("khac", "Vũ Văn Khác", role=LEADER)]
    brought_in(*rows, by=leader)

    again = upload(*rows, by=leader)

    assert again.counts["same"] == 2


def test_what_is_taken_away_comes_back_as_it_is(commune, leader, admin):
    brought_in(row(email="moi@example.vn", basis="QĐ 1"), by=leader)
    AppointmentFactory(unit=DepartmentFactory(), role=Role.BOARD)

    own = list(Users().rows(OPTIONS, leader))

    assert {told["username"] for told in own} == {leader.username, "moi"}
    assert own[-1] == {
        "username": "moi", "full_name": "Lê Thị Mới", "position": "", "email": "moi@example.vn",
        "role": Role.REPORTER, "unit": "08707", "starts": date(2023, 11, 20), "basis": "QĐ 1",
    }  # fmt: skip
    assert len(list(Users().rows(OPTIONS, admin))) == 4


def test_a_file_changes_no_account_that_is_there(commune, admin, leader):
    """Whoever sets another's mail address could set the password by it."""
    brought_in(row(), by=leader)

    job = upload(row(name="Lê Thị Mới Hơn", email="khac@example.vn"), by=admin)

    assert faults(job) == {("Họ và tên", "account_exists"), ("Thư điện tử", "account_exists")}


def test_what_is_told_of_a_new_account_waits_in_a_part_of_its_own(leader):
    job = upload(row(email="moi@example.vn"), row(role=LEADER, name=""), by=leader)

    (waiting,) = job.rows.filter(part="moi")
    assert waiting.values == {
        "username": "moi", "full_name": "Lê Thị Mới", "position": "", "email": "moi@example.vn",
    }  # fmt: skip
    assert job.counts["parts"] == {"moi": {"new": 1}}
    assert "email" not in Users().shown_columns(leader, OPTIONS)


def test_an_account_opened_meanwhile_stops_the_file(leader, admin):
    """It may be another person's."""
    jobs = [upload(row(), by=leader), upload(row(), by=admin)]
    stranger = UserFactory(username="MOI")

    with pytest.raises(RuleViolation, match="dữ liệu trên cổng đã thay đổi"):
        confirm_import(jobs[0], by=leader)
    with pytest.raises(RuleViolation, match="vừa được người khác lập"):
        confirm_import(jobs[1], by=admin)
    assert not stranger.appointments.exists()


# What is refused


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("")], ("Tên đăng nhập", "missing_value")),
        ([row("lê thị mới")], ("Tên đăng nhập", "bad_character")),
        ([row(name="")], ("Họ và tên", "missing_name")),
        ([row(email="moi.example.vn")], ("Thư điện tử", "bad_address")),
        ([row(role="Thủ trưởng")], ("Vai trò", "unknown_choice")),
        ([row(unit="99999")], ("Mã đơn vị", "unknown_unit")),
        ([row(unit="08888")], ("Mã đơn vị", "outside_scope")),
        ([row(role=Role.BOARD.label)], ("Mã đơn vị", "outside_scope")),
        ([row(starts="01/01/2020")], ("Mã đơn vị", "future_unit")),
        ([row(), row()], ("Tên đăng nhập", "duplicate_id")),
        ([row(), row(role=LEADER, name="Người Khác")], ("Họ và tên", "contradiction")),
        ([row("co.roi", name="Người Khác")], ("Họ và tên", "account_exists")),
        ([row("co.roi", name="", email="x@example.vn")], ("Thư điện tử", "account_exists")),
        ([row("khoa", name="")], ("Tên đăng nhập", "account_locked")),
        ([row("dang.giu", name="", starts="01/06/2023")], ("Từ ngày", "holds_already")),
        ([row("noi.khac", name="")], ("Tên đăng nhập", "account_elsewhere")),
        ([row("lanh.dao", name="")], ("Tên đăng nhập", "own_role")),
        ([row("o.huyen", name="")], ("Mã đơn vị", "names_apart")),
    ],
)
def test_each_fault_has_its_verdict(commune, rows, expected):
    leader = person(Role.LEADER, commune, username="lanh.dao")
    CommuneFactory(code="08888")
    colleague(commune, username="co.roi", full_name="Trần Bí Mật", email="bi.mat@example.vn")
    colleague(commune, username="khoa", is_active=False)
    UserFactory(username="noi.khac")
    AppointmentFactory(user=colleague(commune, username="o.huyen"), unit=commune.parent)
    person(Role.REPORTER, commune, username="dang.giu")

    job = upload(*rows, by=leader)

    assert job.state == Import.State.FAULTY
    assert expected in faults(job)


def test_the_role_must_fit_the_unit(commune, admin):
    job = upload(row(role=Role.BOARD.label), by=admin)

    assert faults(job) == {("Vai trò", "level_mismatch")}


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize(
    "cells",
    [
        {"name": ""},
        {"name": "Người Khác"},
        {"name": "Trần Bí Mật", "email": "bi.mat@example.vn", "position": "Chủ tịch"},
        {"name": "", "email": "sai@example.vn"},
        {"name": "", "starts": "17/05/2022"},
    ],
)
def test_an_account_elsewhere_answers_alike_whether_right_or_wrong(leader, commune, cells, locked):
    person(
        Role.LEADER, CommuneFactory(parent=commune.parent), username="co.roi",
        full_name="Trần Bí Mật", email="bi.mat@example.vn", position="Chủ tịch",
        is_active=not locked,
    )  # fmt: skip

    job = upload(row("co.roi", **cells), by=leader)

    assert faults(job) == {("Tên đăng nhập", "account_elsewhere")}


@pytest.mark.parametrize(
    "cells", [{}, {"starts": "01/06/2022"}, {"role": Role.BOARD.label}, {"email": "sai@vd.vn"}]
)
def test_of_a_unit_elsewhere_nothing_more_is_told(leader, commune, cells):
    other = CommuneFactory(code="08888")
    person(Role.REPORTER, other, username="co.roi")

    job = upload(row("co.roi", unit="08888", **{"name": ""} | cells), by=leader)

    assert faults(job) == {("Mã đơn vị", "outside_scope")}


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.LEADER, Role.ADMINISTRATOR)]
)
def test_nobody_else_brings_in_accounts(role):
    user = person(role, DepartmentFactory())

    assert Users().refusal(user)
    with pytest.raises(RuleViolation):
        upload(row(), by=user)


def test_a_leader_who_is_none_any_more_confirms_nothing(commune, leader):
    job = upload(row(), by=leader)
    Appointment.objects.filter(user=leader).update(ends=date(2023, 11, 20))

    with pytest.raises(RuleViolation):
        confirm_import(job, by=leader)
    assert not User.objects.filter(username="moi").exists()


# The way back


def test_an_import_takes_its_accounts_and_roles_back(commune, leader):
    known = colleague(commune, username="an")
    job = brought_in(row(), row("an", name=""), by=leader)

    undo_import(job, by=leader)

    assert not User.objects.filter(username="moi").exists()
    assert User.objects.filter(pk=known.pk).exists()
    assert Appointment.objects.filter(ends=None).count() == 1
    assert LogEntry.objects.filter(action="take_back_appointment").count() == 2


def test_who_has_been_in_holds_it_back(leader, stop_clock):
    job = brought_in(row(), by=leader)
    User.objects.filter(username="moi").update(last_login="2023-11-21T00:00:00Z")

    with pytest.raises(RuleViolation, match="Lê Thị Mới đã đăng nhập sau khi nhập tệp"):
        undo_import(job, by=leader)


def test_a_role_that_ended_since_holds_it_back(commune, leader):
    job = brought_in(row(), by=leader)
    seat = Appointment.objects.get(user__username="moi")
    end_appointment(seat, by=leader, ends=date(2023, 12, 1))

    with pytest.raises(RuleViolation, match="đã được ghi ngày hết hoặc chuyển theo sắp xếp"):
        undo_import(job, by=leader)
    assert Appointment.objects.filter(pk=seat.pk).exists()


def test_a_role_that_a_reorganisation_moved_holds_it_back(commune, admin):
    job = brought_in(row(), by=admin)
    other = CommuneFactory(code="08708", parent=commune.parent)
    done(merge(commune, other, code="08709", name="Xã Chung"), by=admin, seats="all")

    with pytest.raises(RuleViolation, match="Lê Thị Mới.*chuyển theo sắp xếp đơn vị"):
        undo_import(job, by=admin)
    assert Appointment.objects.filter(user__username="moi").count() == 2


def test_an_account_that_holds_another_role_by_now_stays(leader, commune):
    job = brought_in(row(), by=leader)
    user = User.objects.get(username="moi")
    AppointmentFactory(user=user, unit=CommuneFactory())

    undo_import(job, by=leader)

    assert user.appointments.count() == 1


def test_the_kind_is_known_to_the_road():
    assert isinstance(kind_of("tai-khoan"), Users)
