"""Honours that come in by file: what a row takes, what it is refused for, what it writes."""

from datetime import date

import pytest

from awards.imports import HONOURS, HonourKind, honour_rows
from awards.models import Honour
from config import clock
from tests.factories.awards import AwardFormFactory, HonourFactory
from tests.factories.campaign import CampaignFactory, instant
from tests.factories.imports import ImportFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, person
from units.imports.road import verdict
from units.kinds import Role
from units.models import ImportRow

pytestmark = pytest.mark.django_db
KIND = HonourKind()


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield


@pytest.fixture
def board():
    return person(Role.BOARD, DepartmentFactory())


@pytest.fixture(autouse=True)
def form():
    return AwardFormFactory(campaign=CampaignFactory(), code="GK", name="Giấy khen")


@pytest.fixture
def commune():
    return CommuneFactory(code="08923", name="Xã Đại Đình", short_name="Đại Đình")


def raw(**fields):
    given = {
        "recipient": "tập thể",
        "name": "Nhân dân và cán bộ xã Đại Đình",
        "unit_code": "08923",
        "unit": "",
        "form": "giay khen",
        "number": "15/QĐ-UBND",
        "decided_on": date(2023, 3, 15),
        "issuer": "Chủ tịch UBND huyện",
        "achievement": "",
        "period_from": 2021,
        "period_to": 2022,
    }
    return given | fields


def judged(user, *rows):
    return verdict(KIND, {}, rows, user)


def rules_of(line):
    return [problem.rule for problem in line.problems if problem.blocking]


@pytest.mark.parametrize("written", ["GK-XA", "Giấy khen của Chủ tịch Ủy ban nhân dân xã"])
def test_a_grade_is_named_by_its_code_or_its_name(board, commune, form, written):
    name = "Giấy khen của Chủ tịch Ủy ban nhân dân xã"
    AwardFormFactory(campaign=form.campaign, family=form, code="GK-XA", name=name)

    (line,) = judged(board, raw(form=written))

    assert (rules_of(line), line.values["form"]) == ([], name)


def test_a_right_row_is_new(board, commune):
    (line,) = judged(board, raw())

    assert (line.verdict, line.problems, line.unit) == (ImportRow.Verdict.NEW, [], commune.pk)
    read = {"unit": "Xã Đại Đình", "form": "Giấy khen", "decided_on": "2023-03-15"}
    assert line.values == raw(recipient="collective", **read) | {"award_type": "movement"}


def test_the_type_is_read_where_a_file_tells_it(board, commune):
    (line,) = judged(board, raw() | {"award_type": "đột xuất"})

    assert line.values["award_type"] == "unexpected"


def test_what_is_on_file_is_the_same_or_changed(board, commune, form):
    given = {"unit": commune, "form": form, "number": "15/QĐ-UBND", "achievement": ""}
    names = {"name": raw()["name"], "issuer": raw()["issuer"]}
    HonourFactory(**given, **names, period_from=2021, period_to=2022)

    same, changed = judged(board, raw(), raw(number="15/QĐ-UBND", name="Khác"))
    (other,) = judged(board, raw(issuer="Chủ tịch UBND tỉnh"))

    assert same.verdict == ImportRow.Verdict.SAME
    assert changed.verdict == ImportRow.Verdict.NEW
    assert (other.verdict, other.before["issuer"]) == (
        ImportRow.Verdict.CHANGED,
        "Chủ tịch UBND huyện",
    )


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"recipient": "dòng họ"}, "unknown_choice"),
        ({"name": " "}, "missing_value"),
        ({"unit_code": "08924"}, "unknown_unit"),
        ({"unit_code": ""}, "missing_code"),
        ({"unit": "Xã Tam Quan"}, "name_mismatch"),
        ({"form": "Cờ thi đua"}, "unknown_form"),
        ({"number": None}, "missing_value"),
        ({"decided_on": "31/02/2023"}, "bad_date"),
        ({"decided_on": date(2024, 1, 1)}, "future_decision"),
        ({"period_to": None}, "period_incomplete"),
        ({"period_from": 2023}, "period_order"),
        ({"period_to": 2024}, "period_after_decision"),
        ({"recipient": "doanh nghiệp, tổ chức"}, "wrong_kind_of_unit"),
    ],
)
def test_a_wrong_row_is_told_by_its_rule(board, commune, fields, rule):
    (line,) = judged(board, raw(**fields))

    assert line.verdict == ImportRow.Verdict.FAULTY
    assert rules_of(line) == [rule]


def test_the_unit_is_that_of_the_day_of_the_decision(board):
    old = CommuneFactory(code="08923", valid_to=date(2023, 1, 1))
    new = CommuneFactory(code="08923", valid_from=date(2023, 1, 1))

    now, before, long_ago = judged(
        board,
        raw(),
        raw(decided_on=date(2022, 5, 1)),
        raw(decided_on=date(2018, 5, 1), period_from=None, period_to=None),
    )

    assert [line.unit for line in (now, before, long_ago)] == [new.pk, old.pk, old.pk]


def test_the_same_award_stands_once_in_a_file(board, commune):
    _, second = judged(board, raw(), raw())

    assert rules_of(second) == ["duplicate_honour"]


def test_an_administrator_brings_in_whom_everybody_sees(commune):
    admin = person(Role.ADMINISTRATOR, DepartmentFactory())

    right, wrong = judged(admin, raw(), raw(recipient="hộ gia đình"))

    assert right.verdict == ImportRow.Verdict.NEW
    assert rules_of(wrong) == ["outside_scope"]
    assert KIND.refusal(admin) is None
    assert KIND.refusal(person(Role.LEADER, commune))


def test_written_and_undone(board, commune, form):
    kept = HonourFactory(
        unit=commune, form=form, number="15/QĐ-UBND", name=raw()["name"], issuer="Cũ"
    )
    job, around = ImportFactory(uploaded_by=board), KIND.surroundings({}, board)
    lines = judged(board, raw(), raw(number="16/QĐ-UBND"))
    rows = [ImportRow(values=line.values, before=line.before, key=line.key) for line in lines]

    KIND.write(job, rows, around, by=board, at=clock.now())

    assert rows[0].object_id == kept.pk
    made = Honour.objects.get(pk=rows[1].object_id)
    assert (made.source, made.form, made.period) == (job, form, "2021–2022")
    assert Honour.objects.get(pk=kept.pk).issuer == "Chủ tịch UBND huyện"

    KIND.undo(job, rows, by=board, at=clock.now())

    assert [(row.pk, row.issuer) for row in Honour.objects.all()] == [(kept.pk, "Cũ")]


def test_a_new_row_that_looks_like_one_on_file_is_noted(board, commune):
    HonourFactory(
        unit=commune, recipient="household", name="NGUYỄN THỊ HÒA", number="15/QD-UBND",
        decided_on=date(2023, 1, 5),
    )  # fmt: skip
    job, around = ImportFactory(uploaded_by=board), KIND.surroundings({}, board)
    names = {"recipient": "hộ gia đình", "name": "Hộ bà Nguyễn Thị Hoà"}
    lines = judged(board, raw(**names), raw(**names, number="16/QĐ-UBND"), raw(name="Khác"))
    for line in lines:
        values = {"values": line.values, "key": line.key, "verdict": line.verdict}
        ImportRow.objects.create(source=job, number=line.number, **values)

    (fault,) = KIND.finish(job, around)

    assert (fault.rule, fault.blocking, fault.key) == ("alike_honour", False, lines[0].key)
    assert "số 15/QD-UBND ngày 05/01/2023" in fault.message
    assert "Hòa" not in fault.message.title()


def test_the_key_of_a_row_holds_no_name(board, commune):
    (line,) = judged(board, raw(recipient="hộ gia đình", name="Nguyễn Thị Bí Mật"))

    assert "Bí Mật" not in line.key
    assert len(line.key) <= 120


def test_a_list_is_written_in_the_columns_that_come_in():
    HonourFactory()

    (row,) = honour_rows(Honour.objects.for_list())

    assert list(row) == [column.name for column in HONOURS.columns]


def test_the_surroundings_cost_the_same_for_any_number_of_units(board, django_assert_num_queries):
    CommuneFactory.create_batch(3)
    with django_assert_num_queries(4):
        KIND.surroundings({}, board)
