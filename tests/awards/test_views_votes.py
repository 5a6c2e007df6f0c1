"""The ballot and its neighbours on their pages: without JavaScript, and no choice is told."""

from html import unescape

import pytest
from django.contrib.sessions.models import Session as WebSession
from django.urls import reverse

from awards import actions
from awards.models import Recusal, Vote
from awards.views.votes import ballot as ballot_view
from tests.factories.council import agreed, attended, ballot, convened, opened, voted
from tests.factories.nominations import a_scene
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 12, 14, 9)


@pytest.fixture
def scene():
    return a_scene()


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def chosen(sitting, choice):
    return {f"h{key}": choice for key in sitting.session.cases.values_list("pk", flat=True)}


# The ballot


def test_a_member_votes_on_one_sheet_and_gets_a_plain_receipt(client, scene):
    sitting = opened(scene, cases=2)
    client.force_login(sitting.users[0])
    sheet = words(client.get(url("ballot", sitting.session.pk)))
    assert sheet.count('type="radio"') == 6
    assert sheet.count("required") == 6
    assert "checked" not in sheet

    page = words(
        client.post(url("ballot", sitting.session.pk), chosen(sitting, "against"), follow=True)
    )

    assert "Đã nhận phiếu của bạn" in page
    assert "Bạn đã bỏ phiếu." in page
    assert "không đồng ý" not in page.lower()
    assert Vote.objects.count() == 1


def test_the_choice_is_in_no_address_message_or_web_session(client, scene):
    sitting = opened(scene)
    client.force_login(sitting.users[0])

    response = client.post(url("ballot", sitting.session.pk), chosen(sitting, "against"))

    assert response.status_code == 302
    assert response["Location"] == sitting.session.get_absolute_url()
    kept = [str(row.get_decoded()) for row in WebSession.objects.all()]
    told = " ".join([*kept, str(response.cookies), str(response.headers)])
    assert "against" not in told
    assert "no-store" in response["Cache-Control"]


def test_an_unfinished_sheet_is_refused_and_not_shown_filled_in(client, scene):
    sitting = opened(scene, cases=2)
    client.force_login(sitting.users[0])
    first = sitting.session.cases.first()

    page = words(
        client.post(url("ballot", sitting.session.pk), {f"h{first.pk}": "against"}, follow=True)
    )

    assert "Còn 1 hồ sơ chưa chọn" in page
    assert "checked" not in page
    assert not Vote.objects.exists()


def test_an_error_report_would_not_hold_the_choice(rf):
    request = rf.post("/", {"h1": "against"})
    with pytest.raises(AttributeError):  # no user here: what counts is the mark for the reporter
        ballot_view(request, 1)

    assert request.sensitive_post_parameters == "__ALL__"


def test_who_has_voted_or_may_not_is_led_back_with_the_reason(client, scene):
    sitting = voted(opened(scene, absent=1), "+")
    for user, why in ((sitting.users[0], "Bạn đã bỏ phiếu"), (sitting.users[-1], "chưa được điểm")):
        client.force_login(user)
        assert why in words(client.get(url("ballot", sitting.session.pk), follow=True))
    client.force_login(UserFactory())
    assert client.get(url("ballot", sitting.session.pk)).status_code == 404


def test_members_read_the_dossiers_in_one_click(client, scene):
    sitting = opened(scene)
    nomination = sitting.session.cases.get().nomination
    client.force_login(sitting.users[0])

    page = words(client.get(sitting.session.get_absolute_url()))

    assert nomination.get_absolute_url() in page
    assert client.get(nomination.get_absolute_url()).status_code == 200


# Recusals


def test_a_member_declares_a_conflict_and_takes_it_back(client, scene):
    sitting = convened(scene, cases=2)
    client.force_login(sitting.users[1])
    case = sitting.session.cases.first()
    page = url("recusals", sitting.session.pk)

    assert "Là em ruột" in words(
        client.post(page, {"case": case.pk, "reason": "Là em ruột"}, follow=True)
    )
    assert "seat" not in client.get(page).context["form"].fields
    row = Recusal.objects.get()
    client.post(url("recusal_withdraw", sitting.session.pk, row.pk), {"reason": "nhầm"})

    assert not Recusal.objects.exists()


def test_the_secretary_writes_down_what_a_member_without_device_declares(client, scene):
    sitting = convened(scene)
    case, seat = sitting.session.cases.get(), sitting.session.seats.last()
    client.force_login(scene.board)
    told = {"seat": seat.pk, "case": case.pk, "reason": "Là vợ"}

    client.post(url("recusals", sitting.session.pk), told)

    assert (Recusal.objects.get().seat, Recusal.objects.get().by) == (seat, scene.board)


def test_a_member_takes_back_only_the_own_recusal(client, scene):
    sitting = convened(scene)
    case, seat = sitting.session.cases.get(), sitting.session.seats.last()
    row = actions.recuse(case, seat, by=scene.board, reason="Là vợ")
    client.force_login(sitting.users[0])

    client.post(url("recusal_withdraw", sitting.session.pk, row.pk), {"reason": "x"})

    assert Recusal.objects.exists()


# Paper and count


def test_paper_is_entered_and_confirmed_by_two_people_on_their_pages(client, scene):
    sitting = opened(scene, written=1)
    pk, case = sitting.session.pk, sitting.session.cases.get()
    client.force_login(scene.board)
    form = client.get(url("session_paper", pk)).context["form"]
    seat = sitting.session.seats.get(presence="written")
    told = {"seats": [seat.pk], "seen": form["seen"].value(), f"for_{case.pk}": "1"}

    assert "cần một người khác xác nhận" in words(
        client.post(url("session_paper", pk), told, follow=True)
    )
    assert "cần một người khác xác nhận" in words(client.get(url("paper_confirm", pk)))
    client.force_login(sitting.users[0])
    mark = client.get(url("paper_confirm", pk)).context["mark"]
    client.post(url("paper_confirm", pk), {"seen": mark})

    assert Vote.objects.get().way == "paper"
    assert sitting.fresh().confirmed_by == sitting.users[0]


def test_counts_that_do_not_fit_are_told_with_the_case(client, scene):
    sitting = opened(scene, written=1)
    pk, case = sitting.session.pk, sitting.session.cases.get()
    client.force_login(scene.board)
    form = client.get(url("session_paper", pk)).context["form"]
    seat = sitting.session.seats.get(presence="written")
    told = {"seats": [seat.pk], "seen": form["seen"].value(), f"for_{case.pk}": "2"}

    page = words(client.post(url("session_paper", pk), told))

    assert "nhập 2 phiếu, nhưng có 1 người bỏ phiếu giấy" in page


def test_the_count_page_asks_for_what_is_open_and_names_who_is_missing(client, scene):
    sitting = voted(opened(scene), "++++")
    pk = sitting.session.pk
    client.force_login(scene.board)
    page = words(client.get(url("session_count", pk)))
    assert sitting.session.seats.last().name in page
    assert "chưa có căn cứ về tỷ lệ phiếu" in page
    form = scene.form.pk

    told = {f"so_{form}": "3", f"loi_{form}": "Quá nửa tổng số thành viên"}
    assert "Đã ghi điều Hội đồng thống nhất" in words(
        client.post(url("session_conclude", pk), told, follow=True)
    )
    assert "Còn 1 thành viên dự họp chưa bỏ phiếu" in words(
        client.post(url("session_close", pk), follow=True)
    )
    page = words(client.post(url("session_close", pk), {"despite_missing": "on"}, follow=True))

    assert "4/5 phiếu đồng ý (80%), cần ít nhất 3" in page


def test_the_secretary_is_not_let_in_to_the_ballot_of_others(client, scene):
    sitting = agreed(opened(scene))
    client.force_login(scene.board)

    page = words(
        client.post(url("ballot", sitting.session.pk), chosen(sitting, "for"), follow=True)
    )

    assert "không phải thành viên được mời" in page
    assert not Vote.objects.exists()


def test_a_recused_member_has_no_line_for_the_case(client, scene):
    sitting = convened(scene, cases=2)
    case = sitting.session.cases.first()
    seat = sitting.session.seats.get(member__user=sitting.users[1])
    actions.recuse(case, seat, by=sitting.users[1], reason="Là em ruột")
    actions.open_voting(attended(sitting).session, by=scene.board)
    client.force_login(sitting.users[1])

    fields = client.get(url("ballot", sitting.session.pk)).context["form"].fields

    assert f"h{case.pk}" not in fields
    assert len(fields) == 1
    ballot(sitting, sitting.users[1])
    assert Vote.objects.count() == 1
