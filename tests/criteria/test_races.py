"""Two people at once, on PostgreSQL: nothing is doubled, nothing is lost."""

import pytest
from django.db import connection

from config.workflow import RuleViolation, Stale
from criteria import actions
from criteria.models import Checklist, Evidence, Score
from criteria.states import RankingState, Side
from tests.factories.campaign import reporting_year
from tests.factories.criteria import (
    accepted,
    answers_of,
    opened,
    pdf,
    reporter_of,
    scored,
    set_of,
)
from tests.factories.units import person
from tests.parallel import at_once
from units.kinds import Role, Tier

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def year(transactional_db, _workday):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")
    return reporting_year()


def test_parallel_scoring_leaves_one_current_row(year, unit):
    set_of(1, campaign=year.campaign)
    (answer,) = answers_of(accepted(unit, year.period))
    people = [person(Role.BOARD, year.board) for _ in range(4)]

    at_once(
        *(
            lambda by=by, points=points: actions.score(
                answer, Side.BOARD, points, by=by, reason="Cùng lúc"
            )
            for points, by in enumerate(people, start=10)
        )
    )

    assert Score.objects.filter(current=True).count() == 1
    assert Score.objects.count() == 4


def test_of_two_writers_one_is_told_of_the_other(year, unit):
    set_of(1, campaign=year.campaign)
    (answer,) = answers_of(opened(unit, year.period))
    people = [reporter_of(unit), reporter_of(unit)]

    results = at_once(
        *(
            lambda by=by, grade=grade: actions.save_answer(
                answer, {"grade": grade}, by=by, revision=0
            )
            for by, grade in zip(people, ("met", "not_met"), strict=True)
        )
    )

    assert sorted(isinstance(each, Stale) for each in results) == [False, True]
    answer.refresh_from_db()
    assert answer.revision == 1


def test_a_double_click_attaches_a_file_once(year, unit):
    set_of(1, campaign=year.campaign)
    (answer,) = answers_of(opened(unit, year.period))
    by = reporter_of(unit)

    results = at_once(*[lambda: actions.attach_evidence(answer, pdf(), by=by)] * 2)

    assert sorted(isinstance(each, RuleViolation) for each in results) == [False, True]
    assert Evidence.objects.count() == 1


def test_a_double_click_opens_one_checklist(year, unit):
    set_of(2, campaign=year.campaign)
    by = reporter_of(unit)

    at_once(*[lambda: opened(unit, year.period, by=by)] * 2)

    assert Checklist.objects.get().answers.count() == 2


def test_points_given_while_a_ranking_is_published_are_in_or_refused(year, unit):
    set_of(1, campaign=year.campaign)
    board = person(Role.BOARD, year.board)
    checklist = scored(accepted(unit, year.period), 50, by=board)
    ranking = actions.compute_ranking(year.period, Tier.DISTRICT, by=board)
    (answer,) = answers_of(checklist)

    at_once(
        lambda: actions.publish_ranking(ranking, by=board),
        lambda: actions.score(answer, Side.BOARD, 60, by=board, reason="Cùng lúc"),
    )

    ranking.refresh_from_db()
    points = Score.objects.get(current=True).points
    published = ranking.state == RankingState.PUBLISHED
    assert (published, points) in ((True, 50), (False, 60))


def test_two_computings_leave_one_draft(year, unit):
    set_of(1, campaign=year.campaign)
    accepted(unit, year.period)
    board = person(Role.BOARD, year.board)

    at_once(*[lambda: actions.compute_ranking(year.period, Tier.DISTRICT, by=board)] * 2)

    ranking = actions.compute_ranking(year.period, Tier.DISTRICT, by=board)
    assert ranking.rows.count() == 1
