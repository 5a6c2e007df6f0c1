"""Households by hand: by whom, within which rules, and what the counts and the log tell."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.households import (
    EscapeRegistrationFactory,
    HouseholdFactory,
    two_communes,
)
from tests.factories.poverty import both_standards
from tests.factories.units import DepartmentFactory, VillageFactory, person
from units.actions.households import (
    note_export,
    note_reading,
    record_outcome,
    register_escape,
    save_household,
    set_status,
    withdraw_registration,
)
from units.kinds import Role
from units.models import EscapeRegistration, Household, LogEntry, PovertyTally

pytestmark = pytest.mark.django_db
Outcome = EscapeRegistration.Outcome
CODE, HEAD = "0870700001", "Đặng Thị Ước"


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2023, 11, 20, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def commune(communes):
    return communes[0][0]


@pytest.fixture
def village(communes):
    return communes[0][1][0]


@pytest.fixture
def reporter(commune):
    return person(Role.REPORTER, commune)


def entered(village, by, **fields):
    household = Household(**{"code": CODE, "head": HEAD, "unit": village} | fields)
    return save_household(household, by=by)


def counts_of(unit, year):
    row = PovertyTally.objects.get(unit=unit, year=year, origin=PovertyTally.Origin.REGISTER)
    return (row.poor, row.near_poor, row.newly_escaped, row.escaped, row.arisen, row.relapsed)


# Entered, corrected


def test_a_household_is_entered_with_the_texts_to_find_it_by(village, reporter, commune):
    household = entered(village, reporter, head="  Đặng  Thị Ước ")

    assert (household.head, household.search) == ("Đặng Thị Ước", "dang thi uoc")
    row = LogEntry.objects.get(action="create_household")
    assert (row.object_id, row.unit, row.by) == (household.pk, commune, reporter)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "870700001"}, "Mã hộ: phải gồm đúng 10 chữ số"),
        ({"code": "08707A0001"}, "Mã hộ: phải gồm đúng 10 chữ số"),
        ({"head": "=1+1"}, "Họ tên chủ hộ: hãy ghi tên người"),
        ({"head": "<b>Ước"}, "Họ tên chủ hộ: hãy ghi tên người"),
        ({"head": "12345"}, "Họ tên chủ hộ: hãy ghi tên người"),
        ({"head": " "}, "Họ tên chủ hộ"),
    ],
)
def test_what_is_no_household_is_refused(village, reporter, fields, words):
    with pytest.raises(RuleViolation, match=words):
        entered(village, reporter, **fields)


def test_a_code_is_one_households(village, reporter, communes):
    HouseholdFactory(code=CODE, unit=communes[1][1][0], head="Triệu Văn Hòa")

    with pytest.raises(RuleViolation) as refusal:
        entered(village, reporter)

    assert refusal.value.args == ("Đã có hộ mang mã này.",)


def test_a_village_that_has_ended_takes_no_new_household(commune, reporter):
    gone = VillageFactory(parent=commune, valid_to=date(2022, 1, 1))

    with pytest.raises(RuleViolation, match="không hoạt động ngày 20/11/2023"):
        entered(gone, reporter)


def test_the_log_says_that_a_name_changed_and_not_which(village, reporter, communes):
    household = entered(village, reporter)
    household.head, household.code = "Lưu Văn Thơ", "0870700002"
    household.unit = communes[0][1][1]

    save_household(household, by=reporter)

    row = LogEntry.objects.get(action="correct_household")
    assert row.changes["head"] == row.changes["code"] == ["", "đã ghi"]
    assert row.changes["unit"] == [village.name, communes[0][1][1].name]
    told = str(list(LogEntry.objects.values()))
    assert not any(word in told for word in (HEAD, "Lưu Văn Thơ", CODE, "0870700002"))


def test_nobody_takes_a_household_out_of_another_commune(village, reporter, communes):
    theirs = HouseholdFactory(unit=communes[1][1][0])
    theirs.unit = village

    with pytest.raises(RuleViolation, match="của chính xã, thôn đó"):
        save_household(theirs, by=reporter)


STRANGERS = [Role.BOARD, Role.POVERTY_DESK, Role.PROVINCE_VIEWER, Role.ADMINISTRATOR, Role.COUNCIL]


@pytest.mark.parametrize("role", [*STRANGERS, "neighbour", "district", "ended"])
def test_only_the_own_commune_and_village_write(village, communes, role):
    unit = {"neighbour": communes[1][0], "district": communes[0][0].parent}.get(role)
    if role == "ended":
        user = person(Role.REPORTER, communes[0][0], ends=date(2023, 1, 1))
    else:
        user = person(Role.LEADER, unit) if unit else person(role, DepartmentFactory())
    household = HouseholdFactory(unit=village, statuses={2022: "N"})
    registration = EscapeRegistrationFactory(household=household)

    for act in (
        lambda: entered(village, user),
        lambda: save_household(household, by=user),
        lambda: set_status(household, 2023, "CN", by=user),
        lambda: register_escape(household, 2022, date(2022, 3, 1), by=user),
        lambda: record_outcome(registration, "reached", by=user, decided_on=date(2023, 11, 1)),
        lambda: withdraw_registration(registration, by=user, reason="nhầm"),
    ):
        with pytest.raises(RuleViolation, match="của chính xã, thôn đó"):
            act()
    assert not LogEntry.objects.exists()


def test_a_village_writes_its_own_households(village, communes):
    user = person(Role.REPORTER, village)

    household = entered(village, user)

    with pytest.raises(RuleViolation):
        entered(communes[0][1][1], user, code="0870700002")
    assert household.pk


# Statuses


def test_statuses_are_counted_in_village_and_commune(village, commune, reporter):
    household = entered(village, reporter)

    for year, status in ((2021, "CN"), (2022, "N"), (2023, "MTN")):
        set_status(household, year, status, by=reporter)

    for unit in (village, commune):
        assert counts_of(unit, 2021) == (0, 1, 0, 0, 0, 0)
        assert counts_of(unit, 2022) == (1, 0, 0, 0, 1, 0)
        assert counts_of(unit, 2023) == (0, 0, 1, 1, 0, 0)


def test_a_correction_reaches_the_years_after_it(village, commune, reporter):
    household = HouseholdFactory(unit=village, statuses={2021: "N", 2022: "CN", 2023: "N"})
    set_status(household, 2023, "CN", by=reporter)
    set_status(household, 2023, "N", by=reporter)
    assert counts_of(commune, 2023) == (1, 0, 0, 0, 1, 1)

    set_status(household, 2022, "N", by=reporter)

    assert counts_of(commune, 2023) == (1, 0, 0, 0, 0, 0)


def test_a_status_is_taken_away_only_at_the_end(village, reporter):
    household = HouseholdFactory(unit=village, statuses={2021: "N", 2022: "CN", 2023: "N"})

    with pytest.raises(RuleViolation, match="năm 2022 sẽ bị bỏ trống"):
        set_status(household, 2022, "", by=reporter)
    set_status(household, 2023, "", by=reporter)

    assert set(household.years.values_list("year", flat=True)) == {2021, 2022}
    assert counts_of(village, 2023) == (0,) * 6


@pytest.mark.parametrize(
    ("statuses", "year", "status", "words"),
    [
        ({}, 2022, "MTN", "“hộ mới thoát nghèo” năm 2022 không thể có"),
        ({}, 2022, "K", "“đã thoát hẳn” năm 2022 không thể có"),
        ({2021: "N"}, 2023, "N", "năm 2022 sẽ bị bỏ trống"),
        ({2022: "N"}, 2024, "CN", "Năm: các năm ghi được từ 2021 đến 2023"),
        ({2022: "N"}, 2020, "CN", "Năm: các năm ghi được từ 2021 đến 2023"),
        ({2021: "N", 2022: "K"}, 2023, "MTN", "“hộ mới thoát nghèo” năm 2023 không thể có"),
    ],
)
def test_statuses_that_cannot_be_are_refused(village, reporter, statuses, year, status, words):
    household = HouseholdFactory(unit=village, statuses=statuses)

    with pytest.raises(RuleViolation, match=words):
        set_status(household, year, status, by=reporter)

    assert dict(household.years.values_list("year", "status")) == statuses


def test_the_log_tells_a_status_without_the_household(village, reporter):
    household = HouseholdFactory(unit=village, statuses={2022: "N"})

    set_status(household, 2023, "CN", by=reporter, reason="QĐ 12/QĐ-UBND")
    set_status(household, 2023, "CN", by=reporter)

    row = LogEntry.objects.get()
    assert (row.action, row.changes) == ("set_household_status", {"status_2023": ["", "CN"]})
    assert row.label == "một hộ trong danh sách"


def test_no_status_is_older_than_the_communes_list(communes, village, reporter):
    """All others of the commune would seem to be new on the list in the year after."""
    HouseholdFactory(unit=communes[0][1][1], statuses={2022: "N", 2023: "N"})
    household = HouseholdFactory(unit=village, statuses={2022: "N", 2023: "N"})

    with pytest.raises(RuleViolation, match="danh sách của xã bắt đầu từ năm 2022") as refusal:
        set_status(household, 2021, "N", by=reporter)

    assert "hãy nhập lại danh sách có cột năm đó" in refusal.value.args[0]
    assert not household.years.filter(year=2021).exists()
    theirs = HouseholdFactory(unit=communes[1][1][0])
    set_status(theirs, 2021, "N", by=None)
    assert counts_of(communes[1][0], 2021)[0] == 1


def test_a_list_that_begins_later_once_its_only_early_status_is_gone(communes, reporter):
    (_, (first, second, _)), _ = communes
    mistaken, other = HouseholdFactory(unit=first), HouseholdFactory(unit=second)
    set_status(mistaken, 2021, "N", by=reporter)
    set_status(other, 2022, "N", by=reporter)
    assert counts_of(second, 2022) == (1, 0, 0, 0, 1, 0)

    set_status(mistaken, 2021, "", by=reporter)

    assert counts_of(second, 2022) == (1, 0, 0, 0, 0, 0)


def test_a_year_goes_to_the_village_of_its_end(communes, reporter):
    (commune, villages), _ = communes
    later = VillageFactory(parent=commune, valid_from=date(2022, 6, 1))
    household = entered(later, reporter)

    set_status(household, 2021, "N", by=reporter)
    set_status(household, 2022, "N", by=reporter)

    units = dict(household.years.values_list("year", "unit"))
    assert units == {2021: commune.pk, 2022: later.pk}
    assert counts_of(commune, 2021)[0] == counts_of(commune, 2022)[0] == 1


# Registrations (annex B7)


def test_a_household_registers_and_reaches_it(village, commune, reporter):
    household = HouseholdFactory(unit=village, statuses={2022: "N"})

    registration = register_escape(household, 2023, date(2023, 2, 20), by=reporter)
    record_outcome(registration, Outcome.REACHED, by=reporter, decided_on=date(2023, 11, 15))

    registration.refresh_from_db()
    assert (registration.outcome, registration.decided_on) == ("reached", date(2023, 11, 15))
    actions = list(LogEntry.objects.order_by("pk").values_list("action", "unit"))
    assert actions == [("register_escape", commune.pk), ("record_outcome", commune.pk)]


@pytest.mark.parametrize(
    ("year", "day", "words"),
    [
        (2023, date(2023, 12, 1), "Ngày đăng ký: phải trong năm 2023"),
        (2023, date(2021, 12, 1), "Ngày đăng ký: phải trong năm 2023"),
        (2025, date(2023, 11, 1), "Năm: các năm ghi được từ 2021 đến 2024"),
        (2024, date(2023, 11, 1), "không phải hộ nghèo, hộ cận nghèo vào đầu năm 2024"),
        (2022, date(2022, 3, 1), "Hộ đã đăng ký thoát nghèo trong năm này"),
    ],
)
def test_a_registration_that_cannot_be_is_refused(village, reporter, year, day, words):
    household = HouseholdFactory(unit=village, statuses={2022: "N", 2023: "MTN"})
    EscapeRegistrationFactory(household=household, year=2022, registered_on=date(2022, 2, 1))

    with pytest.raises(RuleViolation, match=words):
        register_escape(household, year, day, by=reporter)


@pytest.mark.parametrize(
    ("outcome", "day", "words"),
    [
        (Outcome.REACHED, None, "cần ghi ngày"),
        (Outcome.MISSED, date(2023, 1, 1), "phải từ ngày đăng ký"),
        (Outcome.MISSED, date(2023, 12, 1), "đến hôm nay"),
        (Outcome.OPEN, date(2023, 11, 1), "để trống"),
    ],
)
def test_an_outcome_has_its_day(village, reporter, outcome, day, words):
    registration = EscapeRegistrationFactory(household=HouseholdFactory(unit=village))

    with pytest.raises(RuleViolation, match=words):
        record_outcome(registration, outcome, by=reporter, decided_on=day)


def test_an_outcome_can_be_opened_again(village, reporter):
    registration = EscapeRegistrationFactory(
        household=HouseholdFactory(unit=village), outcome="missed", decided_on=date(2023, 11, 1)
    )

    record_outcome(registration, Outcome.OPEN, by=reporter)

    assert EscapeRegistration.objects.get().decided_on is None


def test_a_registration_entered_by_mistake_goes_with_a_reason(village, reporter):
    registration = EscapeRegistrationFactory(household=HouseholdFactory(unit=village))

    with pytest.raises(RuleViolation, match="cần ghi vì sao"):
        withdraw_registration(registration, by=reporter, reason=" ")
    withdraw_registration(registration, by=reporter, reason="ghi nhầm năm")

    assert not EscapeRegistration.objects.exists()
    assert LogEntry.objects.get().reason == "ghi nhầm năm"


def test_a_registration_with_an_outcome_stays(village, reporter):
    registration = EscapeRegistrationFactory(
        household=HouseholdFactory(unit=village), outcome="missed", decided_on=date(2023, 11, 1)
    )

    with pytest.raises(RuleViolation, match="đã có kết quả"):
        withdraw_registration(registration, by=reporter, reason="ghi nhầm năm")


# Who looked


def test_each_look_and_each_export_leaves_one_line_without_names(village, commune, reporter):
    household = HouseholdFactory(unit=village)

    note_reading(household, by=reporter)
    note_export(commune, by=reporter)

    told = list(LogEntry.objects.order_by("pk").values_list("action", "object_id", "label", "unit"))
    assert told == [
        ("read_household", household.pk, "một hộ trong danh sách", commune.pk),
        ("export_households", commune.pk, commune.name, commune.pk),
    ]
