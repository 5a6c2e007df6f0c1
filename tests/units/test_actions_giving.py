"""To whom a role is given: not to oneself, not to strangers, not beside one that is kept apart."""

from datetime import date
from functools import partial

import pytest

from config.workflow import RuleViolation
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    ProvinceFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.actions import appoint, end_appointment
from units.kinds import Role

pytestmark = pytest.mark.django_db
START = date(2023, 1, 1)


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


def refusal_of(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


def test_nobody_gives_a_role_to_himself(admin):
    district = DistrictFactory()
    leader = person(Role.LEADER, district)
    below = CommuneFactory(parent=district)

    for user, unit in ((leader, below), (leader, district), (admin, district)):
        told = refusal_of(partial(appoint, user, unit, Role.REPORTER, by=user, starts=START))
        assert "Không ai tự giao vai trò cho mình" in told
    assert appoint(leader, district, Role.REPORTER, by=None, starts=START).pk


def test_a_role_that_was_over_is_not_prolonged_by_its_holder(admin):
    """To move an end on is to give the role once more."""
    district = DistrictFactory()
    leader = person(Role.LEADER, district)
    seat = AppointmentFactory(user=leader, unit=district, ends=date(2023, 6, 1))
    officer = person(Role.REPORTER, district)
    below = AppointmentFactory(
        user=officer, unit=CommuneFactory(parent=district), ends=date(2022, 1, 1)
    )

    told = refusal_of(lambda: end_appointment(seat, by=leader, ends=date(2030, 1, 1)))
    apart = refusal_of(lambda: end_appointment(below, by=admin, ends=date(2030, 1, 1)))

    assert "Không ai tự giao vai trò cho mình" in told
    assert "nơi biết hộ theo tên" in apart
    seat.refresh_from_db()
    assert end_appointment(seat, by=leader, ends=date(2023, 5, 1)).ends == date(2023, 5, 1)
    assert end_appointment(seat, by=admin, ends=date(2023, 7, 1)).ends == date(2023, 7, 1)


def test_a_leader_gives_roles_to_accounts_known_below_alone(admin):
    district = DistrictFactory()
    leader = person(Role.LEADER, district)
    strangers = [
        UserFactory(),
        person(Role.BOARD, DepartmentFactory(parent=district.parent)),
        person(Role.REPORTER, DistrictFactory(parent=district.parent)),
    ]

    for user in strangers:
        give = partial(appoint, user, district, Role.REPORTER, starts=START)
        told = refusal_of(partial(give, by=leader))
        assert "Không có tài khoản trong phạm vi của bạn" in told
        assert user.full_name not in told
        assert give(by=admin).pk


# Where households are known by name


@pytest.mark.parametrize("named", [CommuneFactory, VillageFactory])
@pytest.mark.parametrize(
    ("office", "role"),
    [
        (ProvinceFactory, Role.PROVINCE_VIEWER),
        (DepartmentFactory, Role.ADMINISTRATOR),
        (DepartmentFactory, Role.REPORTER),
        (DistrictFactory, Role.LEADER),
    ],
)
def test_names_of_households_and_an_office_above_are_kept_apart(admin, named, office, role):
    above, below = person(role, office()), person(Role.REPORTER, named())

    to_names = refusal_of(lambda: appoint(above, named(), Role.REPORTER, by=admin, starts=START))
    to_office = refusal_of(lambda: appoint(below, office(), role, by=admin, starts=START))

    for told in (to_names, to_office):
        assert "Hãy kết thúc vai trò đó trước" in told


@pytest.mark.parametrize(
    ("ends", "unit_ends", "free"),
    [
        (None, None, False),
        (date(2023, 7, 2), None, False),
        (date(2023, 7, 1), None, True),
        (None, date(2023, 7, 2), False),
        (None, date(2023, 7, 1), True),
    ],
)
def test_they_are_kept_apart_while_both_count(admin, ends, unit_ends, free):
    user = person(Role.REPORTER, DistrictFactory(valid_to=unit_ends), ends=ends)

    def give():
        return appoint(user, CommuneFactory(), Role.REPORTER, by=admin, starts=date(2023, 7, 1))

    if free:
        assert give().pk
    else:
        assert "cùng lúc giữ vai trò" in refusal_of(give)


def test_an_officer_of_a_commune_may_work_in_its_villages_too(admin):
    commune = CommuneFactory()
    user = person(Role.REPORTER, commune)

    assert appoint(user, VillageFactory(parent=commune), Role.LEADER, by=admin, starts=START).pk
    enterprise = EnterpriseFactory(parent=commune)
    assert appoint(user, enterprise, Role.LEADER, by=admin, starts=START).pk


@pytest.mark.parametrize("giver", ["administrator", "above", "own", "system"])
def test_the_leaders_of_a_unit_hear_of_a_role_given_from_outside(
    admin, giver, mailoutbox, django_capture_on_commit_callbacks
):
    commune = CommuneFactory(name="Xã Đại Đình")
    leader, user = (
        person(Role.LEADER, commune),
        person(Role.REPORTER, commune, ends=date(2022, 1, 1)),
    )
    person(Role.LEADER, commune, is_active=False)
    person(Role.LEADER, commune.parent)
    above = person(Role.LEADER, commune.parent, full_name="Lê Cấp Trên")
    by = {"administrator": admin, "above": above, "own": leader, "system": None}[giver]

    with django_capture_on_commit_callbacks(execute=True):
        appoint(user, commune, Role.REPORTER, by=by, starts=START)

    if giver in ("own", "system"):
        assert mailoutbox == []
        return
    (message,) = mailoutbox
    assert message.to == [leader.email]
    assert message.subject == "Vai trò mới ở Xã Đại Đình"
    for words in (str(by), str(user), "Người lập báo cáo", "01/01/2023"):
        assert words in message.body
