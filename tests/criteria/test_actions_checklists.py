"""A checklist's life: opened, handed in, accepted, opened again; numbers computed on the way."""

from decimal import Decimal

import pytest

from config.workflow import RuleViolation
from criteria import actions
from criteria.models import Checklist
from criteria.queries import max_points
from criteria.states import ChecklistState, Grade, Measure
from tests.factories.campaign import instant
from tests.factories.criteria import (
    WORKDAY,
    CriterionFactory,
    EvidenceFactory,
    NumberCriterionFactory,
    RankingFactory,
    RankingRowFactory,
    accepted,
    answered,
    answers_of,
    handed_in,
    opened,
    set_of,
)
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.units import CommuneFactory, DistrictFactory, person
from units.actions import set_plan
from units.kinds import Role
from units.models import LogEntry

LATER = instant(2023, 11, 25, 9)


def refusal(act, *args, **options):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **options)
    return " ".join(caught.value.args)


# Opening


def test_opening_lays_out_one_answer_a_criterion(unit, year, reporter):
    made = set_of(4, campaign=year.campaign)

    checklist = opened(unit, year.period, by=reporter)

    assert checklist.criteria_set == made
    assert [answer.criterion.number for answer in answers_of(checklist)] == [1, 2, 3, 4]
    assert LogEntry.objects.get(action="criteria.open").unit == unit


def test_opening_twice_gives_the_same_checklist(unit, year, reporter):
    set_of(2, campaign=year.campaign)

    assert opened(unit, year.period, by=reporter) == opened(unit, year.period, by=reporter)
    assert Checklist.objects.get().answers.count() == 2


def test_the_set_in_force_in_the_year_is_taken(unit, year, board, reporter):
    old = set_of(2, campaign=year.campaign)
    new = actions.new_version(old, by=board, first_year=2024)

    assert opened(unit, year.period, by=reporter).criteria_set == old
    assert new.first_year == 2024


def test_a_unit_without_a_set_is_told_whom_to_ask(unit, year, reporter):
    said = refusal(actions.open_checklist, unit, year.period, by=reporter, at=WORKDAY)

    assert "Chưa có bộ tiêu chí" in said
    assert "Ban Thi đua - Khen thưởng" in said


def test_the_set_of_another_campaign_is_not_taken(unit, year, reporter):
    set_of(2)

    assert "Chưa có bộ tiêu chí" in refusal(
        actions.open_checklist, unit, year.period, by=reporter, at=WORKDAY
    )


# Handing in and following the report


def test_handing_in_needs_every_answer_and_names_what_lacks(unit, year, reporter):
    set_of(2, campaign=year.campaign)
    checklist = opened(unit, year.period, by=reporter)

    said = refusal(actions.hand_in, checklist, by=reporter, at=LATER, on_time=True)

    assert "III.1.b, ý 1: Chưa chọn mức đạt." in said
    assert "III.1.b, ý 2: Chưa chọn mức đạt." in said
    checklist.refresh_from_db()
    assert checklist.state == ChecklistState.OPEN


def test_handing_in_stamps_time_and_files(unit, year, reporter):
    set_of(1, campaign=year.campaign)
    checklist = answered(opened(unit, year.period, by=reporter), by=reporter)
    (answer,) = answers_of(checklist)
    kept = EvidenceFactory(answer=answer)
    removed = EvidenceFactory(answer=answer, removed_at=WORKDAY)

    actions.hand_in(checklist, by=reporter, at=LATER, on_time=False)

    checklist.refresh_from_db()
    assert (checklist.state, checklist.handed_in_at, checklist.on_time) == (
        "handed_in",
        LATER,
        False,
    )
    for file in (kept, removed):
        file.refresh_from_db()
    assert (kept.sent_at, removed.sent_at) == (LATER, None)


def test_a_withdrawn_sending_unsends_its_files_and_an_earlier_one_stays(unit, year, reporter):
    set_of(1, campaign=year.campaign)
    checklist = answered(opened(unit, year.period, by=reporter), by=reporter)
    (answer,) = answers_of(checklist)
    first = EvidenceFactory(answer=answer)
    actions.hand_in(checklist, by=reporter, at=WORKDAY, on_time=True)
    actions.reopen(checklist, by=reporter, at=WORKDAY)
    second = EvidenceFactory(answer=answer)
    actions.hand_in(checklist, by=reporter, at=LATER, on_time=True)

    actions.reopen(checklist, by=reporter, at=LATER, withdrawn=True)

    for file in (first, second):
        file.refresh_from_db()
    assert (first.sent_at, second.sent_at) == (WORKDAY, None)


MOVES = {
    "hand_in": lambda row, by: actions.hand_in(row, by=by, at=LATER, on_time=True),
    "accept": lambda row, by: actions.accept(row, by=by, at=LATER),
    "reopen": lambda row, by: actions.reopen(row, by=by, at=LATER),
}
ALLOWED = {
    ("open", "hand_in"): "handed_in",
    ("handed_in", "accept"): "accepted",
    ("handed_in", "reopen"): "open",
    ("accepted", "reopen"): "open",
}


@pytest.mark.parametrize("state", ["open", "handed_in", "accepted"])
@pytest.mark.parametrize("move", MOVES)
def test_every_move_from_every_state(unit, year, reporter, state, move):
    set_of(1, campaign=year.campaign)
    scenes = {
        "open": lambda: answered(opened(unit, year.period, by=reporter), by=reporter),
        "handed_in": lambda: handed_in(unit, year.period),
        "accepted": lambda: accepted(unit, year.period),
    }
    checklist = scenes[state]()

    if target := ALLOWED.get((state, move)):
        MOVES[move](checklist, reporter)
        assert LogEntry.objects.filter(action=f"criteria.{target}").exists()
    else:
        assert "hãy tải lại trang" in refusal(MOVES[move], checklist, reporter)
        target = state

    checklist.refresh_from_db()
    assert checklist.state == target


def test_what_a_published_ranking_rests_on_is_not_reopened(unit, year, reporter):
    set_of(1, campaign=year.campaign)
    checklist = accepted(unit, year.period)
    ranking = RankingFactory(period=year.period, published=True)
    late = DistrictFactory(parent=year.province)
    RankingRowFactory(ranking=ranking, unit=unit)

    assert "bảng xếp hạng được công bố" in refusal(actions.reopen, checklist, by=reporter, at=LATER)
    actions.reopen(accepted(late, year.period), by=reporter, at=LATER)


# Numbers


def reviewed(district, *, closing, year=2023):
    """A district of one commune: 100 poor households at the start of 2022, then ``closing``."""
    commune = CommuneFactory(parent=district)
    at_end = {"year": year, "poor_opening": 90, "poor_escaped": 90 - closing, "near_opening": 0}
    PovertyReviewFactory(unit=commune, year=2022, poor_opening=100, poor_escaped=10, near_opening=0)
    PovertyReviewFactory(unit=commune, **at_end)
    return commune


def numbered(unit, year, reporter):
    made = set_of(0, campaign=year.campaign)
    NumberCriterionFactory(
        criteria_set=made, measure=Measure.POOR_NEAR_REDUCTION, baseline_year=2021
    )
    return opened(unit, year.period, by=reporter)


def test_the_fall_of_poor_households_is_computed_with_its_parts(unit, year, reporter):
    reviewed(unit, closing=40)

    (answer,) = answers_of(numbered(unit, year, reporter))

    assert (answer.computed, answer.computed_met, answer.outcome) == (
        Decimal(60),
        True,
        Grade.MET,
    )
    assert ["Hộ nghèo cuối năm 2023", "40"] in answer.computed_from["parts"]


def test_exactly_half_is_not_more_than_half(unit, year, reporter):
    reviewed(unit, closing=50)

    (answer,) = answers_of(numbered(unit, year, reporter))

    assert (answer.computed, answer.outcome) == (Decimal(50), Grade.NOT_MET)


def test_more_than_half_by_a_hair_is_met_though_it_reads_as_fifty(unit, year, reporter):
    commune = CommuneFactory(parent=unit)
    big = {"households": 300_000, "near_opening": 0}
    PovertyReviewFactory(unit=commune, year=2022, poor_opening=200_000, **big)
    PovertyReviewFactory(unit=commune, year=2023, poor_opening=200_000, poor_escaped=100_001, **big)

    (answer,) = answers_of(numbered(unit, year, reporter))

    assert (answer.computed, answer.outcome) == (Decimal("50.00"), Grade.MET)


def test_without_a_review_the_reason_is_kept_and_nothing_is_guessed(unit, year, reporter):
    (answer,) = answers_of(numbered(unit, year, reporter))

    assert answer.computed is None
    assert answer.computed_from["reason"]
    assert answer.outcome == ""


def test_a_review_that_comes_after_the_sending_is_taken_up_and_logged(unit, year, reporter):
    checklist = numbered(unit, year, reporter)
    (answer,) = answers_of(checklist)
    data = {"explanation": "Chưa có kết quả rà soát."}
    actions.save_answer(answer, data, by=reporter, revision=0)
    actions.hand_in(checklist, by=reporter, at=WORKDAY, on_time=True)
    reviewed(unit, closing=40)

    actions.recompute(checklist)

    answer.refresh_from_db()
    assert answer.computed == Decimal(60)
    entry = LogEntry.objects.get(action="criteria.recompute")
    assert (entry.by, entry.changes) == (None, {answer.criterion.clause: ["None", "60.00"]})


def test_figures_that_come_in_reach_the_checklists_of_their_year_and_later(
    unit, year, reporter, django_capture_on_commit_callbacks
):
    checklist = numbered(unit, year, reporter)
    commune = reviewed(unit, closing=40)
    desk = person(Role.POVERTY_DESK, year.board)
    assert answers_of(checklist)[0].computed is None

    for changed, told in ((2024, None), (2022, Decimal(60))):
        with django_capture_on_commit_callbacks(execute=True):
            set_plan(commune, changed, Decimal("0.5"), by=desk, basis="Quyết định 12")
        assert answers_of(checklist)[0].computed == told


def test_recomputing_without_a_change_logs_nothing(unit, year, reporter):
    set_of(1, campaign=year.campaign)
    checklist = handed_in(unit, year.period)

    actions.recompute(checklist)

    assert not LogEntry.objects.filter(action="criteria.recompute").exists()


def test_a_published_ranking_keeps_its_numbers(unit, year, reporter):
    checklist = numbered(unit, year, reporter)
    RankingRowFactory(ranking=RankingFactory(period=year.period, published=True), unit=unit)
    reviewed(unit, closing=40)

    actions.recompute(checklist)

    assert answers_of(checklist)[0].computed is None


def test_maximum_points_follow_the_set(unit, year, reporter):
    made = set_of(3, campaign=year.campaign)
    CriterionFactory(criteria_set=made, number=4, points=10)

    assert list(max_points(made).values()) == [Decimal(30), Decimal(30), Decimal(30), Decimal(10)]
