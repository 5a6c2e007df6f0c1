"""The ledger of honours: who keeps it, what it refuses, whom it names to whom."""

from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.db import connection

from awards import migrations, queries
from awards.actions import put_back_honours, remove_honour, save_honour, write_honours
from awards.models import Honour, HonourWord
from config import clock
from config.workflow import RuleViolation
from tests.factories.awards import AwardFormFactory, HonourFactory
from tests.factories.campaign import instant
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
Recipient = Honour.Recipient


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield


@pytest.fixture
def board():
    return person(Role.BOARD, DepartmentFactory())


def award(**fields):
    given = {"unit": CommuneFactory(), "form": AwardFormFactory()}
    return HonourFactory.build(**given | fields)


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


# Keeping


def test_the_board_enters_an_award(board):
    honour = save_honour(award(name="  Xã  Đại Đình "), by=board)

    assert Honour.objects.get() == honour
    assert (honour.name, honour.search[:11]) == ("Xã Đại Đình", "xa dai dinh")
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.unit) == ("create_honour", board, honour.unit)
    assert entry.changes["name"] == ["", "Xã Đại Đình"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.POVERTY_DESK, Role.PROVINCE_VIEWER])
def test_others_enter_none(role):
    user = person(role, DepartmentFactory())

    assert "Chỉ Ban Thi đua" in refused(lambda: save_honour(award(), by=user))


@pytest.mark.parametrize("recipient", Recipient.values)
def test_an_administrator_enters_whom_everybody_sees(recipient):
    admin = person(Role.ADMINISTRATOR, DepartmentFactory())
    honour = award(recipient=recipient, unit=EnterpriseFactory())

    if recipient in Recipient.OPEN:
        assert save_honour(honour, by=admin).pk
    else:
        assert "Khen thưởng cá nhân, hộ" in refused(lambda: save_honour(honour, by=admin))


@pytest.mark.parametrize("recipient", [Recipient.PERSON, Recipient.HOUSEHOLD])
def test_the_log_names_no_person_and_no_household(board, recipient):
    honour = save_honour(award(recipient=recipient, name="Nguyễn Thị Bí Mật"), by=board)
    honour.name = "Nguyễn Thị Kín Đáo"
    save_honour(honour, by=board, reason="Sửa tên")
    remove_honour(honour, by=board, reason="Ghi nhầm")

    acts = LogEntry.objects.order_by("pk")
    told = " ".join(f"{entry.label} {entry.changes}" for entry in acts)
    assert [entry.action for entry in acts] == ["create_honour", "correct_honour", "remove_honour"]
    assert "Bí Mật" not in told
    assert "Kín Đáo" not in told
    assert honour.number in acts[0].label


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decided_on": date(2023, 12, 1)}, "Ngày quyết định: 01/12/2023 chưa đến"),
        ({"period_from": 2022}, "ghi cả năm đầu và năm cuối"),
        ({"period_from": 2023, "period_to": 2022}, "Năm cuối của thành tích không thể trước"),
        ({"period_from": 2022, "period_to": 2024}, "2024 sau năm của quyết định"),
        ({"recipient": Recipient.ENTERPRISE}, "ghi mã của doanh nghiệp"),
        ({"issuer": " "}, "Cơ quan quyết định:"),
    ],
)
def test_what_cannot_be_is_refused(board, fields, words):
    assert words in refused(lambda: save_honour(award(**fields), by=board))


def test_the_unit_is_that_of_the_day_of_the_decision(board):
    ended = CommuneFactory(valid_to=date(2023, 1, 1))

    assert "không tồn tại vào 15/03/2023" in refused(
        lambda: save_honour(award(unit=ended), by=board)
    )
    assert save_honour(award(unit=ended, decided_on=date(2022, 5, 1)), by=board).pk


def test_before_the_register_begins_its_first_day_counts(board):
    assert save_honour(award(decided_on=date(2018, 5, 1)), by=board).pk


def test_one_decision_honours_somebody_once(board):
    first = HonourFactory()
    again = award(number=first.number, unit=first.unit, name=first.name)

    assert "đã ghi khen thưởng cho đối tượng" in refused(lambda: save_honour(again, by=board))


def test_removing_says_why(board):
    honour = HonourFactory()

    assert "cần ghi vì sao" in refused(lambda: remove_honour(honour, by=board, reason=" "))
    remove_honour(honour, by=board, reason="Ghi nhầm")

    assert not Honour.objects.exists()


# Many at once


def test_many_are_written_over_those_on_file_and_put_back(board):
    kept = HonourFactory(issuer="Cũ")
    same = {"number": kept.number, "unit": kept.unit, "name": kept.name}
    rows = [award(**same, form=kept.form, issuer="Mới"), award()]

    keys = write_honours(rows, by=board)
    assert keys[0] == kept.pk
    assert Honour.objects.get(pk=kept.pk).issuer == "Mới"
    assert Honour.objects.get(pk=keys[1]).search

    facts = {name: getattr(kept, name) for name in ("form", "issuer", "achievement")}
    before = facts | {"period_from": None, "period_to": None}
    put_back_honours({keys[0]: before, keys[1]: None}, by=board)
    assert [row.issuer for row in Honour.objects.all()] == ["Cũ"]


def test_many_are_refused_whole_when_one_may_not_be_named():
    admin = person(Role.ADMINISTRATOR, DepartmentFactory())

    refused(lambda: write_honours([award(), award(recipient=Recipient.PERSON)], by=admin))

    assert not Honour.objects.exists()


def test_whatever_door_an_award_comes_by_its_name_is_found(board):
    typed = save_honour(award(name="Đoàn xã"), by=board)
    write_honours([award(name="Đoàn phường")], by=board)

    typed.name = "Ấp Bắc"
    save_honour(typed, by=board, reason="Sửa tên")

    assert {row.name for row in Honour.objects.found_by("doan")} == {"Đoàn phường"}
    assert set(Honour.objects.found_by("bac ap")) == {typed}
    assert set(Honour.objects.values_list("name_key", flat=True)) == {"ap bac", "doan phuong"}


def test_entries_from_before_there_were_keys_are_filled_in(board):
    row = HonourFactory(name="Đoàn xã", number="15/QĐ")
    row.words.all().delete()
    Honour.objects.update(name_key="")

    name = next(name for _, name, _ in iter_modules(migrations.__path__) if "name_keys" in name)
    import_module(f"awards.migrations.{name}").fill(apps, None)

    assert set(Honour.objects.found_by("xa doan 15/qd")) == {row}
    assert Honour.objects.get().name_key == "doan xa"


def test_words_are_found_by_their_index():
    HonourFactory()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # the table is small

    plan = HonourWord.objects.beginning("doan").explain()

    index = {"postgresql": "honour_word_once", "sqlite": "(word>? AND word<?)"}
    assert index[connection.vendor] in plan


# Who sees whom


def test_names_of_persons_and_households_stay_within_their_unit_and_the_province():
    district = DistrictFactory()
    village = VillageFactory(parent=CommuneFactory(parent=district))
    found = {
        kind: HonourFactory(recipient=kind, unit=village, name=f"Tên {kind}")
        for kind in (Recipient.COLLECTIVE, Recipient.PERSON, Recipient.HOUSEHOLD)
    }
    everybody = {found[Recipient.COLLECTIVE]}

    def seen(user):
        return set(queries.honours_for(user))

    department = DepartmentFactory()
    for role in Role.PROVINCE_WIDE:
        assert seen(person(role, department)) == set(found.values())
    for unit in (village, village.parent, district):
        assert seen(person(Role.LEADER, unit)) == set(found.values())
    for role in (Role.COUNCIL, Role.ADMINISTRATOR, Role.REPORTER):
        assert seen(person(role, department)) == everybody
    assert seen(person(Role.LEADER, DistrictFactory())) == everybody
    assert seen(UserFactory()) == everybody


def test_of_a_unit_are_its_own_and_those_below(board):
    commune = CommuneFactory()
    own = HonourFactory(unit=commune)
    below = HonourFactory(unit=VillageFactory(parent=commune))
    HonourFactory()

    assert set(queries.honours_for(board, commune)) == {own, below}


@pytest.mark.parametrize(
    ("first", "last", "said"), [(None, None, ""), (2023, 2023, "2023"), (2021, 2023, "2021–2023")]
)
def test_the_years_of_the_achievement_as_people_say_them(first, last, said):
    assert Honour(period_from=first, period_to=last).period == said
