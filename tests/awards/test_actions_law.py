"""Editions of a rule set: what was used stands for ever, a correction makes the next one."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import Error, IntegrityError, connection, transaction

from awards.actions import revise_rule_set, seal_rule_set
from awards.actions.law import tables_of
from awards.kinds import Rounding
from awards.models import Authority, Bonus, RuleSet
from config.workflow import RuleViolation
from tests.factories.awards import (
    AuthorityFactory,
    BonusFactory,
    DossierItemFactory,
    RuleSetFactory,
    TimingFactory,
    VoteRuleFactory,
)
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
FACTORIES = [AuthorityFactory, BonusFactory, DossierItemFactory, TimingFactory, VoteRuleFactory]


@pytest.fixture
def board():
    return person(Role.BOARD, DepartmentFactory())


@pytest.fixture
def rule_set():
    return RuleSetFactory(code="nd-1", valid_from=date(2024, 1, 1), valid_to=None)


def refused(act):
    with pytest.raises(Error), transaction.atomic():
        act()


# The next edition


def test_a_correction_makes_the_next_edition_and_keeps_the_rest(rule_set, board):
    bonus = BonusFactory(rule_set=rule_set)
    authority = AuthorityFactory(rule_set=rule_set)
    corrected = Bonus(
        form=bonus.form, recipient="person", coefficient=Decimal("2"), clause="  Điều  9 ",
        source="Công báo", confidence="confirmed",
    )  # fmt: skip

    new = revise_rule_set(
        rule_set, by=board, reason=" Đính chính ", tables={"bonuses": [corrected]}
    )

    assert (new.edition, new.current, new.replaces, new.made_by) == (2, True, rule_set, board)
    assert new.sealed_at
    assert RuleSet.objects.on(date(2024, 5, 1)) == new
    now = tables_of(new)
    assert [(row.coefficient, row.clause) for row in now["bonuses"]] == [(2, "Điều 9")]
    assert [row.says() for row in now["authorities"]] == [authority.says()]
    rule_set.refresh_from_db()
    assert (rule_set.current, bool(rule_set.sealed_at)) == (False, True)
    assert [row.coefficient for row in tables_of(rule_set)["bonuses"]] == [Decimal("1.5")]
    entry = LogEntry.objects.get(action="revise_rule_set")
    assert (entry.reason, entry.by) == ("Đính chính", board)
    assert list(entry.changes) == ["mức tiền thưởng"]


def test_the_way_of_rounding_is_corrected_in_the_head(rule_set, board):
    new = revise_rule_set(rule_set, by=board, reason="Sở Tài chính", head={"rounding": "none"})

    assert (new.rounding, rule_set.rounding) == (Rounding.NONE, Rounding.UP)
    assert LogEntry.objects.get().changes == {"rounding": ["up", "none"]}


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_board_and_administrator_correct(rule_set, role):
    by = person(role, DepartmentFactory())

    assert revise_rule_set(rule_set, by=by, reason="x", head={"note": "x"}).edition == 2


@pytest.mark.parametrize("role", [Role.LEADER, Role.POVERTY_DESK, Role.PROVINCE_VIEWER])
def test_others_do_not(rule_set, role):
    by = person(role, DepartmentFactory())

    with pytest.raises(RuleViolation, match="Chỉ Ban Thi đua"):
        revise_rule_set(rule_set, by=by, reason="x", head={"note": "x"})


@pytest.mark.parametrize(
    ("reason", "head", "told"),
    [
        ("  ", {"note": "x"}, "Lý do: cần ghi vì sao sửa."),
        ("Đính chính", {}, "Chưa có gì thay đổi"),
        ("Đính chính", {"rounding": "up"}, "Chưa có gì thay đổi"),
        ("Đính chính", {"valid_to": date(2023, 1, 1)}, "Ngày hết hiệu lực phải sau"),
        ("Đính chính", {"valid_from": date(1996, 1, 1)}, "trùng thời gian với “Quy định cũ”"),
        ("Đính chính", {"title": ""}, "Tên bộ quy định: "),
    ],
)
def test_a_wrong_correction_is_refused_and_leaves_nothing(rule_set, board, reason, head, told):
    RuleSetFactory(year=1996, title="Quy định cũ")

    with pytest.raises(RuleViolation, match=told):
        revise_rule_set(rule_set, by=board, reason=reason, head=head)

    assert RuleSet.objects.filter(code="nd-1").count() == 1
    assert not LogEntry.objects.exists()


def test_a_wrong_row_is_refused_in_words(rule_set, board):
    bonus = BonusFactory(rule_set=rule_set)

    with pytest.raises(RuleViolation, match="Đã ghi mức tiền thưởng của đối tượng này"):
        revise_rule_set(rule_set, by=board, reason="x", tables={"bonuses": [bonus, bonus]})


def test_an_edition_is_corrected_once(rule_set, board):
    revise_rule_set(rule_set, by=board, reason="Lần một", head={"note": "một"})

    with pytest.raises(RuleViolation, match="đã được thay bằng phiên bản mới"):
        revise_rule_set(rule_set, by=board, reason="Lần hai", head={"note": "hai"})


# What stands for ever


def test_a_sealed_edition_does_not_change(rule_set, board):
    seal_rule_set(rule_set, by=board)
    stamp = seal_rule_set(rule_set, by=board).sealed_at

    for change in ({"title": "Khác"}, {"valid_to": date(2030, 1, 1)}, {"sealed_at": None}):
        refused(lambda change=change: RuleSet.objects.filter(code="nd-1").update(**change))
    rule_set.refresh_from_db()
    assert rule_set.sealed_at == stamp
    assert LogEntry.objects.filter(action="seal_rule_set").count() == 1


@pytest.mark.parametrize("factory", FACTORIES)
def test_its_tables_neither_change_nor_grow(rule_set, factory):
    row = factory(rule_set=rule_set)
    factory._meta.model.objects.update(note="còn sửa được")
    seal_rule_set(rule_set, by=None)

    refused(lambda: factory._meta.model.objects.update(note="không sửa được"))
    refused(lambda: factory(rule_set=rule_set))
    row.refresh_from_db()
    assert row.note == "còn sửa được"
    if connection.vendor == "postgresql":
        refused(factory._meta.model.objects.all().delete)


def test_a_row_does_not_move_into_a_sealed_edition(rule_set):
    row = AuthorityFactory()
    seal_rule_set(rule_set, by=None)

    refused(lambda: Authority.objects.filter(pk=row.pk).update(rule_set=rule_set))


# What the database refuses


def test_current_editions_never_hold_at_the_same_time(rule_set):
    def another(**told):
        RuleSetFactory(**({"valid_from": date(2023, 1, 1), "valid_to": date(2024, 1, 2)} | told))

    refused(another)
    refused(lambda: another(valid_to=None))
    another(valid_to=date(2024, 1, 1))
    another(current=False)


def test_a_law_has_one_current_edition(rule_set):
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSetFactory(code="nd-1", year=1980, edition=2, replaces=rule_set)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSetFactory(code="nd-1", year=1980, edition=1, current=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSetFactory(code="nd-2", year=1980, edition=2)


def test_a_share_of_votes_is_whole_or_absent():
    for share in ((None, 3), (3, None), (0, 3), (4, 3)):
        refused(lambda s=share: VoteRuleFactory(numerator=s[0], denominator=s[1]))

    assert VoteRuleFactory(numerator=2, denominator=3).in_words.startswith("từ 2/3 tổng số")
    assert VoteRuleFactory().in_words.startswith("từ 80% tổng số thành viên Hội đồng")
    assert VoteRuleFactory(numerator=None, denominator=None).share is None
