"""Points: who may fill which column in which state, reasons, bounds, and the trail."""

from datetime import date
from decimal import Decimal

import pytest

from config.workflow import RuleViolation
from criteria import actions
from criteria.models import Score
from criteria.states import Grade, Side
from tests.factories.campaign import instant
from tests.factories.criteria import (
    BlockFactory,
    BlockMemberFactory,
    RankingFactory,
    accepted,
    answered,
    answers_of,
    handed_in,
    opened,
    reporter_of,
    set_of,
)
from tests.factories.units import AppointmentFactory, CommuneFactory, DistrictFactory, person
from units.kinds import Role, Tier
from units.models import LogEntry

LATER = instant(2023, 11, 25, 9)


@pytest.fixture
def commune(unit):
    return CommuneFactory(parent=unit)


@pytest.fixture
def communes(year):
    return set_of(2, campaign=year.campaign, tier=Tier.COMMUNE, letter="c", clause="III.1.c")


SCENES = {
    "open": lambda unit, period: answered(opened(unit, period)),
    "handed_in": handed_in,
    "accepted": accepted,
    "reopened": lambda unit, period: actions.reopen(
        accepted(unit, period), by=reporter_of(unit), at=LATER
    ),
}


def refusal(act, *args, **options):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **options)
    return " ".join(caught.value.args)


def first_answer(checklist):
    return answers_of(checklist)[0]


# Who, where, when

PEOPLE = {
    "own reporter": lambda place: reporter_of(place["commune"]),
    "own leader": lambda place: person(Role.LEADER, place["commune"]),
    "reporter above": lambda place: reporter_of(place["district"]),
    "leader above": lambda place: person(Role.LEADER, place["district"]),
    "reporter of a neighbour": lambda place: reporter_of(place["neighbour"]),
    "leader of another district": lambda place: person(Role.LEADER, place["other"]),
    "board": lambda place: person(Role.BOARD, place["board"]),
    "desk": lambda place: person(Role.POVERTY_DESK, place["board"]),
    "viewer": lambda place: person(Role.PROVINCE_VIEWER, place["province"]),
    "council": lambda place: person(Role.COUNCIL, place["board"]),
    "administrator": lambda place: person(Role.ADMINISTRATOR, place["province"]),
    "reporter of the board's unit": lambda place: reporter_of(place["board"]),
}
OWN, ABOVE = {"own reporter", "own leader"}, {"reporter above", "leader above"}
MAY = {Side.SELF: OWN, Side.ABOVE: ABOVE, Side.BOARD: {"board"}}
WHEN = {
    Side.SELF: {"open", "reopened"},
    Side.ABOVE: {"handed_in", "accepted"},
    Side.BOARD: {"handed_in", "accepted"},
}


@pytest.mark.parametrize("state", SCENES)
@pytest.mark.parametrize("side", list(Side))
def test_every_person_in_every_column_and_state(year, unit, commune, communes, side, state):
    checklist = SCENES[state](commune, year.period)
    answer = first_answer(checklist)
    place = {
        "commune": commune,
        "district": unit,
        "neighbour": CommuneFactory(parent=unit),
        "other": DistrictFactory(parent=year.province),
        "board": year.board,
        "province": year.province,
    }
    allowed = set()
    for name, someone in PEOPLE.items():
        try:
            actions.score(answer, side, 10, by=someone(place), reason="Theo minh chứng")
        except RuleViolation:
            continue
        allowed.add(name)

    assert allowed == (MAY[side] if state in WHEN[side] else set())


def test_a_district_has_no_column_above(year, unit):
    set_of(1, campaign=year.campaign)
    checklist = accepted(unit, year.period)

    said = refusal(
        actions.score, first_answer(checklist), Side.ABOVE, 1, by=reporter_of(year.province)
    )

    assert "Ban TĐKT chấm trực tiếp" in said


@pytest.mark.parametrize("where", ["own", "below"])
def test_the_board_member_who_writes_a_report_does_not_score_it(year, unit, commune, board, where):
    set_of(1, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    AppointmentFactory(user=board, unit=unit if where == "own" else commune, role=Role.REPORTER)

    said = refusal(actions.score, first_answer(checklist), Side.BOARD, 10, by=board)

    assert "nên không chấm điểm" in said


def test_a_seat_lost_since_the_page_was_opened_counts(year, unit, board):
    set_of(1, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    board.seats()
    board.appointments.update(ends=date(2023, 11, 20))

    assert "Chỉ Ban Thi đua" in refusal(
        actions.score, first_answer(checklist), Side.BOARD, 10, by=board
    )


# Frozen by publication


@pytest.mark.parametrize(
    ("scope", "frozen"), [("tier", True), ("own block", True), ("other block", False)]
)
def test_a_published_ranking_freezes_the_points_under_it(year, unit, board, scope, frozen):
    set_of(1, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    block = None
    if scope != "tier":
        block = BlockFactory(campaign=year.campaign)
        BlockMemberFactory(
            block=block if scope == "own block" else BlockFactory(campaign=year.campaign),
            unit=unit,
        )
    RankingFactory(period=year.period, block=block, published=True)

    if frozen:
        assert "đã công bố lúc" in refusal(
            actions.score, first_answer(checklist), Side.BOARD, 10, by=board
        )
    else:
        actions.score(first_answer(checklist), Side.BOARD, 10, by=board)


def test_a_draft_or_another_tier_freezes_nothing(year, unit, board):
    set_of(1, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    RankingFactory(period=year.period)
    RankingFactory(period=year.period, tier=Tier.COMMUNE, published=True)

    assert actions.score(first_answer(checklist), Side.BOARD, 10, by=board).points == 10


# Points and reasons


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (-1, "ngoài khoảng từ 0 đến 50"),
        ("50.01", "ngoài khoảng từ 0 đến 50"),
        ("10.001", "hai chữ số phần lẻ"),
        ("mười", "không phải là điểm"),
        ("NaN", "không phải là điểm"),
        ("Infinity", "không phải là điểm"),
    ],
)
def test_points_stay_between_nought_and_the_maximum(year, unit, board, points, words):
    set_of(2, campaign=year.campaign)
    answer = first_answer(accepted(unit, year.period))

    said = refusal(actions.score, answer, Side.BOARD, points, by=board, reason="Có")

    assert "III.1.b, ý 1: " in said
    assert words in said
    assert not Score.objects.exists()


@pytest.mark.parametrize("points", [0, 50, "49.99"])
def test_both_ends_are_allowed(year, unit, board, points):
    set_of(2, campaign=year.campaign)
    answer = first_answer(accepted(unit, year.period))

    given = actions.score(answer, Side.BOARD, points, by=board)

    assert given.points == Decimal(str(points))


def test_a_departure_from_the_column_before_needs_a_reason(year, commune, communes, unit, board):
    checklist = answered(opened(commune, year.period))
    answer = first_answer(checklist)
    actions.score(answer, Side.SELF, 40, by=reporter_of(commune))
    by = reporter_of(commune)
    actions.hand_in(checklist, by=by, at=LATER, on_time=True)
    above = reporter_of(unit)

    assert "Khác điểm 40 của cột “Tự chấm”" in refusal(
        actions.score, answer, Side.ABOVE, 30, by=above
    )
    actions.score(answer, Side.ABOVE, 30, by=above, reason="Thiếu minh chứng")
    assert "Khác điểm 30 của cột “Cấp trên chấm”" in refusal(
        actions.score, answer, Side.BOARD, 40, by=board
    )
    assert actions.score(answer, Side.BOARD, 30, by=board).reason == ""


def test_the_first_points_need_no_reason_and_a_change_does(year, unit, board):
    set_of(2, campaign=year.campaign)
    answer = first_answer(accepted(unit, year.period))
    first = actions.score(answer, Side.BOARD, 40, by=board)

    said = refusal(actions.score, answer, Side.BOARD, 45, by=person(Role.BOARD, year.board))
    assert f"{board} đã chấm 40 điểm lúc 08:00 ngày 20/11/2023" in said

    second = actions.score(answer, Side.BOARD, 45, by=board, reason="Bổ sung minh chứng")
    first.refresh_from_db()
    assert (first.current, first.points) == (False, 40)
    assert (second.current, second.points, second.reason) == (True, 45, "Bổ sung minh chứng")


def test_the_same_points_again_write_nothing(year, unit, board):
    set_of(2, campaign=year.campaign)
    answer = first_answer(accepted(unit, year.period))
    first = actions.score(answer, Side.BOARD, 40, by=board)

    assert actions.score(answer, Side.BOARD, "40.00", by=board) == first
    assert LogEntry.objects.filter(action="criteria.score_board").count() == 1


def test_a_blank_reason_is_none(year, unit, board):
    set_of(2, campaign=year.campaign)
    answer = first_answer(accepted(unit, year.period))
    actions.score(answer, Side.BOARD, 40, by=board)

    assert "ghi lý do" in refusal(actions.score, answer, Side.BOARD, 41, by=board, reason="  \n")


def test_what_did_not_arise_is_not_scored(year, unit, board):
    set_of(2, campaign=year.campaign)
    answer = first_answer(accepted(unit, year.period, Grade.NOT_ARISEN, Grade.MET))

    assert "không chấm điểm; nếu có phát sinh, hãy trả lại" in refusal(
        actions.score, answer, Side.BOARD, 10, by=board
    )


# A whole checklist at once


def test_a_checklist_is_scored_whole_or_not_at_all(year, unit, board):
    set_of(3, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    first, second, third = answers_of(checklist)

    said = refusal(
        actions.score_all,
        checklist,
        Side.BOARD,
        {first.pk: (30, ""), second.pk: (99, ""), third.pk: ("x", "")},
        by=board,
    )

    assert "ý 1" not in said
    assert "ý 2: Điểm 99" in said
    assert "ý 3: “x” không phải" in said
    assert not Score.objects.exists()


def test_one_log_row_tells_a_whole_scoring(year, unit, board):
    set_of(2, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    first, second = answers_of(checklist)

    actions.score_all(
        checklist, Side.BOARD, {first.pk: (50, ""), second.pk: ("12.5", "Một phần")}, by=board
    )

    entry = LogEntry.objects.get(action="criteria.score_board")
    assert entry.changes == {
        "III.1.b, ý 1": ["", "50", ""],
        "III.1.b, ý 2": ["", "12.5", "Một phần"],
    }
    assert (entry.by, entry.unit) == (board, unit)


def test_another_checklists_answer_is_refused(year, unit, board):
    set_of(1, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    stranger = first_answer(accepted(DistrictFactory(parent=year.province), year.period))

    assert "không thuộc bảng tự đánh giá này" in refusal(
        actions.score_all, checklist, Side.BOARD, {stranger.pk: (10, "")}, by=board
    )


def test_the_own_unit_takes_its_points_back_and_others_cannot(year, unit, board, reporter):
    set_of(1, campaign=year.campaign)
    checklist = answered(opened(unit, year.period, by=reporter), by=reporter)
    answer = first_answer(checklist)
    actions.score(answer, Side.SELF, 90, by=reporter)

    actions.score_all(checklist, Side.SELF, {answer.pk: (None, "")}, by=reporter)
    assert not Score.objects.filter(current=True).exists()

    actions.hand_in(checklist, by=reporter, at=LATER, on_time=True)
    actions.score(answer, Side.BOARD, 80, by=board)
    assert "không xóa được" in refusal(
        actions.score_all, checklist, Side.BOARD, {answer.pk: (None, "")}, by=board
    )
