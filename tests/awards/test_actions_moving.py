"""Nominations on their way: desks, stamps, the law of the day; by whom: ``test_moving_cells``."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from awards.actions import move, take_nomination_step, take_round_step
from awards.states import NominationState
from awards.steps import NOMINATION_STEPS
from config.workflow import RuleViolation
from tests.factories.awards import RoundFactory, RoundFormFactory, RuleSetFactory
from tests.factories.nominations import (
    NominationFactory,
    a_scene,
    appraised,
    drafted,
    endorsed,
    submitted,
)
from tests.factories.units import CommuneFactory, VillageFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def test_a_dossier_climbs_from_commune_to_district_to_board(scene):
    nomination = submitted(scene)
    assert (nomination.state, nomination.desk) == (NominationState.SUBMITTED, scene.district)

    nomination = take_nomination_step(nomination, "endorse", by=scene.district_leader)
    assert nomination.desk == scene.round.unit

    nomination = take_nomination_step(nomination, "appraise", by=scene.board)
    assert nomination.state == NominationState.APPRAISED
    assert nomination.appraised_by == scene.board
    told = list(nomination.steps.values_list("name", "source", "target"))
    assert told == [
        ("submit", "draft", "submitted"),
        ("endorse", "submitted", "submitted"),
        ("appraise", "submitted", "appraised"),
    ]


def test_the_law_of_the_day_of_receipt_stays_with_the_dossier(scene, stop_clock):
    nomination = submitted(scene)
    first = nomination.rule_set
    RuleSetFactory(year=2024)
    take_nomination_step(nomination, "return", by=scene.district_leader, note="Thiếu số liệu")
    stop_clock(2024, 1, 5, 9)

    again = take_nomination_step(nomination, "submit", by=scene.commune_leader)

    assert (again.received_on, again.rule_set) == (date(2023, 11, 24), first)


def test_a_returned_dossier_lies_with_its_proposer_and_forgets_the_appraisal(scene):
    nomination = appraised(scene)

    back = take_nomination_step(nomination, "return", by=scene.board, note="Bổ sung biên bản")

    assert (back.state, back.desk) == (NominationState.RETURNED, scene.commune)
    assert back.appraised_at is None


@pytest.mark.parametrize("name", [n for n, step in NOMINATION_STEPS.items() if step.needs_note])
def test_going_back_needs_a_reason(scene, name):
    rule = NOMINATION_STEPS[name].rules[0]

    assert rule(drafted(scene), "  ", None) == "Cần ghi lý do."


def test_a_dossier_is_received_within_the_days_of_the_round_only(scene, stop_clock):
    nomination = drafted(scene)
    stop_clock(2023, 12, 15, 23, 59, 59)
    on_the_last_second = drafted(scene, unit=CommuneFactory(parent=scene.district))
    take_nomination_step(
        on_the_last_second, "submit", by=person(Role.LEADER, on_the_last_second.unit)
    )
    stop_clock(2023, 12, 16, 0)

    told = refused(lambda: take_nomination_step(nomination, "submit", by=scene.commune_leader))

    assert "nhận hồ sơ từ 15/11/2023 đến hết 15/12/2023" in told


def test_an_unwritten_report_is_not_sent(scene):
    nomination = drafted(scene)
    nomination.parts.update(text="  ")

    told = refused(lambda: take_nomination_step(nomination, "submit", by=scene.commune_leader))

    assert "Báo cáo thành tích còn thiếu: Kết quả đạt được." in told


def test_nobody_appraises_what_the_own_unit_proposed(scene):
    village = VillageFactory(parent=scene.commune)
    nomination = drafted(scene, unit=village, proposer=scene.district)
    sent = take_nomination_step(nomination, "submit", by=scene.district_leader)
    both = person(Role.LEADER, scene.district)
    both.appointments.create(unit=scene.board.appointments.get().unit, role=Role.BOARD,
                             starts=date(2021, 1, 1))  # fmt: skip

    told = refused(lambda: take_nomination_step(sent, "appraise", by=both))

    assert "nên bạn không tự thẩm định" in told
    assert take_nomination_step(sent, "appraise", by=scene.board)


def test_a_unit_that_decides_itself_appraises_its_own_proposals(scene):
    round = RoundFactory(campaign=scene.round.campaign, unit=scene.commune)
    RoundFormFactory(round=round, form=scene.form)
    take_round_step(round, "open", by=scene.commune_leader)
    offer = round.offers.get()
    village = VillageFactory(parent=scene.commune)
    nomination = drafted(scene, offer=offer, unit=village, proposer=scene.commune)

    sent = take_nomination_step(nomination, "submit", by=scene.commune_leader)
    done = take_nomination_step(sent, "appraise", by=scene.commune_leader)

    assert done.state == NominationState.APPRAISED


def test_many_move_together_or_none(scene):
    ready = endorsed(scene)
    other = endorsed(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune)
    take_nomination_step(other, "refuse", by=scene.board, note="trùng")

    told = refused(lambda: move([ready, other], "appraise", by=scene.board))

    assert told.startswith(f"{other.name}: Không thể xác nhận")
    ready.refresh_from_db()
    assert ready.state == NominationState.SUBMITTED


def test_the_unit_whose_turn_it_is_gets_one_mail_without_names(
    scene, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        nomination = submitted(scene)

    told = [letter for letter in mail.outbox if letter.to == [scene.district_leader.email]]
    assert len(told) == 1
    assert nomination.name not in told[0].body


def test_a_candidate_is_nominated_once_for_a_form_and_again_after_a_refusal(scene):
    first = endorsed(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        NominationFactory(offer=scene.offer, unit=scene.commune)
    take_nomination_step(first, "refuse", by=scene.board, note="chưa đủ")

    assert NominationFactory(offer=scene.offer, unit=scene.commune).pk
