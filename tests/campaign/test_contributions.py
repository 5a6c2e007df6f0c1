"""The ledger of contributions: who records what, what is refused, what stays behind."""

from datetime import date

import pytest

from campaign.actions import (
    put_back_contributions,
    remove_contribution,
    save_contribution,
    write_contributions,
)
from campaign.models import Contribution
from campaign.queries import contributions as questions
from config import clock
from config.workflow import RuleViolation
from tests.factories.campaign import instant, reporting_year
from tests.factories.contributions import ContributionFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    VillageFactory,
    person,
)
from units.choosing import units_meant
from units.kinds import Kind, Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield reporting_year(2023)


@pytest.fixture
def board(year):
    return person(Role.BOARD, year.board)


def gift(**fields):
    return ContributionFactory.build(
        giver=fields.pop("giver", None) or EnterpriseFactory(),
        receiver=fields.pop("receiver", None) or CommuneFactory(),
        **fields,
    )


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


# Recording


@pytest.mark.parametrize("role", [Role.BOARD, Role.POVERTY_DESK, Role.ADMINISTRATOR])
def test_the_keepers_of_the_province_record_for_every_commune(year, role):
    user = person(role, year.board)

    row = save_contribution(gift(amount=5_000_000_000), by=user)

    assert Contribution.objects.get() == row
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.unit) == ("create_contribution", user, row.receiver)
    assert entry.changes["amount"] == ["", "5000000000"]


@pytest.mark.parametrize("role", Role.OF_UNIT)
def test_a_commune_records_what_it_received_and_nothing_else(role):
    commune = CommuneFactory()
    user = person(role, commune)

    save_contribution(gift(receiver=commune), by=user)

    assert "mà xã của mình nhận" in refused(lambda: save_contribution(gift(), by=user))
    assert Contribution.objects.get().receiver == commune


@pytest.mark.parametrize("role", [Role.PROVINCE_VIEWER, Role.COUNCIL, Role.LEADER])
def test_others_record_nothing(year, role):
    user = person(role, year.board)

    assert "chỉ được ghi" in refused(lambda: save_contribution(gift(), by=user))


@pytest.mark.parametrize(
    ("given_in", "words"),
    [
        (2020, "Năm: 2020 ngoài thời gian phong trào 2021–2025"),
        (2026, "ngoài thời gian"),
        (2025, "Năm: 2025 chưa đến"),
    ],
)
def test_only_the_years_of_the_campaign_so_far(board, given_in, words):
    assert words in refused(lambda: save_contribution(gift(year=given_in), by=board))


def test_giver_and_receiver_are_what_they_should_be(board):
    row = gift(giver=DepartmentFactory(name="Sở Công thương"), receiver=DistrictFactory())

    told = refused(lambda: save_contribution(row, by=board))

    assert "Sở Công thương không phải doanh nghiệp, tổ chức" in told
    assert "không phải xã, phường, thị trấn" in told


def test_both_must_have_lived_in_the_year(board):
    row = gift(
        giver=EnterpriseFactory(valid_from=date(2023, 3, 1)),
        receiver=CommuneFactory(valid_to=date(2022, 1, 1)),
        year=2022,
    )

    told = refused(lambda: save_contribution(row, by=board))

    assert told.count("không tồn tại trong năm 2022") == 2


def test_a_code_means_one_unit_in_a_year(board):
    """What came to the old commune is recorded for the one that carries its code at the end."""
    old = CommuneFactory(code="08740", valid_to=date(2023, 7, 1))
    new = CommuneFactory(code="08740", valid_from=date(2023, 7, 1), name="Phường Phúc Yên")

    told = refused(lambda: save_contribution(gift(receiver=old), by=board))
    save_contribution(gift(receiver=old, year=2022), by=board)
    save_contribution(gift(receiver=new), by=board)

    assert "mã 08740 là Phường Phúc Yên" in told


def test_noughts_are_no_contribution(board):
    row = gift(amount=0, households=0, jobs=0)

    assert "không thể cùng bằng 0" in refused(lambda: save_contribution(row, by=board))


def test_once_for_giver_year_and_receiver(board):
    first = ContributionFactory()

    again = gift(giver=first.giver, receiver=first.receiver)

    assert "Đã ghi đóng góp" in refused(lambda: save_contribution(again, by=board))


def test_figures_are_corrected_and_the_rest_stays(board):
    row = ContributionFactory(amount=1)
    row.amount = 2
    save_contribution(row, by=board, reason="Theo chứng từ")

    entry = LogEntry.objects.get()
    assert (entry.action, entry.reason) == ("correct_contribution", "Theo chứng từ")
    assert entry.changes == {"amount": ["1", "2"]}
    row.year = 2022
    assert "Không đổi doanh nghiệp, năm" in refused(lambda: save_contribution(row, by=board))


def test_saving_without_a_change_logs_nothing(board):
    save_contribution(ContributionFactory(), by=board)

    assert not LogEntry.objects.exists()


def test_what_is_removed_stays_in_the_log_with_its_reason(board):
    row = ContributionFactory(amount=7)

    assert "cần ghi vì sao" in refused(lambda: remove_contribution(row, by=board, reason=" "))
    remove_contribution(row, by=board, reason="Ghi nhầm xã")

    assert not Contribution.objects.exists()
    entry = LogEntry.objects.get()
    assert entry.changes["amount"] == ["7", ""]
    assert entry.reason == "Ghi nhầm xã"


def test_a_neighbour_removes_nothing():
    row = ContributionFactory()
    user = person(Role.LEADER, CommuneFactory())

    assert "chỉ được ghi" in refused(lambda: remove_contribution(row, by=user, reason="x"))
    assert Contribution.objects.exists()


# Many at once


def test_many_are_written_over_those_on_file(board):
    kept = ContributionFactory(amount=1)
    rows = [gift(giver=kept.giver, receiver=kept.receiver, amount=2), gift(amount=3)]

    keys = write_contributions(rows, by=board)

    assert Contribution.objects.get(pk=kept.pk).amount == 2
    assert keys[0] == kept.pk
    assert Contribution.objects.get(pk=keys[1]).amount == 3


def test_many_are_refused_whole_when_one_is_anothers():
    commune = CommuneFactory()
    rows = [gift(receiver=commune), gift()]

    refused(lambda: write_contributions(rows, by=person(Role.LEADER, commune)))

    assert not Contribution.objects.exists()


def test_what_a_file_wrote_is_put_back(board):
    new, changed = ContributionFactory(), ContributionFactory(amount=9)
    before = {new.pk: None, changed.pk: {"amount": 1, "households": 0, "jobs": 0}}

    put_back_contributions(before, by=board)

    assert [(row.pk, row.amount) for row in Contribution.objects.all()] == [(changed.pk, 1)]


def test_nobody_puts_back_what_is_anothers():
    row = ContributionFactory()
    user = person(Role.LEADER, CommuneFactory())

    assert "hoàn tác" in refused(lambda: put_back_contributions({row.pk: None}, by=user))
    assert Contribution.objects.exists()


# Who sees what


def test_units_see_what_they_and_those_below_gave_or_received(year):
    district = DistrictFactory()
    commune = CommuneFactory(parent=district)
    received = ContributionFactory(receiver=commune)
    given = ContributionFactory(giver=EnterpriseFactory(parent=commune))
    ContributionFactory()
    seen = {
        role: set(questions.contributions_for(person(role, unit)))
        for role, unit in ((Role.LEADER, district), (Role.COUNCIL, district))
    }

    assert seen == {Role.LEADER: {received, given}, Role.COUNCIL: set()}
    assert len(questions.contributions_for(person(Role.PROVINCE_VIEWER, year.board))) == 3


# Finding a unit by words


def test_a_unit_is_meant_by_its_code_or_by_its_whole_name():
    short = EnterpriseFactory(name="Công ty May", short_name="May", code="0100109106")
    long = EnterpriseFactory(name="Công ty May Tam Đảo", short_name="May Tam Đảo")

    def meant(words, year=2023):
        return units_meant(questions.living_in(Kind.ENTERPRISE, year), words)

    assert meant(" 0100109106 ") == [short]
    assert meant("cong ty may") == [short]
    assert meant("tam dao") == [long]
    assert set(meant("cong ty")) == {short, long}
    assert meant("may", 2020) == meant("  ") == []


# Sums


def test_sums_by_year_and_commune():
    commune, giver = CommuneFactory(short_name="Ấm Thượng"), EnterpriseFactory()
    ContributionFactory(receiver=commune, giver=giver, amount=1, households=2, jobs=0)
    ContributionFactory(receiver=commune, amount=10, households=3, jobs=1)
    ContributionFactory(year=2022, giver=giver, amount=5, households=0, jobs=0)
    rows = Contribution.objects.for_list()

    assert questions.totals(rows) == {
        "rows": 3, "givers": 2, "amount": 16, "households": 5, "jobs": 1,
    }  # fmt: skip
    assert [(row["year"], row["amount"]) for row in questions.by_year(rows)] == [
        (2023, 11),
        (2022, 5),
    ]
    found = questions.by_commune(rows)
    assert [(row["name"], row["year"], row["givers"]) for row in found][0] == (
        commune.name,
        2023,
        2,
    )


def test_sums_beside_an_annex():
    commune = CommuneFactory()
    village, enterprise = VillageFactory(parent=commune), EnterpriseFactory()
    ContributionFactory(receiver=commune, giver=enterprise, amount=1_500_000, households=4)

    assert questions.gifts_of(commune.parent, 2023).millions == 1.5
    assert questions.gifts_of(enterprise, 2023).households == 4
    assert questions.gifts_of(commune, 2022) is None
    assert questions.gifts_of(village, 2023) is None
