"""Copies among achievement reports: found when sent, filled-in text not counted, side by side."""

from datetime import date

import pytest

from awards.actions import take_nomination_step
from awards.eligibility import findings_of
from awards.kinds import Check
from awards.models import ReportLikeness, ReportSketch
from awards.similarity import bands_of, percent_alike, side_by_side, signature_of
from tests.factories.nominations import a_scene, drafted
from tests.factories.units import VillageFactory

pytestmark = pytest.mark.django_db
STORY = " ".join(
    f"Năm thứ {n} thôn vận động được {n * 7} hộ góp {n * 11} ngày công làm đường ngõ {n * 3}."
    for n in range(1, 12)
)
OTHER = " ".join(
    f"Tổ tiết kiệm số {n} cho {n * 5} chị em vay {n * 13} triệu đồng nuôi gà, trồng rau {n}."
    for n in range(1, 12)
)


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


def sent(scene, text, *, prefilled="", **fields):
    told = {"unit": VillageFactory(parent=scene.commune), "proposer": scene.commune} | fields
    nomination = drafted(scene, **told)
    nomination.parts.update(text=text, prefilled=prefilled)
    return take_nomination_step(nomination, "submit", by=scene.commune_leader)


def likenesses():
    return set(ReportLikeness.objects.values_list("nomination", "other"))


def test_a_copy_is_told_on_both_dossiers(scene):
    first = sent(scene, STORY)
    copy = sent(scene, STORY.replace("thôn", "Thôn").upper())

    assert likenesses() == {(first.pk, copy.pk), (copy.pk, first.pk)}
    [found] = [
        each for each in findings_of(copy, today=date(2023, 11, 24)) if each.code == Check.ALIKE
    ]
    assert "100%" in found.sentence
    assert found.link == f"/khen-thuong/de-nghi/{copy.pk}/giong/{first.pk}/"


def test_reports_of_their_own_are_not_alike(scene):
    sent(scene, STORY)
    sent(scene, OTHER)

    assert likenesses() == set()


def test_what_the_portal_filled_in_is_not_copied(scene):
    sent(scene, STORY + "\n" + OTHER, prefilled=STORY)
    sent(scene, STORY, prefilled=STORY)

    assert likenesses() == set()
    assert ReportSketch.objects.count() == 1


def test_a_report_sent_again_is_compared_anew(scene):
    first = sent(scene, STORY)
    copy = sent(scene, STORY)
    back = take_nomination_step(copy, "return", by=scene.district_leader, note="Chép")
    back.parts.update(text=OTHER)

    take_nomination_step(back, "submit", by=scene.commune_leader)

    assert likenesses() == set()
    assert ReportSketch.objects.filter(nomination__in=[first, copy]).count() == 2


def test_a_copy_of_a_withdrawn_dossier_is_not_told(scene):
    first = sent(scene, STORY)
    copy = sent(scene, STORY)
    take_nomination_step(first, "withdraw", by=scene.commune_leader, note="nhầm")

    found = findings_of(copy, today=date(2023, 11, 24))

    assert Check.ALIKE not in {each.code for each in found}


def test_signatures_tell_the_share_of_common_words():
    half = (STORY + " " + OTHER).lower().split()
    one, other = signature_of(STORY.lower().split()), signature_of(half)

    assert 30 < percent_alike(one, other) < 70
    assert percent_alike(one, one) == 100
    assert len(set(bands_of(one))) == 32
    assert signature_of(["ngắn"]) == b""


def test_two_reports_side_by_side_mark_what_they_share(scene):
    one = drafted(scene)
    one.parts.update(text="Mở đầu riêng. Đã vận động bốn mươi hộ góp đất. Kết thúc.")
    two = drafted(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune)
    two.parts.update(text="Lời khác hẳn, đã vận động bốn mươi hộ góp đất, rồi thôi.")

    pair = side_by_side(one, two)

    assert [each.text for each in pair.ours if each.same] == ["Đã vận động bốn mươi hộ góp đất."]
    assert [each.text for each in pair.theirs if each.same] == ["đã vận động bốn mươi hộ góp đất,"]
