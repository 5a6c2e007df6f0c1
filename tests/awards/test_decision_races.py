"""Two people enter a decision, or number a tờ trình, at once, on PostgreSQL: one is refused."""

import pytest
from django.db import connection

from awards.actions import issue_decision, make_submission, revoke_awards, send_submission
from awards.models import Decision, Honour, Submission
from config import clock
from config.workflow import RuleViolation
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import (
    FUND,
    SIGNER,
    a_lawful_scene,
    brought_to,
    decided,
    sent_submission,
)
from tests.parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(transactional_db, stop_clock):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")
    stop_clock(2023, 11, 24, 9)
    return a_lawful_scene(CampaignFactory())


def refusals(results):
    return sum(isinstance(each, RuleViolation) for each in results)


@pytest.mark.parametrize("numbers", [("1/QĐ", "1/QĐ"), ("1/QĐ", "2/QĐ")])
def test_a_submission_is_decided_once(scene, numbers):
    submission = sent_submission(scene)
    told = {"decided_on": clock.today(), "signer": SIGNER, "fund": FUND, "by": scene.board}

    results = at_once(
        *(
            lambda number=number: issue_decision(submission.lines.all(), number=number, **told)
            for number in numbers
        )
    )

    assert refusals(results) == 1
    assert (Decision.objects.count(), Honour.objects.count()) == (1, 1)


def test_a_nomination_enters_one_submission_and_it_is_numbered_once(scene):
    nomination = brought_to(scene, "voted")

    def make():
        return make_submission(scene.round, [nomination], addressee="", by=scene.board)

    assert refusals(at_once(make, make)) == 1
    draft = Submission.objects.get()

    def send(number):
        return send_submission(draft, number=number, dated_on=clock.today(), by=scene.board)

    assert refusals(at_once(lambda: send("1"), lambda: send("2"))) == 1


def test_an_award_is_taken_back_once(scene):
    lines = decided(scene).lines.all()

    def revoke(number):
        told = {"decided_on": clock.today(), "signer": SIGNER, "reason": "Sai"}
        return revoke_awards(lines, number=number, by=scene.board, **told)

    assert refusals(at_once(lambda: revoke("20"), lambda: revoke("21"))) == 1
    assert Decision.objects.count() == 2
