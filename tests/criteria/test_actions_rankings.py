"""Rankings: the order, ties, the board's departures, publication and what it freezes."""

from decimal import Decimal

import pytest

from config.workflow import RuleViolation
from criteria import actions
from criteria.models import Ranking, Score
from criteria.queries import totals
from criteria.queries.checklists import checklist_rows
from criteria.queries.rankings import doubled_places, lines, rows_in_order, unranked
from criteria.states import Grade, RankingState, Side
from tests.factories.campaign import PeriodFactory
from tests.factories.criteria import (
    WORKDAY,
    BlockFactory,
    BlockMemberFactory,
    NumberCriterionFactory,
    accepted,
    answered,
    answers_of,
    handed_in,
    opened,
    reporter_of,
    scored,
    set_of,
)
from tests.factories.units import DistrictFactory, person
from units.kinds import Role, Tier
from units.models import LogEntry

M, P, N, NA = Grade.MET, Grade.PARTLY, Grade.NOT_MET, Grade.NOT_ARISEN


@pytest.fixture
def districts(year):
    """Four districts in alphabetical order, and a set of three criteria."""
    set_of(3, campaign=year.campaign)
    return [DistrictFactory(parent=year.province, short_name=name) for name in "ABCD"]


def refusal(act, *args, **options):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **options)
    return " ".join(caught.value.args)


def table(ranking):
    """(unit's short name, place, tied) in the order of the page."""
    return [(row.unit.short_name, row.final_place, row.tied) for row in rows_in_order(ranking)]


def compute(year, board, **options):
    return actions.compute_ranking(year.period, Tier.DISTRICT, by=board, **options)


# The order


def test_points_of_the_board_make_the_order(year, districts, board):
    for unit, points in zip(districts, ([10, 10, 10], [30, 30, 30], [20, 20, 20]), strict=False):
        scored(accepted(unit, year.period, M), *points, by=board)

    ranking = compute(year, board)

    assert table(ranking) == [("B", 1, False), ("C", 2, False), ("A", 3, False)]
    assert (ranking.scored, ranking.state) == (True, RankingState.DRAFT)
    assert [row.points for row in rows_in_order(ranking)] == [90, 60, 30]


def test_equal_points_go_by_criteria_met_then_partly_then_punctuality(year, districts, board):
    grades = ([M, N, N], [M, P, N], [M, M, N], [M, P, N])
    for unit, given, on_time in zip(districts, grades, (True, False, True, True), strict=True):
        scored(accepted(unit, year.period, *given, on_time=on_time), 20, 20, 20, by=board)

    ranking = compute(year, board)

    assert table(ranking) == [
        ("C", 1, False),
        ("D", 2, False),
        ("B", 3, False),
        ("A", 4, False),
    ]


def test_what_is_equal_in_all_shares_the_place_and_the_page_says_in_what(year, districts, board):
    for unit, points in zip(districts, (20, 10, 20, 5), strict=True):
        scored(accepted(unit, year.period, M), *[points] * 3, by=board)

    ranking = compute(year, board)

    assert table(ranking) == [("A", 1, True), ("C", 1, True), ("B", 3, False), ("D", 4, False)]
    first, *_, last = lines(ranking, rows_in_order(ranking))
    assert first.tie == (
        "Đồng hạng 1: cùng 60 điểm, 3 tiêu chí đạt, 0 tiêu chí đạt một phần, nộp đúng hạn."
    )
    assert last.tie == ""


def test_without_any_points_the_counts_make_the_order(year, districts, board):
    for unit, grades in zip(districts, ([M, P, P], [M, M, N], [M, P, N], [N, N, N]), strict=True):
        accepted(unit, year.period, *grades)

    ranking = compute(year, board)

    assert not ranking.scored
    assert table(ranking) == [
        ("B", 1, False),
        ("A", 2, False),
        ("C", 3, False),
        ("D", 4, False),
    ]
    assert "điểm" not in lines(ranking, rows_in_order(ranking))[0].tie


def test_points_of_the_other_columns_do_not_count(year, districts, board):
    for unit, points in zip(districts[:2], (10, 30), strict=True):
        by = reporter_of(unit)
        checklist = answered(opened(unit, year.period, by=by), M, by=by)
        given = {answer.pk: (points, "") for answer in answers_of(checklist)}
        actions.score_all(checklist, Side.SELF, given, by=by)
        actions.hand_in(checklist, by=by, at=WORKDAY, on_time=True)
        actions.accept(checklist, by=board, at=WORKDAY)
    scored(accepted(districts[2], year.period, M), 1, 1, 1, by=board)

    assert table(compute(year, board)) == [("C", 1, False), ("A", 2, True), ("B", 2, True)]


def test_what_did_not_arise_is_scaled_away_as_on_the_page_of_the_report(year, districts, board):
    whole = accepted(districts[0], year.period, M)
    scored(whole, "33.33", "26.66", 20, by=board)
    part = accepted(districts[1], year.period, M, M, NA)
    first, second, _ = answers_of(part)
    actions.score_all(
        part, Side.BOARD, {first.pk: ("33.33", ""), second.pk: ("26.67", "")}, by=board
    )

    ranking = compute(year, board)

    by_unit = {row.unit: row for row in ranking.rows.all()}
    assert by_unit[districts[1]].points == Decimal("90.01")
    for checklist in (whole, part):
        on_page = totals(checklist_rows(checklist))["board"].points
        assert by_unit[checklist.unit].points == on_page
    assert by_unit[districts[1]].met == 2


def test_a_number_counts_as_met_by_its_threshold(year, districts, board):
    made = set_of(0, campaign=year.campaign, version=2)
    for number, direction in enumerate(("above", "at_least", "below"), start=1):
        NumberCriterionFactory(criteria_set=made, number=number, direction=direction)
    for unit, value in zip(districts, ("49.99", "50", "50.01"), strict=False):
        by = reporter_of(unit)
        checklist = opened(unit, year.period, by=by)
        for answer in answers_of(checklist):
            actions.save_answer(answer, {"value": value}, by=by, revision=0)
        actions.hand_in(checklist, by=by, at=WORKDAY, on_time=True)
        actions.accept(checklist, by=board, at=WORKDAY)
        outcomes = [row.answer.outcome for row in checklist_rows(checklist)]
        assert outcomes.count(M) == {"49.99": 1, "50": 1, "50.01": 2}[value]

    counts = {row.unit: row.met for row in compute(year, board).rows.all()}

    assert [counts[unit] for unit in districts[:3]] == [1, 1, 2]


def test_only_accepted_checklists_of_the_tier_and_period_are_ranked(year, districts, board):
    accepted(districts[0], year.period, M)
    handed_in(districts[1], year.period, M)
    opened(districts[2], year.period)
    other = PeriodFactory(campaign=year.campaign, year=2024)
    accepted(districts[3], other, M)

    ranking = compute(year, board)

    assert table(ranking) == [("A", 1, False)]
    assert unranked(ranking) == 3


def test_a_block_ranks_its_members_of_the_reference_date(year, districts, board):
    block = BlockFactory(campaign=year.campaign)
    for unit in districts[:2]:
        BlockMemberFactory(block=block, unit=unit)
    BlockMemberFactory(block=block, unit=districts[2], ends=year.period.reference_date)
    for unit, grades in zip(districts, ([N], [M], [M], [M]), strict=True):
        accepted(unit, year.period, *grades)

    ranking = compute(year, board, block=block)

    assert table(ranking) == [("B", 1, False), ("A", 2, False)]
    assert unranked(ranking) == 0


def test_computing_again_replaces_the_draft(year, districts, board):
    accepted(districts[0], year.period, M)
    first = compute(year, board)
    accepted(districts[1], year.period, M)

    assert compute(year, board) == first
    assert table(first) == [("A", 1, True), ("B", 1, True)]
    assert Ranking.objects.count() == 1


# Who


@pytest.mark.parametrize(
    "role", [role for role in Role if role != Role.BOARD], ids=lambda role: role.value
)
def test_only_the_board_ranks(year, districts, board, role):
    accepted(districts[0], year.period, M)
    ranking = compute(year, board)
    row = ranking.rows.get()
    other = person(role, year.board)

    for act, args in (
        (actions.compute_ranking, {"period": year.period, "tier": Tier.DISTRICT}),
        (actions.decide_place, {"row": row, "place": 1, "reason": "x"}),
        (actions.publish_ranking, {"ranking": ranking}),
    ):
        assert "Chỉ Ban Thi đua - Khen thưởng" in refusal(act, by=other, **args)


def test_a_block_of_another_tier_or_campaign_is_refused(year, board):
    for block in (BlockFactory(), BlockFactory(campaign=year.campaign, tier=Tier.COMMUNE)):
        assert "không phải là cụm, khối" in refusal(compute, year, board, block=block)


# The board's departure


def test_a_departure_is_kept_beside_the_computed_place(year, districts, board):
    accepted(districts[0], year.period, M)
    accepted(districts[1], year.period, N)
    ranking = compute(year, board)
    last = ranking.rows.get(unit=districts[1])

    actions.decide_place(last, 1, by=board, reason="Thành tích đột xuất")

    last.refresh_from_db()
    assert (last.place, last.decided_place, last.reason) == (2, 1, "Thành tích đột xuất")
    assert doubled_places(ranking) == [1]
    entry = LogEntry.objects.get(action="criteria.decide_place")
    assert (entry.changes, entry.reason) == ({"place": [2, 1]}, "Thành tích đột xuất")

    actions.decide_place(last, None, by=board, reason="Xét lại")
    last.refresh_from_db()
    assert (last.final_place, last.reason) == (2, "")


@pytest.mark.parametrize(
    ("place", "reason", "words"),
    [
        (2, " ", "Cần ghi lý do"),
        (0, "x", "Hạng phải từ 1 đến 2"),
        (3, "x", "Hạng phải từ 1 đến 2"),
        (1, "x", "không cần quyết định lại"),
        (2, "x" * 2001, "Lý do quá dài"),
    ],
)
def test_a_departure_is_checked(year, districts, board, place, reason, words):
    accepted(districts[0], year.period, M)
    accepted(districts[1], year.period, N)
    row = compute(year, board).rows.get(unit=districts[0])

    assert words in refusal(actions.decide_place, row, place, by=board, reason=reason)


def test_decisions_survive_computing_while_they_rest_on_the_same_place(year, districts, board):
    for unit, grades in zip(districts, ([M], [P], [N]), strict=False):
        accepted(unit, year.period, *grades)
    ranking = compute(year, board)
    for unit, place in ((districts[0], 2), (districts[2], 2)):
        row = ranking.rows.get(unit=unit)
        actions.decide_place(row, place, by=board, reason=f"Lý do {unit.short_name}")
    accepted(districts[3], year.period, P)

    compute(year, board)

    kept = {row.unit: row.decided_place for row in ranking.rows.all()}
    assert (kept[districts[0]], kept[districts[2]]) == (2, None)
    (entry,) = LogEntry.objects.filter(action="criteria.compute_ranking").exclude(changes={})
    assert entry.changes["dropped"] == [f"{districts[2]}: hạng 2 – Lý do C"]


# Publication


def test_publishing_stamps_and_freezes(year, districts, board):
    checklist = accepted(districts[0], year.period, M)
    scored(checklist, 30, 30, 30, by=board)
    ranking = compute(year, board)

    actions.publish_ranking(ranking, by=board)

    ranking.refresh_from_db()
    assert (ranking.state, ranking.published_at, ranking.published_by) == (
        RankingState.PUBLISHED,
        WORKDAY,
        board,
    )
    assert LogEntry.objects.filter(action="criteria.publish_ranking", by=board).exists()
    row = ranking.rows.get()
    assert "đã công bố" in refusal(compute, year, board)
    assert "đã công bố" in refusal(actions.decide_place, row, 2, by=board, reason="x")
    assert "đã công bố" in refusal(
        actions.score, answers_of(checklist)[0], Side.BOARD, 1, by=board, reason="x"
    )
    assert "Không thể công bố" in refusal(actions.publish_ranking, ranking, by=board)


def test_an_empty_ranking_is_not_published(year, districts, board):
    assert "chưa có gì để công bố" in refusal(
        actions.publish_ranking, compute(year, board), by=board
    )


def test_units_not_fully_scored_are_named_and_an_override_is_kept(year, districts, board):
    scored(accepted(districts[0], year.period, M), 30, 30, 30, by=board)
    half = accepted(districts[1], year.period, M)
    actions.score(answers_of(half)[0], Side.BOARD, 30, by=board)
    ranking = compute(year, board)

    said = refusal(actions.publish_ranking, ranking, by=board)
    assert f"1 đơn vị chưa được chấm đủ điểm: {districts[1].name} (2 tiêu chí)." in said

    actions.publish_ranking(ranking, by=board, override=" Đơn vị giải thể, không chấm tiếp ")
    ranking.refresh_from_db()
    assert ranking.note == "Đơn vị giải thể, không chấm tiếp"


def test_a_ranking_by_counts_needs_no_points(year, districts, board):
    accepted(districts[0], year.period, M)

    assert actions.publish_ranking(compute(year, board), by=board).published_at == WORKDAY


def test_points_given_since_the_computing_must_be_seen_first(year, districts, board):
    checklist = accepted(districts[0], year.period, M)
    ranking = compute(year, board)
    scored(checklist, 30, 30, 30, by=board)

    assert "hãy tính lại, xem lại rồi công bố" in refusal(
        actions.publish_ranking, ranking, by=board
    )
    actions.publish_ranking(compute(year, board), by=board)


def test_a_withdrawn_acceptance_must_be_seen_first(year, districts, board):
    first = accepted(districts[0], year.period, M)
    accepted(districts[1], year.period, N)
    ranking = compute(year, board)
    actions.reopen(first, by=board, at=WORKDAY)

    assert "hãy tính lại" in refusal(actions.publish_ranking, ranking, by=board)


def test_scores_taken_over_in_a_trail_count_once(year, districts, board):
    checklist = accepted(districts[0], year.period, M)
    scored(checklist, 30, 30, 30, by=board)
    scored(checklist, 20, 20, 20, by=board)

    assert Score.objects.count() == 6
    assert compute(year, board).rows.get().points == 60
