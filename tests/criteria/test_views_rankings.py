"""The pages of rankings: drafts for the board, published ones for everybody signed in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.models import Period
from criteria import actions
from criteria.models import Ranking
from criteria.states import Grade, RankingState
from tests.factories.campaign import PeriodFactory
from tests.factories.criteria import (
    BlockFactory,
    RankingFactory,
    RankingRowFactory,
    accepted,
    reporter_of,
    scored,
    set_of,
)
from tests.factories.units import DistrictFactory, person
from units.kinds import Role, Tier


@pytest.fixture
def districts(year):
    set_of(2, campaign=year.campaign)
    return DistrictFactory.create_batch(2, parent=year.province)


@pytest.fixture
def draft(year, districts, board):
    """A draft in which two districts share the first place."""
    for unit in districts:
        scored(accepted(unit, year.period, Grade.MET), 40, 30, by=board)
    return actions.compute_ranking(year.period, Tier.DISTRICT, by=board)


def page(ranking):
    return reverse("criteria:ranking", args=[ranking.pk])


def test_the_board_computes_from_the_list(client, year, districts, board):
    accepted(districts[0], year.period, Grade.MET)
    client.force_login(board)
    listing = client.get(reverse("criteria:rankings")).content.decode()
    assert "Tính bảng xếp hạng" in listing

    response = client.post(
        reverse("criteria:ranking_compute"),
        {"period": year.period.code, "scope": "district"},
        follow=True,
    )

    ranking = Ranking.objects.get()
    assert response.redirect_chain[-1][0] == page(ranking)
    assert districts[0].name in response.content.decode()


def test_a_block_is_one_of_the_choices(client, year, districts, board):
    block = BlockFactory(campaign=year.campaign)
    client.force_login(board)

    client.post(
        reverse("criteria:ranking_compute"),
        {"period": year.period.code, "scope": f"district:{block.pk}"},
    )

    assert Ranking.objects.get().block == block


def test_periods_to_come_are_not_offered_and_this_year_is_proposed(client, year, board):
    campaign = year.campaign
    PeriodFactory(campaign=campaign, year=2024)
    whole = {"code": "final", "kind": Period.Kind.FINAL, "starts": year.period.starts}
    PeriodFactory(campaign=campaign, year=2025, **whole)
    client.force_login(board)

    form = client.get(reverse("criteria:rankings")).context["form"]

    assert [period.code for period in form.fields["period"].queryset] == [year.period.code]
    assert form["period"].initial == year.period.code


@pytest.mark.parametrize(
    "data", [{}, {"period": "1999", "scope": "district"}, {"period": "2023", "scope": "district:9"}]
)
def test_a_wrong_choice_is_told(client, year, board, data):
    client.force_login(board)

    response = client.post(reverse("criteria:ranking_compute"), data)

    assert "chỗ cần sửa" in response.content.decode()
    assert not Ranking.objects.exists()


def test_the_table_tells_ties_and_decisions(client, draft, board):
    row = draft.rows.first()
    actions.decide_place(row, 2, by=board, reason="Nộp phí <b>chậm</b> & thiếu")
    client.force_login(board)

    content = client.get(page(draft)).content.decode()

    assert "Đồng hạng 1: cùng 70 điểm" in content
    assert "Ban TĐKT quyết định hạng 2 (hạng tính được: 1)" in content
    assert "Nộp phí &lt;b&gt;chậm&lt;/b&gt; &amp; thiếu" in content
    assert "DỰ THẢO" in content


def test_a_draft_does_not_exist_for_others(client, draft, reporter, year):
    others = [reporter, person(Role.PROVINCE_VIEWER, year.province)]

    for other in others:
        client.force_login(other)
        assert client.get(page(draft)).status_code == 404
        listing = client.get(reverse("criteria:rankings"))
        assert list(listing.context["page"]) == []
        assert "Tính bảng xếp hạng" not in listing.content.decode()


def test_what_is_published_is_read_by_all_without_any_form(client, draft, board, reporter):
    actions.publish_ranking(draft, by=board)
    client.force_login(reporter)

    content = client.get(page(draft)).content.decode()

    assert "đã công bố" in content
    assert "Quyết định hạng khác" not in content
    assert "DỰ THẢO" not in content
    assert list(client.get(reverse("criteria:rankings")).context["page"]) == [draft]


def test_the_board_decides_a_place_from_the_table(client, draft, board):
    client.force_login(board)
    row = draft.rows.first()
    url = reverse("criteria:ranking_place", args=[draft.pk, row.pk])

    response = client.post(url, {"place": "2", "reason": "Xét thực tế"})
    assert response.url == page(draft)
    row.refresh_from_db()
    assert row.decided_place == 2

    for data, words in (
        ({"place": "2", "reason": " "}, "Cần ghi lý do"),
        ({"place": "hai", "reason": "x"}, "không phải là số"),
        ({"place": "99", "reason": "x"}, "Hạng phải từ 1 đến 2"),
    ):
        assert words in client.post(url, data, follow=True).content.decode()


def test_a_row_of_another_ranking_is_a_404(client, draft, board):
    stranger = RankingRowFactory()
    client.force_login(board)

    url = reverse("criteria:ranking_place", args=[draft.pk, stranger.pk])

    assert client.post(url, {"place": 1, "reason": "x"}).status_code == 404


def test_the_board_publishes(client, draft, board):
    client.force_login(board)
    assert "Công bố</button>" in client.get(page(draft)).content.decode()

    client.post(reverse("criteria:ranking_publish", args=[draft.pk]), {"step": "publish"})

    draft.refresh_from_db()
    assert draft.state == RankingState.PUBLISHED


def test_an_incomplete_ranking_says_why_not_and_offers_the_way_out(client, draft, board, year):
    late = DistrictFactory(parent=year.province)
    accepted(late, year.period, Grade.MET)
    actions.compute_ranking(year.period, Tier.DISTRICT, by=board)
    client.force_login(board)
    url = reverse("criteria:ranking_publish", args=[draft.pk])

    content = client.get(page(draft)).content.decode()
    assert f"1 đơn vị chưa được chấm đủ điểm: {late.name} (2 tiêu chí)." in content
    assert "Công bố khi chưa chấm đủ" in content
    assert content.count(">chưa chấm đủ</") == 1  # the mark beside its points

    refused = client.post(url, {"step": "publish_incomplete", "note": " "}, follow=True)
    assert "chưa được chấm đủ" in refused.content.decode()
    client.post(url, {"step": "publish_incomplete", "note": "Đơn vị đã giải thể"})
    shown = client.get(page(draft)).content.decode()
    assert "Công bố khi chưa chấm đủ điểm" in shown
    assert "Đơn vị đã giải thể" in shown


def test_publishing_for_good_is_asked_once_more(client, draft, board):
    client.force_login(board)

    content = client.get(page(draft)).content.decode()

    assert "Công bố xong, điểm và thứ hạng không đổi được nữa" in content


def test_a_step_that_does_not_exist_publishes_nothing(client, draft, board):
    client.force_login(board)

    client.post(reverse("criteria:ranking_publish", args=[draft.pk]), {"step": "x"}, follow=True)

    draft.refresh_from_db()
    assert draft.state == RankingState.DRAFT


@pytest.mark.parametrize("name", ["ranking_publish", "ranking_compute", "ranking_place"])
def test_others_do_not_write(client, draft, year, name):
    args = {
        "ranking_publish": [draft.pk],
        "ranking_compute": [],
        "ranking_place": [draft.pk, draft.rows.first().pk],
    }[name]
    url = reverse(f"criteria:{name}", args=args)

    assert client.post(url).status_code == 302
    client.force_login(reporter_of(year.province))
    assert client.post(url).status_code == 403


def test_filters_stand_in_the_address(client, year, reporter):
    districts = RankingFactory(period=year.period, published=True)
    RankingFactory(period=year.period, tier=Tier.COMMUNE, published=True)
    client.force_login(reporter)

    response = client.get(reverse("criteria:rankings"), {"ky": "2023", "nhom": "district"})

    assert list(response.context["page"]) == [districts]


def queries_of(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_pages_cost_the_same_for_one_row_and_for_three(client, year, reporter):
    ranking = RankingFactory(period=year.period, published=True)
    RankingRowFactory(ranking=ranking)
    client.force_login(reporter)
    urls = [page(ranking), reverse("criteria:rankings")]
    one = [queries_of(client, url) for url in urls]

    RankingRowFactory.create_batch(2, ranking=ranking)
    for tier in list(Tier)[:2]:
        RankingFactory(period=year.period, block=BlockFactory(tier=tier), published=True)

    assert [queries_of(client, url) for url in urls] == one
    assert max(one) <= 12


def test_the_boards_page_costs_the_same_for_one_row_and_for_three(client, year, board):
    set_of(2, campaign=year.campaign)
    client.force_login(board)
    costs = []
    for rows in (1, 2):
        for unit in DistrictFactory.create_batch(rows, parent=year.province):
            scored(accepted(unit, year.period, Grade.MET), 40, 30, by=board)
        ranking = actions.compute_ranking(year.period, Tier.DISTRICT, by=board)
        costs.append(queries_of(client, page(ranking)))

    assert costs[0] == costs[1]


def test_a_long_table_is_paged_and_can_be_printed_whole(client, year, reporter):
    ranking = RankingFactory(period=year.period, published=True)
    RankingRowFactory.create_batch(51, ranking=ranking)
    client.force_login(reporter)

    first = client.get(page(ranking))
    assert len(first.context["lines"]) == 50
    assert "Xem cả bảng để in" in first.content.decode()
    assert len(client.get(page(ranking), {"in": ""}).context["lines"]) == 51
