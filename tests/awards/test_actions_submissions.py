"""Tờ trình: what may stand in one, in which order, and what is frozen when it gets its number."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction

from awards.actions import (
    change_submission,
    make_submission,
    move,
    remove_submission,
    send_submission,
)
from awards.contents import list_of_unit
from awards.deciding import in_paper_order, suggest_submissions
from awards.kinds import Check
from awards.models import AwardForm, Nomination, Submission
from awards.states import NominationState, SubmissionState
from config import clock
from config.canonical import digest
from config.workflow import RuleViolation
from tests.factories.awards import PrincipleFactory, RoundFormFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import (
    a_lawful_scene,
    a_person,
    brought_to,
    sent_submission,
    voted,
)
from tests.factories.units import VillageFactory, person
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_lawful_scene(CampaignFactory())


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def of_form(scene, code, **fields):
    """One agreed to for another form on offer in the round."""
    form = AwardForm.objects.get(code=code)
    offer = scene.round.offers.filter(form=form).first()
    return brought_to(
        scene, "voted", offer=offer or RoundFormFactory(round=scene.round, form=form), **fields
    )


def make(scene, *rows, by=None):
    return make_submission(scene.round, rows, addressee="", by=by or scene.board)


def test_a_submission_names_the_decider_of_the_law_and_waits_as_a_draft(scene):
    nomination = voted(scene)

    draft = make(scene, nomination)

    assert draft.state == SubmissionState.DRAFT
    assert draft.decider == draft.addressee == "Chủ tịch Ủy ban nhân dân tỉnh"
    assert [line.nomination for line in draft.lines.all()] == [nomination]
    assert LogEntry.objects.get(action="create_submission").by == scene.board


def test_the_head_of_states_forms_are_not_mixed_with_the_prime_ministers(scene):
    rows = [of_form(scene, "HCLD-3"), of_form(scene, "BKTTG")]

    told = refused(lambda: make(scene, *rows))

    assert "không ghép nhiều người có thẩm quyền quyết định" in told
    assert "Hãy lập 2 tờ trình" in told
    assert "Chủ tịch nước" in told and "Thủ tướng Chính phủ" in told  # noqa: PT018
    assert Submission.objects.count() == 0


def test_types_are_not_mixed_either_and_grades_of_one_decider_go_together(scene):
    rows = [of_form(scene, "HCLD-3"), of_form(scene, "HCLD-2", award_type="merit")]
    assert "không ghép nhiều loại khen thưởng" in refused(lambda: make(scene, *rows))

    rows = [rows[0], of_form(scene, "HCLD-1")]
    draft = make(scene, *rows)

    assert [line.nomination for line in draft.lines.all()] == rows[::-1]


def test_the_page_offers_ready_groups_that_are_never_refused(scene):
    for code in ("BK-TINH", "BKTTG", "HCLD-2", "HCLD-3"):
        of_form(scene, code)

    groups = suggest_submissions(scene.round)

    assert [group.forms for group in groups] == [
        ["Huân chương Lao động hạng Nhì", "Huân chương Lao động hạng Ba"],
        [AwardForm.objects.get(code="BKTTG").name],
        [scene.form.name],
    ]
    for group in groups:
        make(scene, *group.nominations)
    assert suggest_submissions(scene.round) == []


def test_lines_stand_by_form_kind_women_first_then_name(scene):
    man = brought_to(scene, "voted", **a_person(scene, name="An", sex="male"))
    woman = brought_to(scene, "voted", **a_person(scene, name="Yến", sex="female"))
    village = brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune))

    draft = make(scene, man, woman, village)

    assert [line.nomination for line in draft.lines.all()] == [village, woman, man]


@pytest.mark.parametrize(("share", "first"), [(60, True), (90, False), (None, False)])
def test_the_share_of_women_that_goes_first_is_the_rule_sets(scene, share, first):
    told = {"rule_set": PrincipleFactory(point=Check.WOMEN, number=share).rule_set}
    _, women = (
        brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune), name=name, **told)
        for name in ("Thôn An", "Thôn Yên")
    )
    Nomination.objects.filter(pk=women.pk).update(women_share=80)
    rows = Nomination.objects.select_related("offer__form", "person")

    assert (in_paper_order(rows)[0] == women) is first


def test_what_the_council_has_not_agreed_to_stands_in_no_submission(scene):
    told = refused(lambda: make(scene, brought_to(scene, "appraised")))
    assert "đã thẩm định nên chưa trình quyết định được" in told

    assert "chọn ít nhất một hồ sơ" in refused(lambda: make(scene))


def test_a_nomination_stands_in_one_submission(scene):
    nomination = brought_to(scene, "voted")
    make(scene, nomination)

    assert "đã có trong Tờ trình" in refused(lambda: make(scene, nomination))


def test_a_draft_is_changed_and_removed_a_sent_one_is_not(scene):
    first = brought_to(scene, "voted")
    second = brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune))
    draft = make(scene, first)

    change_submission(draft, [second], addressee="Hội đồng", by=scene.board)
    draft.refresh_from_db()
    assert (draft.addressee, draft.lines.get().nomination) == ("Hội đồng", second)
    remove_submission(draft, by=scene.board)

    sent = sent_submission(scene, first)
    for act in (
        lambda: change_submission(sent, [second], addressee="", by=scene.board),
        lambda: remove_submission(sent, by=scene.board),
        lambda: send_submission(sent, number="9", dated_on=clock.today(), by=scene.board),
    ):
        assert "đã trình nên không" in refused(act)


def test_sending_proposes_all_and_freezes_the_content_with_its_hash(scene):
    nomination = voted(scene)
    draft = make(scene, nomination)

    sent = send_submission(draft, number=" 7/TTr ", dated_on=date(2023, 11, 24), by=scene.board)

    nomination.refresh_from_db()
    assert nomination.state == NominationState.PROPOSED
    assert (sent.number, sent.content["number"], sent.content["date"]) == (
        "7/TTr", "7/TTr", "2023-11-24",
    )  # fmt: skip
    assert sent.sha256 == digest(sent.content)
    (line,) = sent.content["lines"]
    assert (line["position"], line["name"], line["paid"]) == (1, nomination.name, None)
    assert sent.content["grounds"][0].startswith("Căn cứ Luật Thi đua, khen thưởng")
    assert sent.content["period"] == "2023"
    with pytest.raises(Error, match="frozen"), transaction.atomic():
        Submission.objects.update(number="8")
    with pytest.raises(Error, match="frozen"), transaction.atomic():
        sent.lines.update(position=9)


@pytest.mark.parametrize(
    ("number", "days", "words"),
    [("", 0, "chưa ghi số"), ("7", 1, "chưa đến"), ("7/TTr-BTĐKT", 0, "đã được nhập")],
)
def test_number_and_day_make_sense(scene, number, days, words):
    other = brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune))
    sent_submission(scene, other)
    draft = make(scene, brought_to(scene, "voted"))
    day = clock.today() + timedelta(days=days)

    told = refused(lambda: send_submission(draft, number=number, dated_on=day, by=scene.board))

    assert words in told


def test_what_is_held_is_not_proposed(scene):
    nomination = brought_to(scene, "voted")
    draft = make(scene, nomination)
    nomination.holds.create(
        kind="complaint", reason="Đang xác minh",
        held_by=scene.board, held_at=clock.now(),
    )  # fmt: skip

    act = lambda: send_submission(draft, number="7", dated_on=clock.today(), by=scene.board)  # noqa: E731

    assert "đang tạm dừng" in refused(act)
    draft.refresh_from_db()
    assert draft.state == SubmissionState.DRAFT


@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER, Role.POVERTY_DESK])
def test_only_the_keeper_of_the_round_makes_submissions(scene, role):
    unit = scene.commune if role in Role.OF_UNIT else scene.board.appointments.get().unit
    stranger = person(role, unit)
    nomination = brought_to(scene, "voted")
    draft = make(scene, nomination)

    for act in (
        lambda: make(scene, nomination, by=stranger),
        lambda: change_submission(draft, [nomination], addressee="", by=stranger),
        lambda: remove_submission(draft, by=stranger),
        lambda: send_submission(draft, number="7", dated_on=clock.today(), by=stranger),
    ):
        assert "Chỉ Ban Thi đua" in refused(act)


def test_the_list_of_a_unit_is_grouped_alike_and_has_no_number(scene):
    brought_to(scene, "submitted")
    of_form(scene, "BKTTG", unit=VillageFactory(parent=scene.commune), proposer=scene.commune)
    refused_one = of_form(scene, "HCLD-3")
    move([refused_one], "refuse", by=scene.board, note="chưa đủ")

    contents = list_of_unit(scene.commune, scene.round)

    assert [content["decider"] for content in contents] == [
        "Thủ tướng Chính phủ",
        "Chủ tịch Ủy ban nhân dân tỉnh",
    ]
    assert {(c["unit"], c["number"], c["date"]) for c in contents} == {
        (scene.commune.name, "", None)
    }
