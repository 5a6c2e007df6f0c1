"""Holds, opinions, overrides and verdicts: who may, what stops, all applied or none."""

from datetime import date

import pytest
from django.core import mail

from awards.actions import (
    apply_verdicts,
    ask_opinion,
    clear_verdict,
    hold,
    lift_hold,
    override_finding,
    record_opinion,
    set_verdict,
    take_nomination_step,
)
from awards.eligibility import findings_of
from awards.kinds import AwardType, Document
from awards.models import PendingVerdict
from awards.states import NominationState
from config.workflow import RuleViolation
from tests.factories.awards import DossierItemFactory, HonourFactory
from tests.factories.campaign import PeriodFactory
from tests.factories.criteria import RankingFactory, RankingRowFactory
from tests.factories.nominations import a_scene, appraised, drafted, endorsed, submitted
from tests.factories.units import CommuneFactory, VillageFactory, person
from units.kinds import Role, Tier
from units.models import LogEntry

pytestmark = pytest.mark.django_db
TODAY = date(2023, 11, 24)


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


def lacking(scene):
    """At the board's desk, without the minutes that its rule set demands."""
    nomination = endorsed(scene)
    DossierItemFactory(
        rule_set=nomination.rule_set, form=scene.form, document=Document.MINUTES, clause="Điều 42"
    )
    return nomination


def the_finding(nomination):
    [found] = [each for each in findings_of(nomination, today=TODAY) if each.stops]
    return found


def test_a_finding_that_stops_refuses_the_appraisal_with_clause_and_remedy(scene):
    nomination = lacking(scene)

    told = refused(lambda: take_nomination_step(nomination, "appraise", by=scene.board))

    assert "Hồ sơ còn thiếu: biên bản" in told
    assert "(Điều 42) Đính kèm" in told


def test_an_overridden_finding_lets_it_pass_until_it_says_otherwise(scene):
    nomination = lacking(scene)
    found = the_finding(nomination)
    override_finding(nomination, found.code, found.mark, by=scene.board, reason="Có bản giấy")
    assert take_nomination_step(nomination, "appraise", by=scene.board)
    take_nomination_step(nomination, "take_back", by=scene.board, note="xem lại")
    nomination.rule_set.dossieritem_set.update(copies=3)

    told = refused(lambda: take_nomination_step(nomination, "appraise", by=scene.board))

    assert "biên bản xét khen thưởng của Hội đồng, 3 bản" in told


def test_an_override_asks_for_a_reason_and_for_the_finding_as_it_stands(scene):
    nomination = lacking(scene)
    found = the_finding(nomination)

    def act(mark, reason):
        return lambda: override_finding(nomination, found.code, mark, by=scene.board, reason=reason)

    assert "cần ghi vì sao vẫn cho đi tiếp" in refused(act(found.mark, "  "))
    assert "đã thay đổi" in refused(act("0" * 64, "lý do"))
    act(found.mark, "lý do")()
    assert "đã có quyết định" in refused(act(found.mark, "lần nữa"))
    entry = LogEntry.objects.get(action="override_finding")
    assert nomination.name not in f"{entry.label} {entry.changes} {entry.reason}"


@pytest.mark.parametrize("role", ["commune", "district", "stranger"])
def test_only_who_appraises_sets_a_finding_aside(scene, role):
    nomination = lacking(scene)
    people = {
        "commune": scene.commune_leader,
        "district": scene.district_leader,
        "stranger": person(Role.LEADER, CommuneFactory(parent=scene.district)),
    }
    found = the_finding(nomination)

    told = refused(
        lambda: override_finding(
            nomination, found.code, found.mark, by=people[role], reason="lý do"
        )
    )

    assert "Hồ sơ đang ở" in told


def test_a_dossier_held_waits_until_its_day_or_until_lifted(scene, stop_clock):
    nomination = endorsed(scene)
    until = hold(
        nomination, "complaint", by=scene.board, reason="Đơn ngày 1/11",
        lifts_on=date(2023, 12, 1),
    )  # fmt: skip
    told = refused(lambda: take_nomination_step(nomination, "appraise", by=scene.board))
    assert "đến ngày 01/12/2023: Đơn ngày 1/11" in told
    found = the_finding(nomination)
    assert "không bỏ qua được" in refused(
        lambda: override_finding(nomination, found.code, found.mark, by=scene.board, reason="lý do")
    )

    lift_hold(until, by=scene.board, reason="Đơn không đúng")

    assert take_nomination_step(nomination, "appraise", by=scene.board)
    assert "đã được bỏ" in refused(lambda: lift_hold(until, by=scene.board, reason="lại"))


def test_a_hold_asks_for_reason_and_a_day_to_come(scene):
    nomination = endorsed(scene)

    def act(**told):
        return lambda: hold(nomination, "press", by=scene.board, **told)

    assert "cần ghi vì sao tạm dừng" in refused(act(reason=" "))
    assert "phải sau hôm nay" in refused(act(reason="báo", lifts_on=TODAY))


def test_an_opinion_is_asked_and_answered_once(scene):
    nomination = endorsed(scene)
    asked = ask_opinion(nomination, "Cục Thuế", by=scene.board, asked_on=TODAY)

    assert "vì sao không nhất trí" in refused(
        lambda: record_opinion(asked, "objects", by=scene.board, answered_on=TODAY)
    )
    record_opinion(asked, "agrees", by=scene.board, answered_on=TODAY)

    assert "đã ghi" in refused(
        lambda: record_opinion(asked, "agrees", by=scene.board, answered_on=TODAY)
    )


def test_merit_on_thematic_awards_alone_is_not_sent(scene):
    honour = HonourFactory.build(
        unit=scene.commune, name=scene.commune.name, form=scene.form, recipient="collective",
        decided_on=date(2023, 5, 1), period_from=2023, period_to=2023,
    )  # fmt: skip
    honour.fill_keys()
    honour.save()
    nomination = drafted(scene, award_type=AwardType.MERIT)

    told = refused(lambda: take_nomination_step(nomination, "submit", by=scene.commune_leader))

    assert "không được làm căn cứ" in told


# Verdicts


def two(scene):
    village = VillageFactory(parent=scene.commune)
    return endorsed(scene), endorsed(scene, unit=village, proposer=scene.commune)


def test_verdicts_are_applied_together_with_one_mail_to_the_unit(
    scene, django_capture_on_commit_callbacks
):
    first, second = two(scene)
    pending = [
        set_verdict(first, "pass", by=scene.board),
        set_verdict(second, "return", by=scene.board, reason="Thiếu biên bản"),
    ]
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        apply_verdicts(pending, by=scene.board)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (NominationState.APPRAISED, NominationState.RETURNED)
    assert second.steps.last().note == "Thiếu biên bản"
    assert not PendingVerdict.objects.exists()
    [letter] = [each for each in mail.outbox if each.to == [scene.commune_leader.email]]
    assert second.name not in letter.body


def test_one_that_cannot_go_on_stops_all_and_is_named(scene):
    first, second = two(scene)
    pending = [set_verdict(row, "pass", by=scene.board) for row in (first, second)]
    hold(second, "press", by=scene.board, reason="Báo nêu")

    told = refused(lambda: apply_verdicts(pending, by=scene.board))

    assert second.name in told
    first.refresh_from_db()
    assert first.state == NominationState.SUBMITTED
    assert PendingVerdict.objects.count() == 2


def test_a_verdict_changed_since_it_was_shown_is_not_applied(scene):
    first, _ = two(scene)
    shown = set_verdict(first, "pass", by=scene.board)
    set_verdict(first, "refuse", by=scene.board, reason="Chưa đủ")

    assert "vừa được người khác sửa" in refused(lambda: apply_verdicts([shown], by=scene.board))


def test_a_district_passes_on_by_the_same_verdict(scene):
    nomination = submitted(scene)
    pending = set_verdict(nomination, "pass", by=scene.district_leader)

    apply_verdicts([pending], by=scene.district_leader)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.desk) == (NominationState.SUBMITTED, scene.round.unit)


def test_a_verdict_needs_the_desk_and_a_reason_for_going_back(scene):
    nomination = endorsed(scene)

    assert "Hồ sơ đang ở" in refused(
        lambda: set_verdict(nomination, "pass", by=scene.district_leader)
    )
    assert "Cần ghi lý do." in refused(lambda: set_verdict(nomination, "refuse", by=scene.board))
    set_verdict(nomination, "pass", by=scene.board)
    clear_verdict(nomination, by=scene.board)
    assert not PendingVerdict.objects.exists()


def test_an_appraised_dossier_takes_no_verdict(scene):
    nomination = appraised(scene)

    assert "Không thể" in refused(lambda: set_verdict(nomination, "pass", by=scene.board))


def ranked(scene, *units):
    """The published ranking of the year's communes, the first first."""
    period = PeriodFactory(campaign=scene.round.campaign)
    ranking = RankingFactory(period=period, tier=Tier.COMMUNE, published=True)
    for place, unit in enumerate(units, start=1):
        RankingRowFactory(ranking=ranking, unit=unit, place=place)


def test_passing_ahead_of_a_better_placed_unit_asks_why(scene):
    nomination = endorsed(scene)
    better = CommuneFactory(parent=scene.district)
    ranked(scene, better, scene.commune)

    told = refused(lambda: set_verdict(nomination, "pass", by=scene.board))
    assert f"hạng 1: {better.name}, chưa được đề nghị" in told
    assert "Khác bảng xếp hạng" in refused(
        lambda: take_nomination_step(nomination, "appraise", by=scene.board)
    )

    pending = set_verdict(nomination, "pass", by=scene.board, departure="Đơn vị đó xin không xét")
    apply_verdicts([pending], by=scene.board)

    nomination.refresh_from_db()
    assert nomination.departure == "Đơn vị đó xin không xét"


def test_units_that_pass_together_leave_nobody_out(scene):
    better = CommuneFactory(parent=scene.district)
    ranked(scene, better, scene.commune)
    first = endorsed(scene, unit=better, proposer=scene.commune)
    second = endorsed(scene)

    pending = [set_verdict(row, "pass", by=scene.board) for row in (first, second)]
    apply_verdicts(pending, by=scene.board)

    second.refresh_from_db()
    assert (second.state, second.departure) == (NominationState.APPRAISED, "")
