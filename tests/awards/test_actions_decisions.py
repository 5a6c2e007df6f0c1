"""Decisions: money by the day, authority by the day, units of the day, all written once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.db import Error, connection, transaction

from awards.actions import issue_decision, present, revoke_awards
from awards.kinds import DecisionKind
from awards.models import Decision, DecisionLine, Honour, MinorityCount, RuleSet
from awards.states import NominationState
from config import clock
from config.canonical import digest
from config.workflow import RuleViolation
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import (
    FUND,
    SIGNER,
    a_lawful_scene,
    a_person,
    brought_to,
    decided,
    sent_submission,
    voted,
)
from tests.factories.households import HouseholdFactory
from tests.factories.nominations import NominationFactory
from tests.factories.units import CommuneFactory, SuccessionFactory, VillageFactory, person
from units.kinds import Role
from units.models import LogEntry, Succession

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


def at(stop_clock, day: date, **told):
    stop_clock(day.year, day.month, day.day, 9)
    return a_lawful_scene(CampaignFactory(), **told)


@pytest.fixture
def scene():
    return a_lawful_scene(CampaignFactory())


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


# Money


@pytest.mark.parametrize(
    ("day", "coefficient", "salary", "product", "paid"),
    [
        (date(2023, 6, 30), "1.00", 1_490_000, 1_490_000, 1_490_000),
        (date(2023, 7, 1), "1.00", 1_800_000, 1_800_000, 1_800_000),
        (date(2024, 1, 1), "1.50", 1_800_000, 2_700_000, 2_700_000),
        (date(2024, 7, 1), "1.50", 2_340_000, 3_510_000, 3_510_000),
        (date(2025, 7, 1), "1.50", 2_340_000, 3_510_000, 3_510_000),
        (date(2026, 7, 1), "1.50", 2_530_000, 3_795_000, 3_800_000),
    ],
)
def test_a_bonus_follows_the_day_of_the_decision(
    stop_clock, day, coefficient, salary, product, paid
):
    scene = at(stop_clock, day)
    nomination = brought_to(scene, "voted", **a_person(scene))

    line = decided(scene, nomination).lines.get()

    assert (line.coefficient, line.salary) == (Decimal(coefficient), salary)
    assert (line.product, line.paid, line.problem) == (product, paid, "")
    assert line.decision.content["total"] == paid


def test_received_under_one_decree_decided_under_the_next(stop_clock):
    scene = at(stop_clock, date(2025, 6, 30))
    nomination = brought_to(
        scene, "voted", rule_set=RuleSet.objects.on(date(2025, 6, 30)), **a_person(scene)
    )
    stop_clock(2025, 8, 5, 9)

    decision = decided(scene, nomination)

    nomination.refresh_from_db()
    assert nomination.rule_set.code == "nd-98-2023"
    assert decision.rule_set.code == "nd-152-2025"
    assert decision.lines.get().paid == 3_510_000
    grounds = " ".join(decision.content["grounds"])
    assert "98/2023/NĐ-CP" in grounds and "152/2025/NĐ-CP" in grounds  # noqa: PT018
    sealed = RuleSet.objects.filter(sealed_at__isnull=False).values_list("code", flat=True)
    assert set(sealed) == {"nd-98-2023", "nd-152-2025"}


def test_a_sum_that_no_law_tells_is_told_and_never_guessed(scene):
    household = HouseholdFactory(unit=VillageFactory(parent=scene.commune))
    known = brought_to(scene, "voted")
    unknown = brought_to(
        scene, "voted", recipient="household", household=household, unit=household.unit,
        name=household.head, proposer=scene.commune,
    )  # fmt: skip

    content = decided(scene, known, unknown).content

    assert (content["total"], content["unknown"]) == (3_600_000, 1)
    told = [(line["paid"], line["problem"]) for line in content["lines"]]
    assert told[0] == (3_600_000, "")
    assert told[1][0] is None
    assert "chưa rõ hệ số" in told[1][1]


# Who decides


def test_the_districts_last_day_is_the_thirtieth_of_june(stop_clock):
    scene = at(stop_clock, date(2025, 6, 30), code="GK-HUYEN", level="district")
    submission = sent_submission(scene)
    scene.district.valid_to = date(2025, 7, 1)
    scene.district.save()
    stop_clock(2025, 7, 2, 9)

    def decide(day):
        told = {"number": "1/QĐ", "signer": SIGNER, "fund": FUND, "by": scene.board}
        return issue_decision(submission.lines.all(), decided_on=day, **told)

    told = refused(lambda: decide(date(2025, 7, 1)))
    assert "cấp huyện, thành phố không có thẩm quyền" in told or "không có thẩm quyền" in told
    assert "chỉ đến hết 30/06/2025" in told
    assert decide(date(2025, 6, 30)).office == "district"


def test_on_its_last_day_the_district_itself_decides(stop_clock):
    scene = at(stop_clock, date(2025, 6, 30), code="GK-HUYEN", level="district")

    decision = decided(scene)

    assert (decision.unit, decision.decider) == (
        scene.district, "Chủ tịch Ủy ban nhân dân huyện",
    )  # fmt: skip


# Units of the day


def test_the_line_stands_at_the_living_heir(scene):
    heir = CommuneFactory(parent=scene.district, valid_from=date(2023, 11, 20))
    scene.commune.valid_to = date(2023, 11, 20)
    scene.commune.save()
    SuccessionFactory(predecessor=scene.commune, successor=heir)
    nomination = brought_to(scene, "voted", submitted_by=scene.board)

    line = decided(scene, nomination).lines.get()

    assert (line.unit, line.honour.unit, line.name) == (heir, heir, scene.commune.name)


def test_a_split_asks_and_an_end_without_heir_refuses(scene):
    halves = CommuneFactory.create_batch(2, parent=scene.district, valid_from=date(2023, 11, 20))
    scene.commune.valid_to = date(2023, 11, 20)
    scene.commune.save()
    for half in halves:
        SuccessionFactory(
            predecessor=scene.commune, successor=half, way=Succession.Way.SPLIT, share="0.5"
        )
    nomination = brought_to(scene, "voted", submitted_by=scene.board)
    submission = sent_submission(scene, nomination)

    told = refused(lambda: decided(scene, submission=submission))
    assert "được chia tách" in told
    assert "hãy chọn đơn vị nhận" in told
    stranger = CommuneFactory(parent=scene.district)
    assert "hãy chọn" in refused(
        lambda: decided(scene, submission=submission, units={nomination.pk: stranger})
    )
    chosen = {nomination.pk: halves[1]}
    assert decided(scene, submission=submission, units=chosen).lines.get().unit == halves[1]


# Written once


def test_a_decision_writes_ledger_states_counts_and_log_and_tells_the_proposers(
    scene, django_capture_on_commit_callbacks
):
    nomination = voted(scene, **a_person(scene, name="Lê Thị Mới", sex="female"), direct=True)
    submission = sent_submission(scene, nomination)

    with django_capture_on_commit_callbacks(execute=True):
        decision = decided(scene, submission=submission, minority={"person": 1})

    line, honour = decision.lines.get(), Honour.objects.get()
    assert (line.honour, line.title, line.woman, line.direct) == (honour, "Bà", True, True)
    assert (honour.number, honour.award_type, honour.period) == (
        decision.number,
        "movement",
        "2023",
    )
    assert Honour.objects.found_by("le moi").get() == honour
    assert MinorityCount.objects.get().number == 1
    assert (decision.sha256, len(line.check_code)) == (digest(decision.content), 22)
    assert decision.content["lines"][0]["check_code"] == line.check_code
    nomination.refresh_from_db()
    assert nomination.state == NominationState.DECIDED
    entry = LogEntry.objects.get(action="issue_decision")
    letters = [letter for letter in mail.outbox if scene.commune_leader.email in letter.to]
    assert len(letters) == 1
    for text in (f"{entry.label} {entry.changes}", letters[0].body, letters[0].subject):
        assert "Mới" not in text


@pytest.mark.parametrize("model", [Decision, DecisionLine, MinorityCount])
def test_nothing_of_it_is_ever_changed(scene, model):
    decided(scene, minority={"collective": 0})
    table = model._meta.db_table

    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(f"UPDATE {table} SET id = id")  # noqa: S608  # our own name
    if connection.vendor == "postgresql":
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as sql:
            sql.execute(f"DELETE FROM {table}")  # noqa: S608  # our own name


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"number": " "}, "Số quyết định: chưa ghi"),
        ({"signer": ""}, "Người ký: chưa ghi"),
        ({"fund": ""}, "Nguồn tiền: chưa ghi"),
        ({"on": date(2023, 11, 25)}, "chưa đến"),
        ({"on": date(2023, 11, 23)}, "không thể trước ngày tờ trình"),
        ({"minority": {"collective": 2}}, "nhiều hơn số được khen"),
        ({"minority": {"person": 1}}, "nhiều hơn số được khen"),
    ],
)
def test_what_a_decision_must_say(scene, told, words):
    submission = sent_submission(scene)

    assert words in refused(lambda: decided(scene, submission=submission, **told))
    assert not Honour.objects.exists()


def test_the_same_number_and_day_are_entered_once_however_they_are_typed(scene):
    decided(scene)
    other = brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune))
    submission = sent_submission(scene, other, number="8/TTr")

    told = refused(lambda: decided(scene, submission=submission, number="15 /qđ – ubnd"))

    assert "đã được nhập" in told


def test_a_decision_is_about_one_form_of_one_submission_and_part_of_it_may_wait(scene):
    first = brought_to(scene, "voted")
    second = brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune))
    submission = sent_submission(scene, first, second)
    by = {"number": "1/QĐ", "signer": SIGNER, "fund": FUND, "by": scene.board}

    lines = submission.lines.filter(nomination=second)
    issue_decision(lines, decided_on=clock.today(), **by)

    first.refresh_from_db()
    assert first.state == NominationState.PROPOSED
    told = refused(lambda: issue_decision(lines, decided_on=clock.today(), **by | {"number": "2"}))
    assert "nên không ghi vào quyết định được" in told


def test_two_of_one_name_in_one_unit_are_told_apart_in_the_ledger(scene):
    rows = [
        brought_to(scene, "voted", post=post, **a_person(scene, name="Lê Văn An"))
        for post in ("Trưởng thôn", "Bí thư")
    ]

    decided(scene, *rows)

    names = set(Honour.objects.values_list("name", flat=True))
    assert names == {"Lê Văn An (Trưởng thôn)", "Lê Văn An (Bí thư)"}


@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER, Role.POVERTY_DESK])
def test_only_the_keeper_of_the_round_decides_presents_and_revokes(scene, role):
    unit = scene.commune if role in Role.OF_UNIT else scene.board.appointments.get().unit
    by = person(role, unit)
    submission = sent_submission(scene)
    told = {"number": "1", "decided_on": clock.today(), "signer": SIGNER}
    assert "Chỉ Ban" in refused(
        lambda: issue_decision(submission.lines.all(), fund=FUND, by=by, **told)
    )

    lines = decided(scene, submission=submission).lines.all()

    assert "Chỉ Ban" in refused(lambda: present(lines, presented_on=clock.today(), by=by))
    assert "Chỉ Ban" in refused(lambda: revoke_awards(lines, reason="sai", by=by, **told))


# Handing over, taking back


def test_an_award_is_handed_over_once_not_before_the_decision(scene):
    decision = decided(scene)
    lines = decision.lines.all()

    for day, words in ((date(2023, 11, 25), "chưa đến"), (date(2023, 11, 23), "không thể trước")):
        assert words in refused(lambda day=day: present(lines, presented_on=day, by=scene.board))
    present(lines, presented_on=clock.today(), place="Hội trường", by=scene.board)

    line = lines.get()
    assert (line.presentation.place, line.nomination.state) == ("Hội trường", "presented")
    assert "Không thể ghi đã trao" in refused(
        lambda: present(lines, presented_on=clock.today(), by=scene.board)
    )


def revoke(scene, lines, **told):
    given = {"number": "20/QĐ-UBND", "decided_on": clock.today(), "signer": SIGNER,
             "reason": "Kê khai sai thành tích", "by": scene.board} | told  # fmt: skip
    return revoke_awards(lines, **given)


def test_a_revocation_takes_back_award_and_money(scene, stop_clock):
    decision = decided(scene)
    present(decision.lines.all(), presented_on=clock.today(), by=scene.board)
    stop_clock(2024, 3, 1, 9)

    revocation = revoke(scene, decision.lines.all())

    line, old = revocation.lines.get(), decision.lines.get()
    assert (revocation.kind, line.revokes, line.paid) == (DecisionKind.REVOCATION, old, 3_600_000)
    assert line.honour is None
    assert Honour.objects.get().revoked_on == date(2024, 3, 1)
    assert old.nomination.state == NominationState.REVOKED
    assert revocation.content["total"] == 3_600_000
    assert revocation.content["reason"] == "Kê khai sai thành tích"
    assert "đã bị hủy bỏ" in refused(lambda: revoke(scene, [old], number="21/QĐ-UBND"))
    assert "không hủy bỏ được" in refused(lambda: revoke(scene, [line], number="21/QĐ-UBND"))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"reason": " "}, "Lý do: cần ghi"),
        ({"number": ""}, "Số quyết định: chưa ghi"),
        ({"decided_on": date(2023, 11, 23)}, "không thể trước ngày quyết định khen thưởng"),
        ({"minority": {"collective": 3}}, "nhiều hơn số được khen"),
    ],
)
def test_what_a_revocation_must_say(scene, told, words):
    decision = decided(scene)

    assert words in refused(lambda: revoke(scene, decision.lines.all(), **told))
    assert Honour.objects.get().revoked_on is None


def test_after_a_revocation_the_candidate_may_be_put_forward_again(scene):
    decision = decided(scene)
    revoke(scene, decision.lines.all())

    assert NominationFactory(offer=scene.offer, unit=scene.commune).pk
