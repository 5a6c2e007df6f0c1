"""Public lists: for the days demanded, with least data; opinions hold a case until handled."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from awards.actions import (
    give_opinion,
    handle_opinion,
    post_list,
    take_down,
    take_nomination_step,
)
from awards.models import Objection, Posting
from awards.states import NominationState
from config.workflow import RuleViolation
from tests.factories.awards import TimingFactory
from tests.factories.nominations import a_scene, appraised
from tests.factories.units import VillageFactory
from units.models import LogEntry

pytestmark = pytest.mark.django_db

OPINION = {"name": "Lê Văn Góp", "contact": "0912 000 111", "text": "Hộ này không có thật."}


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)  # a Friday


@pytest.fixture
def scene():
    return a_scene()


@pytest.fixture
def nomination(scene):
    found = appraised(scene)
    TimingFactory(
        rule_set=found.rule_set, form=scene.form, posts=True, posting_days=5, clause="Điều 46"
    )
    return found


def posted(scene, nomination, opens=date(2023, 11, 27), closes=date(2023, 12, 1)):
    return post_list(scene.round, [nomination], opens=opens, closes=closes, by=scene.board)


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def test_a_list_stands_for_its_days_and_disappears_by_itself(scene, nomination, stop_clock):
    posting = posted(scene, nomination)

    shown = {}
    for day in ((11, 26), (11, 27), (12, 1), (12, 2)):
        stop_clock(2023, *day, 23, 59, 59)
        shown[day] = Posting.objects.shown_on(date(2023, *day)).filter(pk=posting.pk).exists()

    assert list(shown.values()) == [False, True, True, False]


def test_fewer_working_days_than_the_form_demands_are_refused(scene, nomination):
    told = refused(lambda: posted(scene, nomination, closes=date(2023, 11, 30)))

    assert "phải công khai ít nhất 5 ngày làm việc (Điều 46)" in told
    assert "có 4 ngày" in told
    nomination.refresh_from_db()
    assert nomination.state == NominationState.APPRAISED


def test_a_list_does_not_begin_in_the_past(scene, nomination):
    assert "đã qua" in refused(lambda: posted(scene, nomination, opens=date(2023, 11, 23)))


def test_a_list_names_who_where_and_for_what_and_no_more(scene, nomination):
    line = posted(scene, nomination).lines.get()

    assert (line.name, line.place, line.form) == (nomination.name, "", scene.form.name)


@pytest.mark.parametrize("who", ["district_leader", "commune_leader"])
def test_only_who_keeps_the_round_posts(scene, nomination, who):
    def act():
        return post_list(
            scene.round,
            [nomination],
            opens=date(2023, 11, 27),
            closes=date(2023, 12, 1),
            by=getattr(scene, who),
        )

    assert "Chỉ Ban Thi đua" in refused(act)


def test_the_council_waits_for_the_end_of_the_list(scene, nomination, stop_clock):
    posted(scene, nomination)
    stop_clock(2023, 12, 1, 20)
    told = refused(lambda: take_nomination_step(nomination, "table", by=scene.board))
    assert "công khai đến hết 01/12/2023" in told

    stop_clock(2023, 12, 2, 8)
    assert take_nomination_step(nomination, "table", by=scene.board).state == "in_session"


def test_an_open_opinion_holds_the_case_until_it_is_handled(scene, nomination, stop_clock):
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, 11, 28, 10)
    opinion = give_opinion(line, **OPINION)
    stop_clock(2023, 12, 4, 8)
    told = refused(lambda: take_nomination_step(nomination, "table", by=scene.board))
    assert "Còn 1 ý kiến" in told

    handle_opinion(opinion, outcome="dismissed", answer="Đã xác minh.", by=scene.board)

    assert take_nomination_step(nomination, "table", by=scene.board)


def test_opinions_are_taken_on_the_days_of_the_list_only(scene, nomination, stop_clock):
    line = posted(scene, nomination).lines.get()
    assert "không còn công khai" in refused(lambda: give_opinion(line, **OPINION))
    stop_clock(2023, 12, 2, 0)
    assert "không còn công khai" in refused(lambda: give_opinion(line, **OPINION))
    assert not Objection.objects.exists()


def test_an_opinion_is_answered_once_and_with_words(scene, nomination, stop_clock):
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, 11, 28, 10)
    opinion = give_opinion(line, **OPINION)

    def answer(outcome, words, by=scene.board):
        return lambda: handle_opinion(opinion, outcome=outcome, answer=words, by=by)

    assert "cần chọn" in refused(answer("", "x"))
    assert "cần ghi" in refused(answer("noted", " "))
    assert "Chỉ Ban" in refused(answer("noted", "x", by=scene.district_leader))
    answer("noted", "Cảm ơn.")()
    assert "đã được xem xét" in refused(answer("upheld", "Khác."))


def test_too_many_opinions_within_a_day_are_put_off(scene, nomination, stop_clock, settings):
    settings.OPINIONS_PER_DAY = 2
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, 11, 28, 10)
    give_opinion(line, **OPINION)
    give_opinion(line, **OPINION)

    assert "ngày mai" in refused(lambda: give_opinion(line, **OPINION))


def test_neither_log_nor_mail_names_who_gave_an_opinion_nor_on_whom(
    scene, nomination, stop_clock, django_capture_on_commit_callbacks
):
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, 11, 28, 10)
    with django_capture_on_commit_callbacks(execute=True):
        give_opinion(line, **OPINION)

    [letter] = [each for each in mail.outbox if scene.board.email in each.to]
    logged = str(list(LogEntry.objects.filter(action="give_opinion").values()))
    for told in (letter.body, logged):
        assert OPINION["name"] not in told
        assert nomination.name not in told


def test_a_list_taken_down_frees_its_cases_and_says_why(scene, nomination):
    posting = posted(scene, nomination)
    assert "cần ghi vì sao" in refused(lambda: take_down(posting, by=scene.board, reason=" "))

    take_down(posting, by=scene.board, reason="Sai tên")

    nomination.refresh_from_db()
    assert nomination.state == NominationState.APPRAISED
    assert "không cần gỡ" in refused(lambda: take_down(posting, by=scene.board, reason="nữa"))


# Pages


def test_the_public_reads_the_list_and_gives_an_opinion(client, scene, nomination, stop_clock):
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, 11, 28, 10)

    page = client.get(reverse("awards:public_lists")).content.decode()
    assert nomination.name in page
    assert scene.commune_leader.full_name not in page
    sent = client.post(reverse("awards:public_opinion", args=[line.pk]), OPINION, follow=True)

    assert "Đã nhận ý kiến" in sent.content.decode()
    assert Objection.objects.get().name == OPINION["name"]


def test_an_opinion_without_a_contact_is_asked_for_it(client, scene, nomination, stop_clock):
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, 11, 28, 10)

    response = client.post(
        reverse("awards:public_opinion", args=[line.pk]), OPINION | {"contact": ""}
    )

    assert response.status_code == 200
    assert response.context["form"].errors["contact"]


@pytest.mark.parametrize("when", [(11, 26), (12, 2)])
def test_outside_its_days_a_line_does_not_exist(client, scene, nomination, stop_clock, when):
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, *when, 12)

    assert client.get(reverse("awards:public_opinion", args=[line.pk])).status_code == 404
    assert nomination.name not in client.get(reverse("awards:public_lists")).content.decode()


def test_the_board_posts_by_the_form_with_the_first_days_that_fit(client, scene, nomination):
    client.force_login(scene.board)
    url = reverse("awards:posting_add", args=[scene.round.pk])
    form = client.get(url).context["form"]
    assert (form.initial["opens"], form.initial["closes"]) == (
        date(2023, 11, 27),
        date(2023, 12, 1),
    )

    told = {"nominations": [nomination.pk], "opens": "27/11/2023", "closes": "01/12/2023"}
    response = client.post(url, told, follow=True)

    assert nomination.name in response.content.decode()
    assert Posting.objects.get().lines.count() == 1


def test_a_leader_of_another_unit_does_not_see_the_list(client, scene, nomination):
    posting = posted(scene, nomination)
    client.force_login(scene.district_leader)

    assert client.get(posting.get_absolute_url()).status_code == 404
    url = reverse("awards:posting_add", args=[scene.round.pk])
    assert client.get(url).status_code == 404


def test_the_keepers_page_shows_opinions_and_takes_the_answer(
    client, scene, nomination, stop_clock
):
    posting = posted(scene, nomination)
    stop_clock(2023, 11, 28, 10)
    opinion = give_opinion(posting.lines.get(), **OPINION)
    client.force_login(scene.board)
    assert OPINION["text"] in client.get(posting.get_absolute_url()).content.decode()

    told = {"outcome": "noted", "answer": "Đã ghi nhận."}
    client.post(reverse("awards:opinion_handle", args=[opinion.pk]), told)

    opinion.refresh_from_db()
    assert (opinion.outcome, opinion.handled_by) == ("noted", scene.board)


def test_who_was_sent_back_is_no_longer_named_to_the_public(client, scene, nomination, stop_clock):
    line = posted(scene, nomination).lines.get()
    stop_clock(2023, 11, 28, 10)
    public = reverse("awards:public_lists")
    assert nomination.name in client.get(public).content.decode()

    take_nomination_step(nomination, "return", by=scene.board, note="Bổ sung.")

    assert nomination.name not in client.get(public).content.decode()
    assert client.get(reverse("awards:public_opinion", args=[line.pk])).status_code == 404
    assert "không còn công khai" in refused(lambda: give_opinion(line, **OPINION))


def test_a_list_that_was_taken_down_keeps_nothing_waiting(scene, nomination, stop_clock):
    long_one = posted(scene, nomination, closes=date(2023, 12, 29))
    take_down(long_one, by=scene.board, reason="Ghi nhầm ngày.")
    posted(scene, nomination)
    stop_clock(2023, 12, 4, 8)

    assert take_nomination_step(nomination, "table", by=scene.board).state == "in_session"


def test_lists_and_opinions_are_taken_away_by_the_keepers(client, scene, nomination, stop_clock):
    posting = posted(scene, nomination)
    stop_clock(2023, 11, 28, 10)
    give_opinion(posting.lines.get(), **OPINION)
    lists = reverse("awards:postings_download", args=["csv"])
    lines = reverse("awards:posting_download", args=[posting.pk, "csv"])
    client.force_login(scene.board)
    assert scene.round.title in b"".join(client.get(lists)).decode()
    told = b"".join(client.get(lines)).decode()
    assert OPINION["text"] in told
    assert nomination.name in told
    assert LogEntry.objects.filter(action="export_objection").exists()

    client.force_login(scene.district_leader)
    assert client.get(lines).status_code == 404
    assert scene.round.title not in b"".join(client.get(lists)).decode()


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_any_number_of_rows(
    client, scene, nomination, number, django_assert_num_queries, stop_clock
):
    posted(scene, nomination)
    for _ in range(number - 1):
        village = VillageFactory(parent=scene.commune)
        posted(scene, appraised(scene, unit=village, proposer=scene.commune))
    stop_clock(2023, 11, 28, 10)
    client.get(reverse("awards:public_lists"))

    with django_assert_num_queries(3):
        client.get(reverse("awards:public_lists"))
