"""The criteria of the plan are open to all; the scale of points is the board's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria import actions
from criteria.models import CriteriaSet
from criteria.queries import LOCAL_RULE, max_points
from tests.factories.criteria import ItemFactory, handed_in, set_of
from units.kinds import Tier


@pytest.fixture
def made(year):
    return set_of(3, campaign=year.campaign)


def points_of(made, *values):
    pks = made.criteria.order_by("number").values_list("pk", flat=True)
    return {f"points-{pk}": value for pk, value in zip(pks, values, strict=True)}


def test_everybody_reads_the_criteria_in_the_plans_order(client, year, made):
    for letter, tier in (("e", Tier.CADRE), ("đ", Tier.HOUSEHOLD), ("a", Tier.DEPARTMENT)):
        set_of(1, campaign=year.campaign, letter=letter, tier=tier, clause=f"III.1.{letter}")
    item = ItemFactory(criterion=made.criteria.first())

    response = client.get(reverse("criteria:sets"))

    assert [each.letter for each in response.context["sets"]] == ["a", "b", "đ", "e"]
    content = response.content.decode()
    assert "(III.1.b, ý 2)" in content
    assert item.statement in content


def test_only_the_newest_version_is_listed(client, made, board):
    actions.new_version(made, by=board, first_year=2024)

    (shown,) = client.get(reverse("criteria:sets")).context["sets"]

    assert shown.version == 2


def test_the_list_costs_the_same_for_one_set_and_for_three(client, year):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("criteria:sets"))
        return len(asked)

    first, *others = list(Tier)[:3]
    set_of(1, campaign=year.campaign, tier=first)
    one = cost()
    for tier in others:
        set_of(3, campaign=year.campaign, tier=tier)

    assert cost() == one


def test_the_page_without_a_plan_says_what_to_do(client, db):
    assert "load_plan" in client.get(reverse("criteria:sets")).content.decode()


def test_a_set_shows_its_points_and_says_that_they_are_local(client, made):
    content = client.get(reverse("criteria:set", args=[made.pk])).content.decode()

    assert "33,34" in content
    assert LOCAL_RULE in content
    assert "Lưu thang điểm" not in content


def test_the_board_sets_points(client, made, board):
    client.force_login(board)
    url = reverse("criteria:set_points", args=[made.pk])

    response = client.post(url, points_of(made, "50,5", "", ""), follow=True)

    assert "Đã lưu thang điểm." in response.content.decode()
    assert [str(points) for points in max_points(made).values()] == ["50.50", "24.75", "24.75"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("12.5", "", ""), "không phải là số"),
        (("50", "30", "10"), "Điểm các tiêu chí cộng lại 90"),
        (("120", "", ""), "không còn điểm để chia"),
    ],
)
def test_a_wrong_scale_comes_back_with_what_was_typed(client, made, board, values, words):
    client.force_login(board)

    response = client.post(reverse("criteria:set_points", args=[made.pk]), points_of(made, *values))

    content = response.content.decode()
    assert words in content
    assert f'value="{values[0]}"' in content
    assert CriteriaSet.objects.get().criteria.filter(points__isnull=False).count() == 0


def test_a_fixed_scale_says_why_and_offers_a_version(client, made, unit, year, board):
    handed_in(unit, year.period)
    client.force_login(board)

    content = client.get(reverse("criteria:set", args=[made.pk])).content.decode()

    assert "Thang điểm đã cố định" in content
    assert "Lưu thang điểm" not in content
    assert "Lập phiên bản 2" in content


def test_the_board_makes_a_version_and_is_told_when_it_cannot(client, made, unit, year, board):
    handed_in(unit, year.period)
    client.force_login(board)
    url = reverse("criteria:set_version", args=[made.pk])

    refused = client.post(url, {"first_year": 2023})
    assert "đã mở bảng tự đánh giá" in refused.content.decode()

    response = client.post(url, {"first_year": 2024}, follow=True)
    assert response.context["set"].version == 2
    assert "Phiên bản 1" in response.content.decode()


@pytest.mark.parametrize("name", ["set_points", "set_version"])
def test_others_do_not_write(client, made, reporter, name):
    url = reverse(f"criteria:{name}", args=[made.pk])

    home = reverse("reports:home")
    assert client.post(url).url == f"{reverse('account_login')}?next={home}"
    client.force_login(reporter)
    assert client.post(url).status_code == 403
    assert client.get(url).status_code in (403, 405)


def test_a_set_that_is_not_there(client, made):
    assert client.get(reverse("criteria:set", args=[made.pk + 1])).status_code == 404
