"""What the database itself refuses, whatever the code above it forgets."""

import pytest
from django.db import IntegrityError, transaction

from criteria.models import Answer
from criteria.states import Grade
from tests.factories.criteria import (
    WORKDAY,
    AnswerFactory,
    BlockMemberFactory,
    ChecklistFactory,
    CriterionFactory,
    EvidenceFactory,
    NumberCriterionFactory,
    RankingFactory,
    RankingRowFactory,
    ScoreFactory,
)
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db

REFUSED = {
    "a second set of points in force": lambda: ScoreFactory(
        answer=ScoreFactory().answer,
    ),
    "negative points": lambda: ScoreFactory(points=-1),
    "the same file twice": lambda: EvidenceFactory(
        answer=(first := EvidenceFactory()).answer, sha256=first.sha256
    ),
    "a grade and a number": lambda: AnswerFactory(grade=Grade.MET, value=1),
    "a computed number nobody judged": lambda: AnswerFactory(computed=1),
    "a second checklist of the period": lambda: ChecklistFactory(
        unit=(first := ChecklistFactory()).unit, period=first.period
    ),
    "handed in without a time": lambda: ChecklistFactory(state="handed_in"),
    "a number without a threshold": lambda: NumberCriterionFactory(threshold=None),
    "a criterion worth nothing": lambda: CriterionFactory(points=0),
    "published by nobody": lambda: RankingFactory(state="published", published_at=WORKDAY),
    "a draft with a publisher": lambda: RankingFactory(published_by=UserFactory()),
    "a second ranking of a tier": lambda: RankingFactory(period=RankingFactory().period),
    "a departure without a reason": lambda: RankingRowFactory(decided_place=1),
    "a place before the first": lambda: RankingRowFactory(decided_place=0, reason="x"),
    "two blocks at a time": lambda: BlockMemberFactory(unit=BlockMemberFactory().unit),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_old_points_and_removed_files_do_not_stand_in_the_way():
    old = ScoreFactory(current=False)
    ScoreFactory(answer=old.answer)
    gone = EvidenceFactory(removed_at=WORKDAY)
    EvidenceFactory(answer=gone.answer, sha256=gone.sha256)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, ""),
        ({"value": 51}, Grade.MET),
        ({"value": 50}, Grade.NOT_MET),
        ({"value": 10, "computed": 50, "computed_met": True}, Grade.MET),
        ({"value": 90, "computed": 40, "computed_met": False}, Grade.NOT_MET),
        ({"grade": Grade.NOT_ARISEN}, Grade.NOT_ARISEN),
    ],
)
def test_the_outcome_of_a_number(fields, outcome):
    answer = Answer(criterion=NumberCriterionFactory.build(criteria_set=None, clause=""), **fields)

    assert answer.outcome == outcome
