"""Papers of commendation at their addresses: who may take them, what they say, what is noted."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import council
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import a_lawful_scene, a_person, brought_to, decided, sent_submission
from tests.factories.nominations import a_scene, submitted
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from tests.reports.papers.samples import squeezed
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_round(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_lawful_scene(CampaignFactory())


@pytest.fixture
def decision(scene):
    """On a woman and on the commune itself."""
    whom = a_person(scene, name="Nguyễn Thị Bưởi", sex="female")
    return decided(scene, brought_to(scene, "voted", **whom), brought_to(scene, "voted"))


def text_of(response) -> str:
    reader = PdfReader(BytesIO(response.content))
    return squeezed("".join(page.extract_text() for page in reader.pages))


def fetched(client, name, *args, user, query=""):
    client.force_login(user)
    return client.get(reverse(f"reports:{name}", args=args) + query)


def strangers():
    return [
        person(Role.LEADER, CommuneFactory()),
        person(Role.LEADER, DistrictFactory()),
        person(Role.ADMINISTRATOR, DepartmentFactory()),
    ]


PAPERS_OF_DECISION = (
    ("award_decision", ("pdf",)),
    ("award_decision", ("docx",)),
    ("award_decision", ("xlsx",)),
    ("award_bonus", ("pdf",)),
    ("award_bonus", ("xlsx",)),
    ("award_certificates", ()),
    ("award_papers", ()),
)


@pytest.mark.parametrize(("name", "more"), PAPERS_OF_DECISION)
def test_papers_of_a_decision_are_for_those_who_see_it(client, scene, decision, name, more):
    assert fetched(client, name, decision.pk, *more, user=scene.board).status_code == 200
    for stranger in strangers():
        assert fetched(client, name, decision.pk, *more, user=stranger).status_code == 404


def test_the_decision_is_printed_as_it_was_frozen(client, scene, decision):
    text = text_of(fetched(client, "award_decision", decision.pk, "pdf", user=scene.board))

    assert squeezed("15/QĐ-UBND") in text
    assert squeezed("Bà Nguyễn Thị Bưởi") in text
    assert squeezed("DỰ THẢO") not in text


def test_the_bonus_sheet_tells_by_what_law_since_when(client, scene, decision):
    text = text_of(fetched(client, "award_bonus", decision.pk, "pdf", user=scene.board))

    assert squeezed("áp dụng từ ngày 01/10/2017") in text
    assert squeezed("áp dụng từ ngày 01/07/2023") in text
    assert squeezed("1.800.000") in text


@pytest.mark.parametrize(
    ("query", "pages"), [("", 2), ("?dong=1", 1), ("?dong=2&dong=1", 2), ("?dong=x&chi-chu=1", 2)]
)
def test_certificates_are_printed_for_all_or_for_the_chosen(client, scene, decision, query, pages):
    response = fetched(client, "award_certificates", decision.pk, user=scene.board, query=query)
    reader = PdfReader(BytesIO(response.content))

    assert len(reader.pages) == pages
    assert squeezed("BẰNG KHEN") in text_of(response)


def test_a_certificate_leads_to_the_public_check_of_its_own_line(client, scene, decision):
    line = decision.lines.get(position=1)
    response = fetched(client, "award_certificates", decision.pk, user=scene.board, query="?dong=1")
    notes = PdfReader(BytesIO(response.content)).pages[0]["/Annots"]
    address = notes[0].get_object()["/A"]["/URI"]

    assert address == f"http://testserver{reverse('awards:check_code', args=[line.check_code])}"


def test_a_line_that_is_not_there_cannot_be_printed(client, scene, decision):
    response = fetched(client, "award_certificates", decision.pk, user=scene.board, query="?dong=9")

    assert response.status_code == 404


def test_a_notice_is_for_the_units_that_proposed(client, scene, decision):
    told = (decision.pk, scene.commune.pk, "pdf")
    text = text_of(fetched(client, "award_notice", *told, user=scene.board))

    assert squeezed("V/v thông báo kết quả xét khen thưởng") in text
    assert squeezed("Bưởi") in text
    other = (decision.pk, scene.district.pk, "pdf")
    assert fetched(client, "award_notice", *other, user=scene.board).status_code == 404


def test_the_page_of_papers_names_the_units_and_the_lines(client, scene, decision):
    page = fetched(client, "award_papers", decision.pk, user=scene.board).content.decode()

    assert f"Thông báo kết quả cho {scene.commune.name}" in page
    assert "Nguyễn Thị Bưởi" in page
    assert reverse("reports:award_certificates", args=[decision.pk]) in page


def test_a_submission_is_a_draft_until_sent(client, scene):
    from_draft = sent_submission(scene)
    text = text_of(fetched(client, "award_submission", from_draft.pk, "pdf", user=scene.board))

    assert squeezed("7/TTr-BTĐKT") in text
    assert squeezed("DỰ THẢO") not in text
    for stranger in strangers():
        refused = fetched(client, "award_submission", from_draft.pk, "pdf", user=stranger)
        assert refused.status_code == 404


def test_minutes_are_for_the_council_and_who_keeps_the_session(client):
    sitting = council.closed(a_scene())
    told = (sitting.session.pk, "pdf")

    for user in (sitting.board, sitting.users[1]):
        assert squeezed("BIÊN BẢN") in text_of(fetched(client, "award_minutes", *told, user=user))
    for stranger in strangers():
        assert fetched(client, "award_minutes", *told, user=stranger).status_code == 404


def test_an_achievement_report_is_for_those_who_see_the_dossier(client):
    scene = a_scene()
    nomination = submitted(scene)
    told = (nomination.pk, "pdf")

    for user in (scene.commune_leader, scene.district_leader, scene.board):
        text = text_of(fetched(client, "award_report", *told, user=user))
        assert squeezed("BÁO CÁO THÀNH TÍCH") in text
        assert squeezed("Đã giúp mười hộ thoát nghèo.") in text
    for stranger in strangers():
        assert fetched(client, "award_report", *told, user=stranger).status_code == 404


def test_a_unit_prints_its_own_list_and_nobody_elses(client):
    scene = a_scene()
    nomination = submitted(scene)
    told = (scene.round.pk, scene.commune.pk, "pdf")

    page = fetched(client, "award_lists", scene.round.pk, user=scene.commune_leader)
    assert scene.commune.name in page.content.decode()
    text = text_of(fetched(client, "award_list", *told, user=scene.commune_leader))
    assert squeezed(nomination.name) in text
    assert squeezed("DỰ THẢO") in text
    for user in (*strangers(), person(Role.LEADER, CommuneFactory(parent=scene.district))):
        assert fetched(client, "award_list", *told, user=user).status_code == 404
    for query in ("?nhom=2", "?nhom=0", "?nhom=x"):
        refused = fetched(client, "award_list", *told, user=scene.commune_leader, query=query)
        assert refused.status_code == 404


@pytest.mark.parametrize("form", ["doc", "exe", "html"])
def test_other_endings_are_no_papers_and_nothing_is_noted(client, scene, decision, form):
    assert fetched(client, "award_decision", decision.pk, form, user=scene.board).status_code == 404
    assert not LogEntry.objects.filter(action="take_award_paper").exists()


def test_taking_a_paper_away_is_noted_without_names(client, scene, decision):
    for name, more in PAPERS_OF_DECISION[:6]:
        fetched(client, name, decision.pk, *more, user=scene.board)

    entries = LogEntry.objects.filter(action="take_award_paper")
    assert entries.count() == 6
    assert {entry.by for entry in entries} == {scene.board}
    assert not any("Bưởi" in f"{entry.label} {entry.changes}" for entry in entries)
