"""Contributions that come in by file: what a row takes, what it is refused for, what it writes."""

from datetime import date

import pytest

from campaign.imports import CONTRIBUTIONS, ContributionKind, contribution_rows
from campaign.models import Contribution
from config import clock
from tests.factories.campaign import instant, reporting_year
from tests.factories.contributions import ContributionFactory
from tests.factories.imports import ImportFactory
from tests.factories.units import CommuneFactory, EnterpriseFactory, person
from units.imports.road import verdict
from units.kinds import Role
from units.models import ImportRow

pytestmark = pytest.mark.django_db
KIND = ContributionKind()


@pytest.fixture(autouse=True)
def year():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield reporting_year(2023)


@pytest.fixture
def board(year):
    return person(Role.BOARD, year.board)


@pytest.fixture
def commune():
    return CommuneFactory(code="08923", name="Xã Đại Đình", short_name="Đại Đình")


@pytest.fixture
def enterprise():
    return EnterpriseFactory(code="2500123456", name="Công ty May", short_name="May")


def raw(**fields):
    given = {
        "tax_code": "2500123456",
        "giver": "",
        "year": 2023,
        "commune_code": "08923",
        "commune": "",
        "amount": 50_000_000,
        "households": 4,
        "jobs": None,
    }
    return given | fields


def judged(user, *rows):
    return verdict(KIND, {}, rows, user)


def rules_of(line, *, blocking=True):
    return [problem.rule for problem in line.problems if problem.blocking is blocking]


def test_a_right_row_is_new(board, commune, enterprise):
    (line,) = judged(board, raw())

    assert (line.verdict, line.problems) == (ImportRow.Verdict.NEW, [])
    assert line.unit == commune.pk
    assert line.values == raw(giver="Công ty May", commune="Xã Đại Đình", jobs=0)


def test_what_is_on_file_is_the_same_or_changed(board, commune, enterprise):
    ContributionFactory(giver=enterprise, receiver=commune, amount=50_000_000, jobs=0)

    (same,) = judged(board, raw())
    (changed,) = judged(board, raw(amount=1))

    assert same.verdict == ImportRow.Verdict.SAME
    assert changed.verdict == ImportRow.Verdict.CHANGED
    assert changed.before["amount"] == 50_000_000


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"tax_code": "2500999999"}, "unknown_unit"),
        ({"tax_code": ""}, "missing_code"),
        ({"commune_code": "08924"}, "unknown_unit"),
        ({"commune_code": "8923"}, "leading_zero_lost"),
        ({"commune_code": 8923}, "leading_zero_lost"),
        ({"year": 2019}, "year_outside_campaign"),
        ({"year": 2024}, "year_outside_campaign"),
        ({"year": None}, "missing_value"),
        ({"amount": None}, "missing_value"),
        ({"amount": "năm mươi triệu"}, "text_in_number"),
        ({"amount": "50.000.000"}, "number_as_text"),
        ({"amount": -1}, "negative"),
        ({"amount": 10**14}, "out_of_range"),
        ({"amount": 0, "households": None}, "nothing_given"),
        ({"jobs": 1.5}, "not_integer"),
        ({"commune": "Xã Tam Quan"}, "name_mismatch"),
    ],
)
def test_a_wrong_row_is_told_by_its_rule(board, commune, enterprise, fields, rule):
    (line,) = judged(board, raw(**fields))

    assert line.verdict == ImportRow.Verdict.FAULTY
    assert rules_of(line) == [rule]


def test_another_name_of_the_giver_only_asks_to_look_again(board, commune, enterprise):
    (line,) = judged(board, raw(giver="Cty May", commune="dai dinh"))

    assert line.verdict == ImportRow.Verdict.NEW
    assert rules_of(line, blocking=False) == ["name_mismatch"]


def test_units_are_those_of_the_year(board, enterprise):
    CommuneFactory(code="08923", valid_to=date(2023, 1, 1))
    CommuneFactory(code="08740", valid_to=date(2023, 7, 1), name="Phường cũ")
    new = CommuneFactory(code="08740", valid_from=date(2023, 7, 1))

    gone, told, there = judged(
        board, raw(), raw(year=2022), raw(commune_code="08740", commune=new.name)
    )

    assert rules_of(gone) == ["dissolved_unit"]
    assert told.verdict == there.verdict == ImportRow.Verdict.NEW
    assert there.unit == new.pk


def test_the_same_gift_stands_once_in_a_file(board, commune, enterprise):
    _, second = judged(board, raw(), raw(amount=7))

    assert rules_of(second) == ["duplicate_contribution"]


def test_a_commune_brings_in_what_it_received(commune, enterprise):
    CommuneFactory(code="08924")
    own, other = judged(person(Role.LEADER, commune), raw(), raw(commune_code="08924"))

    assert own.verdict == ImportRow.Verdict.NEW
    assert rules_of(other) == ["outside_scope"]


@pytest.mark.parametrize("role", [Role.PROVINCE_VIEWER, Role.COUNCIL, Role.LEADER])
def test_others_bring_in_nothing(year, role):
    assert KIND.refusal(person(role, year.board))


def test_written_and_undone(board, commune, enterprise):
    kept = ContributionFactory(giver=enterprise, receiver=commune, year=2022, amount=1)
    job, around = ImportFactory(uploaded_by=board), KIND.surroundings({}, board)
    lines = judged(board, raw(), raw(year=2022))
    rows = [ImportRow(values=line.values, before=line.before, key=line.key) for line in lines]

    KIND.write(job, rows, around, by=board, at=clock.now())

    assert rows[1].object_id == kept.pk
    assert Contribution.objects.get(pk=rows[0].object_id).source == job
    assert Contribution.objects.get(pk=kept.pk).amount == 50_000_000

    KIND.undo(job, rows, by=board, at=clock.now())

    assert [(row.pk, row.amount) for row in Contribution.objects.all()] == [(kept.pk, 1)]


def test_the_template_holds_what_the_user_may_record(commune, year):
    mine, other = ContributionFactory(receiver=commune), ContributionFactory()

    def codes(user):
        return {row["tax_code"] for row in KIND.rows({}, user)}

    assert codes(person(Role.REPORTER, commune)) == {mine.giver.code}
    assert codes(person(Role.BOARD, year.board)) == {mine.giver.code, other.giver.code}


def test_a_list_is_written_in_the_columns_that_come_in():
    ContributionFactory()

    (row,) = contribution_rows(Contribution.objects.for_list())

    assert list(row) == [column.name for column in CONTRIBUTIONS.columns]


def test_the_surroundings_cost_the_same_for_any_number_of_units(board, django_assert_num_queries):
    EnterpriseFactory.create_batch(3)
    with django_assert_num_queries(3):
        KIND.surroundings({}, board)
