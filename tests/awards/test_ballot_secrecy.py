"""Nobody learns from the database what a member chose, nor in what order members voted."""

import base64
import itertools

import pytest
from django.apps import apps
from django.db import connection

from awards import actions
from awards.ballot_box import BallotBoxes, Sums
from awards.kinds import Choice
from awards.models import Case, Vote
from config.workflow import RuleViolation
from tests.factories.council import agreed, attended, ballot, convened, opened, voted
from tests.factories.nominations import a_scene
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 12, 14, 9)


@pytest.fixture
def scene():
    return a_scene()


def rows_of_everything():
    """Every cell of every table, as the database gives it."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # our own names
            columns = [column.name if hasattr(column, "name") else column[0]
                       for column in cursor.description]  # fmt: skip
            for row in cursor.fetchall():
                yield model._meta.label, dict(zip(columns, row, strict=True))


def boxes(sitting):
    return list(sitting.session.cases.order_by("pk").values_list("box", flat=True))


def test_what_a_vote_writes_is_that_a_seat_voted_and_boxes_without_words(scene):
    sitting = opened(scene, cases=2)
    before = list(rows_of_everything())

    ballot(sitting, sitting.users[0], "against")

    new = [row for row in rows_of_everything() if row not in before]
    assert {label for label, _ in new} == {"awards.Vote", "awards.Case"}
    seat = sitting.session.seats.get(member__user=sitting.users[0])
    assert [row for label, row in new if label == "awards.Vote"] == [
        {"seat_id": seat.pk, "way": "screen"}
    ]
    for row in (row for label, row in new if label == "awards.Case"):
        old = next(each for label, each in before if label == "awards.Case"
                   and each["id"] == row["id"])  # fmt: skip
        assert {name for name in row if row[name] != old[name]} == {"box"}


def test_after_many_votes_no_cell_of_any_table_holds_a_choice(scene):
    sitting = voted(opened(scene), "+-0-+")
    told = set(Choice.values) | {str(label) for label in Choice.labels}

    cells = {
        str(value)
        for label, row in rows_of_everything()
        for value in row.values()
        if label.startswith(("awards.", "units.LogEntry", "sessions."))
    }

    assert not cells & told
    for case in sitting.session.cases.values():
        counted = {name: case[name] for name in case if name.startswith(("votes_", "paper_"))}
        assert set(counted.values()) == {None}


def test_a_box_has_one_length_and_is_new_at_every_vote(scene):
    sitting = opened(scene, cases=2)
    seen = [boxes(sitting)]
    for user, choice in zip(sitting.users, itertools.cycle(Choice.values), strict=False):
        ballot(sitting, user, choice)
        seen.append(boxes(sitting))

    flat = [box for row in seen for box in row]
    assert len({len(box) for box in flat}) == 1
    assert len(set(flat)) == len(flat)


def test_the_box_of_a_case_nobody_votes_on_now_is_sealed_anew_as_well(scene):
    sitting = convened(scene, cases=2)
    case = sitting.session.cases.order_by("pk").first()
    seat = sitting.session.seats.get(member__user=sitting.users[1])
    actions.recuse(case, seat, by=sitting.users[1], reason="Là em ruột")
    actions.open_voting(attended(sitting).session, by=scene.board)
    before = boxes(sitting)

    ballot(sitting, sitting.users[1], "for")

    after = boxes(sitting)
    assert after[0] != before[0]
    assert after[1] != before[1]
    assert BallotBoxes(sitting.session.pk).open(Case.objects.get(pk=case.pk)) == Sums()


def test_a_box_tells_no_time(scene):
    sitting = voted(opened(scene), "+")

    written = base64.urlsafe_b64decode(boxes(sitting)[0])

    assert written[1:9] == bytes(8)  # where Fernet writes its time


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 2, 0, 1, 3)])
def test_the_order_of_votes_is_not_in_the_rows(scene, order):
    sitting = opened(scene)
    for place in order:
        ballot(sitting, sitting.users[place])

    fields = {field.name for field in Vote._meta.get_fields()}
    assert fields == {"seat", "way"}
    assert Vote._meta.pk.name == "seat"
    assert sorted(Vote.objects.values_list("pk", flat=True)) == sorted(
        sitting.session.seats.values_list("pk", flat=True)
    )
    assert not LogEntry.objects.filter(action__contains="vote").exists()


def test_a_wrong_key_opens_nothing_and_closes_nothing(scene, settings):
    sitting = agreed(voted(opened(scene), "+++++"))
    settings.SECRET_KEY = "another"  # noqa: S105

    with pytest.raises(RuleViolation, match="Không mở được thùng phiếu"):
        actions.close_session(sitting.session, by=sitting.board)

    assert sitting.fresh().state == "voting"


def test_a_key_that_was_changed_while_voting_still_opens(scene, settings):
    sitting = voted(opened(scene), "++")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new"  # noqa: S105
    voted(sitting._replace(users=sitting.users[2:]), "+--")
    agreed(sitting)

    actions.close_session(sitting.session, by=sitting.board)

    assert sitting.session.cases.get().votes_for == 3


def test_each_session_has_a_key_of_its_own(scene):
    sitting = opened(scene)
    case = sitting.session.cases.get()

    with pytest.raises(RuleViolation):
        BallotBoxes(sitting.session.pk + 1).open(case)


def test_a_box_belongs_to_its_case(scene):
    sitting = voted(opened(scene, cases=2), "+")
    first, second = sitting.session.cases.order_by("pk")
    second.box = first.box

    with pytest.raises(RuleViolation):
        BallotBoxes(sitting.session.pk).open(second)
