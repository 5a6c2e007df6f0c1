"""From the first line of a dossier to the printed certificate, each person at an own screen."""

from datetime import date, datetime

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

from awards.actions import save_council, save_member
from awards.kinds import CouncilPost
from awards.models import Council, CouncilMember, DecisionLine, Nomination
from config import clock
from config.text import VIETNAM
from tests.browser.pages import Appraisal, CouncilSession, Dossier, Home, Outgoing
from tests.browser.scenes import round_held
from tests.factories.units import person
from tests.journeys import papers
from units.kinds import Role
from units.models import Unit

pytestmark = pytest.mark.browser

ACHIEVEMENT = "Có thành tích xuất sắc trong phong trào thi đua năm 2023"
WORDS = "Huyện giúp 137 hộ thoát nghèo, sửa 43 ngôi nhà & vận động 1.234 triệu đồng."
MEETING = datetime(2023, 11, 27, 14, 5, tzinfo=VIETNAM)
AFTER = datetime(2023, 11, 29, 9, tzinfo=VIETNAM)
POSTS = (
    CouncilPost.CHAIR,
    CouncilPost.STANDING,
    CouncilPost.SECRETARY,
    CouncilPost.MEMBER,
    CouncilPost.MEMBER,
)


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "Văn bản đã ký.pdf"
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(path)
    return path


@pytest.fixture
def members(portal):
    """A council of five in the province, each with an account of a department."""
    province = portal.period.campaign.province
    council = Council(unit=province, name="Hội đồng Thi đua - Khen thưởng tỉnh")
    council = save_council(council, by=portal.board)
    office = Unit.objects.get(code="VPUBND", valid_to__gt="2023-11-30")
    people = [person(Role.COUNCIL, office) for _ in POSTS]
    for place, (user, post) in enumerate(zip(people, POSTS, strict=True), start=1):
        told = {"council": council, "user": user, "name": user.full_name, "post": post}
        save_member(CouncilMember(place=place, starts=date(2023, 1, 1), **told), by=portal.board)
    return people


def written(page, paper):
    """The reporter of the district puts the district forward."""
    dossier = Dossier(page)
    dossier.begin("Bằng khen của Chủ tịch", "Tập thể", "Tam Đảo")
    dossier.tell(ACHIEVEMENT, WORDS)
    nomination = Nomination.objects.get()
    page.goto(f"/khen-thuong/de-nghi/{nomination.pk}/tep/")
    dossier.attach("minutes", paper)
    expect(page.get_by_text(paper.name).first).to_be_visible()
    return nomination


def sent(page):
    """The leader comes by the home page, reads it all and submits."""
    Home(page).open()
    page.get_by_role("main").get_by_role("link", name="hồ sơ").first.click()
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Xem lại và trình hồ sơ").click()
    Dossier(page).step("Trình hồ sơ")
    expect(page.get_by_text("đã trình").first).to_be_visible()


def test_from_the_first_line_to_the_printed_certificate(portal, members, window, paper):
    round_held(portal)
    nomination = written(window(portal.reporter), paper)
    sent(window(portal.leader))
    board = window(portal.board)
    Appraisal(board).pass_all()
    expect(board.get_by_text("Đã áp dụng").first).to_be_visible()

    meeting = CouncilSession(board)
    meeting.convene("27/11/2023", "14:00", "Phòng họp số 1")
    with clock.frozen(MEETING):
        meeting.call_the_roll()
        meeting.open_voting()
        address = board.url
        for number, member in enumerate(members):
            screen = window(member)
            screen.goto(address)
            CouncilSession(screen).vote("Đồng ý" if number else "Không đồng ý")
            expect(screen.get_by_text("đã bỏ phiếu").first).to_be_visible()
        board.goto(address)
        meeting.count("4")
        expect(board.get_by_text("4/5 phiếu đồng ý").first).to_be_visible()

    with clock.frozen(AFTER):
        out = Outgoing(board)
        out.submit("45/TTr-BTĐKT", "28/11/2023")
        out.decide("2901/QĐ-UBND", "29/11/2023", "Trần Duy Mẫu", "Quỹ thi đua, khen thưởng")
        expect(board.get_by_role("heading", level=1)).to_contain_text("2901/QĐ-UBND")
        certificate = out.certificates()
        nomination.refresh_from_db()
        assert nomination.state == "decided"
        checked(window(), certificate)


def checked(page, certificate):
    """The certificate names who is honoured; anybody may check that it is genuine."""
    assert len(PdfReader(certificate).pages) == 1
    words = papers.words_of_pdf(certificate.read_bytes())
    assert "tam đảo" in words.lower()
    assert "2901/QĐ-UBND" in words
    line = DecisionLine.objects.get()
    page.goto(f"/khen-thuong/kiem-tra/{line.check_code}/")
    expect(page.get_by_role("main")).to_contain_text("2901/QĐ-UBND")
