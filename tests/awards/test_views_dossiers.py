"""A dossier filled in: sections, two windows, criteria, files and who may open them."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards import actions
from awards.models import DossierFile, NominationAnswer
from tests.awards.test_actions_nominations import begin
from tests.factories.criteria import PDF, pdf, set_of
from tests.factories.households import HouseholdFactory
from tests.factories.nominations import a_scene, drafted, submitted
from tests.factories.units import CommuneFactory, person
from tests.tables import content_of
from units.kinds import Role, Tier
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


@pytest.fixture
def leader(client, scene):
    client.force_login(scene.commune_leader)
    return scene.commune_leader


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def at(name, nomination, *args):
    return reverse(f"awards:{name}", args=[nomination.pk, *args])


def household_dossier(scene, count=2):
    campaign = scene.round.campaign
    set_of(count, campaign=campaign, tier=Tier.HOUSEHOLD, letter="đ", clause="III.1.đ")
    return begin(scene, "household", HouseholdFactory(unit=scene.commune))


# Sections


def test_saving_a_section_leads_to_the_next_and_at_last_to_the_check(client, scene, leader):
    nomination = drafted(scene)
    part = nomination.parts.get()
    url = at("nomination_part", nomination, part.code)
    assert part.hint in words(client.get(url))

    response = client.post(url, {"text": "Mới", "revision": "0"})

    assert response["Location"] == at("nomination_files", nomination)
    page = words(client.get(at("nomination_files", nomination)))
    assert "Xem lại trước khi trình" in page
    part.refresh_from_db()
    assert (part.text, part.edited_by, part.revision) == ("Mới", leader, 1)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nomination_part", {"text": "Của tôi", "revision": "0"}),
        ("nomination_answers", {"seen": "cũ"}),
        (
            "nomination_facts",
            {
                "award_type": "movement", "name": "Của tôi", "period_from": "01/01/2023",
                "period_to": "31/12/2023", "achievement": "x", "revision": "0",
            },
        ),
    ],
)  # fmt: skip
def test_of_two_windows_the_second_is_told_and_keeps_its_words(client, scene, leader, name, told):
    nomination = household_dossier(scene)
    part = nomination.parts.create(code="muc", position=1, heading="I", title="Mục")
    actions.save_part(part, "Của người khác", by=leader, revision=0)
    actions.save_nomination(nomination, {"name": "Hộ A"}, by=leader, revision=0)
    args = (part.code,) if name == "nomination_part" else ()

    page = words(client.post(at(name, nomination, *args), told))

    assert "Nội dung bạn vừa nhập chưa được lưu" in page
    assert told.get("text", told.get("name", "")) in page
    part.refresh_from_db()
    nomination.refresh_from_db()
    assert (part.text, nomination.name) == ("Của người khác", "Hộ A")


def test_a_fault_stands_at_its_field(client, scene, leader):
    nomination = drafted(scene)
    told = {
        "award_type": "movement", "name": "Xã A", "period_from": "01/01/2019",
        "period_to": "31/12/2023", "achievement": "x", "revision": "0",
    }  # fmt: skip

    response = client.post(at("nomination_facts", nomination), told)

    assert "Phong trào từ 01/01/2021" in response.context["form"].errors["period_from"][0]
    assert "01/01/2019" in words(response)


def test_what_somebody_types_is_shown_as_text(client, scene, leader):
    nomination = drafted(scene)
    part = nomination.parts.get()
    evil = "<script>alert(1)</script> {{ 7|add:7 }}"

    client.post(at("nomination_part", nomination, part.code), {"text": evil, "revision": "0"})

    page = client.get(nomination.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in page


def test_a_text_may_be_long_and_no_longer(client, scene, leader):
    nomination = drafted(scene)
    part = nomination.parts.get()
    url = at("nomination_part", nomination, part.code)

    told = {"text": "a" * 20_001, "revision": "0"}
    assert "dài quá 20.000 ký tự" in words(client.post(url, told)).lower()
    assert client.post(url, told | {"text": "a" * 20_000}).status_code == 302


def test_the_forms_are_closed_once_it_was_sent(client, scene, leader):
    nomination = submitted(scene)
    part = nomination.parts.get()

    for name, args in (("nomination_facts", ()), ("nomination_part", (part.code,))):
        page = words(client.post(at(name, nomination, *args), {"text": "x"}, follow=True))
        assert "Hồ sơ đã trình nên phần này không sửa được." in page
    assert client.get(at("nomination_files", nomination)).status_code == 302
    assert client.get(at("nomination_check", nomination)).status_code == 302


# Criteria


def test_the_criteria_of_a_household_are_answered_before_it_is_sent(client, scene, leader):
    nomination = household_dossier(scene)
    actions.save_nomination(nomination, {"achievement": "Thoát nghèo"}, by=leader, revision=0)
    url = at("nomination_answers", nomination)
    form = client.get(url).context["form"]
    first, second = form.rows
    check = words(client.get(at("nomination_check", nomination)))
    assert "còn thiếu mức đạt: III.1.đ, ý 1; III.1.đ, ý 2." in check

    told = {"seen": form["seen"].value(), f"grade_{first.criterion_id}": "met"}
    client.post(url, told | {f"explanation_{first.criterion_id}": "Tự đăng ký thoát nghèo."})

    check = words(client.get(at("nomination_check", nomination)))
    assert "còn thiếu mức đạt: III.1.đ, ý 2." in check
    assert "Tự đăng ký thoát nghèo." in check
    told = {f"grade_{second.criterion_id}": "tuyệt vời", "seen": "x"}
    assert client.post(url, told).context["form"].errors
    assert NominationAnswer.objects.filter(grade="met").count() == 1


def test_a_commune_has_no_criteria_to_answer_here(client, scene, leader):
    assert client.get(at("nomination_answers", drafted(scene))).status_code == 404


# Files


def attached(scene, **told):
    nomination = told.pop("nomination", None) or drafted(scene)
    return actions.attach_file(nomination, "minutes", pdf(), by=scene.commune_leader)


def test_files_are_attached_shown_and_taken_out(client, scene, leader):
    nomination = drafted(scene)
    url = at("nomination_files", nomination)

    page = words(client.post(url, {"document": "minutes", "tep": [pdf()]}, follow=True))
    assert "Đã đính kèm “Kế hoạch.pdf”." in page
    assert "Biên bản xét khen thưởng của Hội đồng" in page
    again = words(client.post(url, {"document": "minutes", "tep": [pdf()]}, follow=True))
    assert "không cần gửi lại" in again

    file = DossierFile.objects.get()
    gone = reverse("awards:nomination_file_remove", args=[nomination.pk, file.pk])
    assert "Đã gỡ “Kế hoạch.pdf”." in words(client.post(gone, follow=True))
    file.refresh_from_db()
    assert file.removed_at
    assert file.file.storage.exists(file.file.name)
    assert client.post(gone).status_code == 404


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (("bao-cao.pdf", b"MZ\x90\x00 chay"), "bao-cao.pdf"),
        (("bao-cao.html", b"<script>alert(1)</script>"), "bao-cao.html"),
        (("rong.pdf", b""), "rong.pdf"),
        (("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "anh.svg"),
    ],
)
def test_what_is_not_what_it_says_is_refused(client, scene, leader, upload, told):
    nomination = drafted(scene)
    hostile = SimpleUploadedFile(*upload, content_type="application/pdf")

    response = client.post(
        at("nomination_files", nomination), {"document": "minutes", "tep": [hostile]}, follow=True
    )

    assert told in words(response)
    assert not DossierFile.objects.exists()


@pytest.mark.parametrize("document", ["", "khac", "../minutes"])
def test_a_file_is_kept_as_a_known_document_only(client, scene, leader, document):
    url = at("nomination_files", drafted(scene))

    page = words(client.post(url, {"document": document, "tep": [pdf()]}, follow=True))

    assert "Loại tài liệu:" in page
    assert not DossierFile.objects.exists()


def test_nothing_chosen_and_too_many_are_told(client, scene, leader, settings):
    settings.EVIDENCE_MAX_FILES = 1
    nomination = drafted(scene)
    url = at("nomination_files", nomination)

    assert "Chưa chọn tệp" in words(client.post(url, {"document": "minutes"}, follow=True))
    attached(scene, nomination=nomination)
    other = pdf("khac.pdf", PDF + b"\n")
    page = words(client.post(url, {"document": "minutes", "tep": [other]}, follow=True))
    assert "đã có 1 tệp, tối đa 1" in page


def test_a_file_is_handed_out_to_who_sees_the_dossier_and_logged(client, scene):
    file = attached(scene)
    url = reverse("awards:nomination_file", args=[file.pk])
    for user in (scene.district_leader, scene.board,
                 person(Role.LEADER, CommuneFactory(parent=scene.district))):  # fmt: skip
        client.force_login(user)
        assert client.get(url).status_code == 404
    client.force_login(scene.commune_leader)

    response = client.get(url)

    assert content_of(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" in response["Content-Security-Policy"]
    entry = LogEntry.objects.get(action="read_dossier_file")
    assert "Kế hoạch" not in f"{entry.label} {entry.changes}"


def test_what_was_sent_is_opened_above_but_not_taken_out(client, scene):
    nomination = drafted(scene)
    file = attached(scene, nomination=nomination)
    actions.take_nomination_step(nomination, "submit", by=scene.commune_leader)
    client.force_login(scene.district_leader)

    response = client.get(reverse("awards:nomination_file", args=[file.pk]))
    assert content_of(response) == PDF
    gone = reverse("awards:nomination_file_remove", args=[nomination.pk, file.pk])
    assert client.post(gone).status_code == 404
    client.force_login(scene.commune_leader)
    assert "nên không sửa được" in words(client.post(gone, follow=True))


def test_a_lost_file_is_not_found(client, scene, leader):
    file = attached(scene)
    file.file.storage.delete(file.file.name)

    assert client.get(reverse("awards:nomination_file", args=[file.pk])).status_code == 404


def test_a_removed_draft_leaves_no_bytes(scene, django_capture_on_commit_callbacks):
    file = attached(scene)
    storage, name = file.file.storage, file.file.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_nomination(file.nomination, by=scene.commune_leader)

    assert not storage.exists(name)
    assert not DossierFile.objects.exists()
