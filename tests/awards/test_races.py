"""Two people correct the law, or move a round, at once, on PostgreSQL: one is refused."""

import pytest
from django.db import connection

from awards.actions import revise_rule_set, save_round, seal_rule_set, take_round_step
from awards.models import Bonus, Round, RuleSet
from config.workflow import RuleViolation
from tests.factories.awards import BonusFactory, RoundFactory, RoundFormFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.units import DepartmentFactory, person
from tests.parallel import at_once
from units.kinds import Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rule_set(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")
    return BonusFactory().rule_set


def test_of_two_corrections_one_makes_the_next_edition(rule_set):
    people = [person(Role.BOARD, DepartmentFactory()) for _ in range(2)]

    results = at_once(
        *(
            lambda by=by: revise_rule_set(rule_set, by=by, reason="x", head={"note": str(by)})
            for by in people
        )
    )

    assert sum(isinstance(each, RuleViolation) for each in results) == 1
    assert RuleSet.objects.filter(current=True).count() == 1
    assert list(RuleSet.objects.values_list("edition", flat=True)) == [1, 2]


def test_two_decisions_seal_an_edition_once(rule_set):
    stamps = at_once(*(lambda: seal_rule_set(rule_set, by=None).sealed_at for _ in range(3)))

    assert len(set(stamps)) == 1
    assert Bonus.objects.count() == 1


@pytest.fixture
def campaign(transactional_db, stop_clock):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")
    stop_clock(2023, 11, 24, 9)
    return CampaignFactory()


def test_two_who_make_the_yearly_round_at_once_make_one(campaign):
    people = [person(Role.BOARD, DepartmentFactory()) for _ in range(2)]

    results = at_once(
        *(
            lambda by=by: save_round(
                RoundFactory.build(campaign=campaign, unit=campaign.province), {}, by=by
            )
            for by in people
        )
    )

    (refusal,) = [each for each in results if isinstance(each, RuleViolation)]
    assert "đã có đợt loại này" in refusal.args[0]
    assert Round.objects.count() == 1


def test_a_round_that_two_open_at_once_is_opened_once(campaign):
    round = RoundFormFactory(round=RoundFactory(campaign=campaign)).round
    by = person(Role.BOARD, DepartmentFactory())

    results = at_once(*(lambda: take_round_step(round, "open", by=by) for _ in range(2)))

    assert sum(isinstance(each, RuleViolation) for each in results) == 1
    assert Round.objects.get().state == "open"
