"""What was sent, for the unit, for those above, and for whoever holds a receipt."""

import pytest
from django.urls import reverse

from config.workflow import RuleViolation
from reports import actions
from tests.factories.reports import filled, sent
from tests.factories.units import DistrictFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db
SLIP = "Nội dung viết nhầm."


@pytest.fixture(autouse=True)
def _tuesday(stop_clock):
    stop_clock(2023, 11, 21, 9)


def page(client, name, report, number):
    return client.get(reverse(f"reports:{name}", args=[report.pk, number]))


@pytest.fixture
def sent_again():
    """A report sent by mistake, withdrawn unread, mended and sent again."""
    case = sent(filled(text=SLIP))
    actions.take_step(case.report, "withdraw", by=case.leader)
    return sent(filled(case.anew()))


@pytest.mark.parametrize("name", ["version", "receipt"])
def test_a_withdrawn_sending_is_shown_to_the_own_unit_only(client, sent_again, name):
    seen = {}
    for user in (sent_again.reporter, sent_again.board):
        client.force_login(user)
        seen[user] = [page(client, name, sent_again.report, n).status_code for n in (1, 2)]

    assert seen == {sent_again.reporter: [200, 200], sent_again.board: [404, 200]}


def test_the_page_of_the_report_lists_what_may_be_opened(client, sent_again):
    listed = {}
    for user in (sent_again.leader, sent_again.board):
        client.force_login(user)
        versions = client.get(sent_again.report.get_absolute_url()).context["versions"]
        listed[user] = [version.number for version in versions]

    assert listed == {sent_again.leader: [1, 2], sent_again.board: [2]}


def test_what_was_withdrawn_is_no_difference_to_show(client, sent_again):
    client.force_login(sent_again.board)
    for_board = page(client, "version", sent_again.report, 2)
    assert for_board.context["changes"] is None
    assert SLIP not in for_board.content.decode()

    client.force_login(sent_again.leader)
    assert SLIP in page(client, "version", sent_again.report, 2).content.decode()


def test_what_the_receiver_read_here_is_not_withdrawn(client):
    case = sent()
    client.force_login(case.board)

    page(client, "version", case.report, 1)

    with pytest.raises(RuleViolation, match="đã mở xem"):
        actions.take_step(case.report, "withdraw", by=case.leader)


def test_the_look_of_others_bars_no_withdrawal(client):
    case = sent()
    for user in (case.reporter, person(Role.PROVINCE_VIEWER, case.year.province)):
        client.force_login(user)
        assert page(client, "version", case.report, 1).status_code == 200

    actions.take_step(case.report, "withdraw", by=case.leader)

    assert case.anew().report.submitted_at is None


def test_a_neighbour_sees_neither_version_nor_receipt(client):
    case = sent()
    client.force_login(person(Role.LEADER, DistrictFactory(parent=case.year.province)))

    assert page(client, "version", case.report, 1).status_code == 404
    assert page(client, "receipt", case.report, 1).status_code == 404


def test_the_number_of_a_receipt_is_not_guessed(client):
    version = sent().report.versions.get()
    known = f"BN-2023-{version.report_id:06d}-01"

    assert version.receipt == f"{known}-{version.sha256[:6]}".upper()
    guessed = client.get(reverse("reports:receipt_check"), {"so": known})
    assert guessed.context["version"] is None


def test_the_check_tells_a_withdrawn_sending(client, sent_again):
    told = [
        client.get(reverse("reports:receipt_check"), {"so": version.receipt}).content.decode()
        for version in sent_again.report.versions.all()
    ]

    assert ["đã rút lần gửi này" in words for words in told] == [True, False]
