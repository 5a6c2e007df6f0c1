"""Two people correct the law at once, on PostgreSQL: one is refused, one edition follows."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from awards.actions import revise_rule_set, seal_rule_set
from awards.models import Bonus, RuleSet
from config.workflow import RuleViolation
from tests.factories.awards import BonusFactory
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rule_set(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")
    return BonusFactory().rule_set


def together(*acts):
    """Run the acts at the same time; what each returned or was refused with."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=10)
            results[place] = act()
        except RuleViolation as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_of_two_corrections_one_makes_the_next_edition(rule_set):
    people = [person(Role.BOARD, DepartmentFactory()) for _ in range(2)]

    results = together(
        *(
            lambda by=by: revise_rule_set(rule_set, by=by, reason="x", head={"note": str(by)})
            for by in people
        )
    )

    assert sum(isinstance(each, RuleViolation) for each in results) == 1
    assert RuleSet.objects.filter(current=True).count() == 1
    assert list(RuleSet.objects.values_list("edition", flat=True)) == [1, 2]


def test_two_decisions_seal_an_edition_once(rule_set):
    stamps = together(*(lambda: seal_rule_set(rule_set, by=None).sealed_at for _ in range(3)))

    assert len(set(stamps)) == 1
    assert Bonus.objects.count() == 1
