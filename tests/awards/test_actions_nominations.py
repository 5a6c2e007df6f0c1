"""Dossiers begun, filled in and removed: who may, for whom, when; what they begin with."""

from datetime import date

import pytest

from awards import actions
from awards.candidates import Candidate, candidate_of
from awards.models import Flag, Nomination, OutlinePart, RuleSet
from awards.nomination_page import documents_lacking, nomination_page
from config import clock
from config.workflow import RuleViolation, Stale
from tests.factories.awards import AuthorityFactory, AwardFormFactory, DossierItemFactory
from tests.factories.criteria import set_of
from tests.factories.households import HouseholdFactory
from tests.factories.nominations import a_scene, drafted, submitted
from tests.factories.persons import PersonFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    EnterpriseFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.kinds import Role, Tier
from units.models import LogEntry

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


def begin(scene, recipient="collective", whom=None, *, by=None, proposer=None, **told):
    proposer = proposer or scene.commune
    candidate = candidate_of(recipient, whom or scene.commune, proposer, clock.today())
    by = by or scene.commune_leader
    offer = told.pop("offer", scene.offer)
    return actions.start_nomination(offer, candidate, by=by, proposer=proposer, **told)


def outline(recipient="collective", **told):
    known = {"code": "dac-diem", "position": 1, "heading": "I", "title": "Đặc điểm"}
    known |= {"source": "thử", "confidence": "inferred", "prefill": "head"}
    return OutlinePart.objects.create(recipient=recipient, **known | told)


# Beginning


def test_a_commune_puts_itself_forward_with_what_the_round_and_the_register_say(scene):
    outline()

    nomination = begin(scene)

    assert (nomination.name, nomination.state) == (scene.commune.name, "draft")
    assert (nomination.proposer, nomination.desk) == (scene.commune, scene.commune)
    assert (nomination.period_from, nomination.period_to) == (date(2023, 1, 1), date(2023, 12, 31))
    part = nomination.parts.get()
    assert (part.title, part.text) == ("Đặc điểm", part.prefilled)
    assert f"Tên: {scene.commune.name}" in part.text
    assert part.edited_at is None


def test_each_kind_of_candidate_brings_name_post_and_place(scene):
    village = VillageFactory(parent=scene.commune)
    cadre = PersonFactory(unit=village, position="Trưởng thôn", direct_worker=True)
    household = HouseholdFactory(unit=village, head="Lê Thị Ấm")
    company = EnterpriseFactory(parent=scene.commune)

    of_person = begin(scene, "person", cadre)
    assert (of_person.name, of_person.post, of_person.direct) == (cadre.name, "Trưởng thôn", True)
    assert of_person.address == f"{village.name}, {scene.commune.name}"
    of_household = begin(scene, "household", household)
    assert (of_household.name, of_household.unit) == ("Hộ ông/bà Lê Thị Ấm", village)
    assert begin(scene, "enterprise", company).unit == company
    assert begin(scene, "collective", village).unit == village


def test_who_has_no_checklist_answers_the_criteria_of_the_group_of_that_year(scene):
    campaign = scene.round.campaign
    households = set_of(3, campaign=campaign, tier=Tier.HOUSEHOLD, letter="đ")
    cadres = set_of(2, campaign=campaign, tier=Tier.CADRE, letter="e")
    set_of(1, campaign=campaign, tier=Tier.CADRE, letter="e", version=2, first_year=2024)

    def asked(recipient, whom):
        answers = begin(scene, recipient, whom).answers
        return set(answers.values_list("criterion__criteria_set", flat=True)), answers.count()

    assert asked("household", HouseholdFactory(unit=scene.commune)) == ({households.pk}, 3)
    assert asked("person", PersonFactory(unit=scene.commune)) == ({cadres.pk}, 2)
    assert begin(scene).answers.count() == 0


@pytest.mark.parametrize(
    ("role", "place", "allowed"),
    [
        (Role.REPORTER, "commune", True),
        (Role.LEADER, "commune", True),
        (Role.REPORTER, "district", False),
        (Role.REPORTER, "neighbour", False),
        (Role.BOARD, "department", False),
        (Role.ADMINISTRATOR, "department", False),
    ],
)
def test_only_the_people_of_the_proposing_unit_begin_a_dossier(scene, role, place, allowed):
    places = {
        "commune": scene.commune,
        "district": scene.district,
        "neighbour": CommuneFactory(parent=scene.district),
        "department": DepartmentFactory(parent=scene.round.unit),
    }
    user = person(role, places[place])

    if allowed:
        assert begin(scene, by=user).pk
    else:
        assert "Chỉ người lập báo cáo hoặc lãnh đạo" in refused(lambda: begin(scene, by=user))
        assert not Nomination.objects.exists()


def test_a_district_proposes_below_itself_but_knows_no_household_by_name(scene):
    told = {"by": scene.district_leader, "proposer": scene.district}

    assert begin(scene, whom=scene.commune, **told).unit == scene.commune
    household = HouseholdFactory(unit=scene.commune)
    assert "không thuộc" in refused(lambda: begin(scene, "household", household, **told))


def test_nobody_is_put_forward_from_a_neighbours_ground(scene):
    neighbour = CommuneFactory(parent=scene.district)
    household = HouseholdFactory(unit=neighbour)
    for recipient, whom in (
        ("collective", neighbour),
        ("person", PersonFactory(unit=neighbour)),
        ("household", household),
        ("enterprise", EnterpriseFactory(parent=neighbour)),
    ):
        assert "không thuộc" in refused(lambda r=recipient, w=whom: begin(scene, r, w))
    assert "không thuộc" in refused(lambda: begin(scene, whom=scene.district))


def test_a_form_of_several_grades_and_a_recipient_without_decider_are_refused(scene):
    AwardFormFactory(campaign=scene.round.campaign, family=scene.form)
    assert "gồm nhiều hạng" in refused(lambda: begin(scene))

    scene.form.grades.all().delete()
    law = RuleSet.objects.get()
    AuthorityFactory(rule_set=law, form=scene.form, recipients=["person"], clause="Điều 80")
    told = refused(lambda: begin(scene))
    assert "không tặng cho tập thể (Điều 80)" in told


@pytest.mark.parametrize("day", [(2023, 11, 14, 23, 59, 59), (2023, 12, 16, 0)])
def test_a_round_receives_within_its_days_only(scene, stop_clock, day):
    stop_clock(*day)

    assert "nhận hồ sơ từ 15/11/2023 đến hết 15/12/2023" in refused(lambda: begin(scene))


def test_a_kind_of_candidate_fits_its_unit(scene):
    company = EnterpriseFactory(parent=scene.commune)
    wrong = Candidate("collective", company)

    told = refused(
        lambda: actions.start_nomination(
            scene.offer, wrong, by=scene.commune_leader, proposer=scene.commune
        )
    )

    assert "không đề nghị được là tập thể" in told


def test_a_candidate_stands_once_for_a_form_in_a_round(scene):
    begin(scene)

    assert "đã được đề nghị hình thức này trong đợt" in refused(lambda: begin(scene))


def test_the_log_names_neither_persons_nor_households(scene):
    household = HouseholdFactory(unit=scene.commune, head="Tên Rất Riêng")

    nomination = begin(scene, "household", household)
    actions.remove_nomination(nomination, by=scene.commune_leader)

    told = LogEntry.objects.filter(action__in=("start_nomination", "remove_nomination"))
    assert told.count() == 2
    assert not [row for row in told if "Riêng" in f"{row.label} {row.changes} {row.reason}"]


# Filling in


def facts(**told):
    return {"achievement": "Có thành tích xuất sắc", **told}


def test_facts_are_kept_tidily_and_found_by_their_new_name(scene):
    nomination = drafted(scene)
    given = facts(name="  Nhân dân   xã Mới ", women_share=55)

    saved = actions.save_nomination(nomination, given, by=scene.commune_leader, revision=0)

    assert (saved.name, saved.women_share, saved.revision) == ("Nhân dân xã Mới", 55, 1)
    assert Nomination.objects.found_by("nhan dan xa moi").get() == saved


def test_a_second_window_does_not_write_over_the_first(scene):
    nomination = drafted(scene)
    actions.save_nomination(nomination, facts(name="Một"), by=scene.commune_leader, revision=0)

    with pytest.raises(Stale):
        actions.save_nomination(nomination, facts(name="Hai"), by=scene.commune_leader, revision=0)

    assert Nomination.objects.get().name == "Một"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"period_from": date(2020, 12, 31)}, "Thành tích từ ngày: phong trào từ 01/01/2021"),
        ({"period_to": date(2026, 1, 1)}, "Thành tích đến hết ngày: phong trào từ 01/01/2021"),
        ({"period_to": date(2022, 1, 1)}, "không thể trước ngày đầu"),
        ({"name": " "}, "Tên ghi trong quyết định"),
        ({"women_share": 101}, "từ 0 đến 100"),
        ({"award_type": "khac"}, "Loại khen thưởng"),
    ],
)
def test_facts_keep_to_the_movement_and_to_sense(scene, given, words):
    nomination = drafted(scene)

    def act():
        actions.save_nomination(nomination, given, by=scene.commune_leader, revision=0)

    assert words in refused(act)


def test_what_was_sent_is_written_no_more_until_it_comes_back(scene):
    nomination = submitted(scene)
    part = nomination.parts.get()
    leader = scene.commune_leader
    for act in (
        lambda: actions.save_nomination(nomination, facts(), by=leader, revision=0),
        lambda: actions.save_part(part, "khác", by=leader, revision=0),
        lambda: actions.save_answers(nomination, {}, by=leader, seen=""),
        lambda: actions.remove_nomination(nomination, by=leader),
    ):
        assert "nên không sửa được" in refused(act)

    actions.take_nomination_step(nomination, "return", by=scene.district_leader, note="Bổ sung")

    assert actions.save_part(part, "Đã bổ sung.", by=leader, revision=0).text == "Đã bổ sung."
    assert LogEntry.objects.get(action="correct_achievement").changes == {"part": part.code}


@pytest.mark.parametrize("place", ["district", "neighbour", "board"])
def test_nobody_else_writes_in_a_dossier(scene, place):
    people = {
        "district": scene.district_leader,
        "neighbour": person(Role.LEADER, CommuneFactory(parent=scene.district)),
        "board": scene.board,
    }
    nomination = drafted(scene)

    for act in (
        lambda: actions.save_nomination(nomination, facts(), by=people[place], revision=0),
        lambda: actions.save_part(nomination.parts.get(), "x", by=people[place], revision=0),
        lambda: actions.remove_nomination(nomination, by=people[place]),
    ):
        assert "mới lập, sửa được hồ sơ này" in refused(act)


def test_a_draft_goes_with_everything_and_its_flag_waits_again(scene):
    flag = Flag(
        unit=scene.commune, from_unit=scene.district, recipient="collective",
        name="Thôn tốt", reason="Giúp nhau",
    )  # fmt: skip
    flag = actions.flag_candidate(flag, by=scene.district_leader)
    nomination = begin(scene, flag=flag)
    flag.refresh_from_db()
    assert (flag.state, flag.nomination) == ("taken", nomination)

    actions.remove_nomination(nomination, by=scene.commune_leader)

    flag.refresh_from_db()
    assert (flag.state, flag.nomination, flag.answered_at) == ("open", None, None)
    assert not Nomination.objects.exists()


def test_what_was_sent_and_came_back_is_withdrawn_and_not_removed(scene):
    nomination = submitted(scene)
    actions.take_nomination_step(nomination, "return", by=scene.district_leader, note="Bổ sung")

    told = refused(lambda: actions.remove_nomination(nomination, by=scene.commune_leader))

    assert "không xóa được" in told


# After a reorganisation


def test_the_heir_puts_forward_in_its_own_name_who_belonged_to_what_it_took_over(scene, stop_clock):
    old = CommuneFactory(parent=scene.district, valid_to=date(2023, 11, 1))
    SuccessionFactory(predecessor=old, successor=scene.commune)
    someone = PersonFactory(unit=old)

    nomination = begin(scene, "person", someone)

    assert (nomination.unit, nomination.person) == (scene.commune, someone)


def test_a_quota_is_advice(scene):
    scene.offer.quota = 1
    scene.offer.save()
    drafted(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune)
    nomination = begin(scene)

    page = nomination_page(nomination, scene.commune_leader)

    assert page.warnings == [
        f"{scene.form}: chỉ tiêu tham khảo của đợt là 1, các đơn vị đã lập 2 hồ sơ."
    ]


def test_documents_that_the_law_asks_for_are_told_and_stop_nothing(scene):
    rules = RuleSet.objects.get()
    DossierItemFactory(rule_set=rules, form=scene.form, document="minutes")
    DossierItemFactory(rule_set=rules, form=scene.form, document="report", position=2)
    nomination = drafted(scene)
    assert documents_lacking(nomination, []) == ["biên bản xét khen thưởng của Hội đồng"]

    sent = actions.take_nomination_step(nomination, "submit", by=scene.commune_leader)

    assert sent.state == "submitted"
