"""Pages of lists: the same rows as Django's own, however deep."""

import pytest
from django.core.paginator import Paginator

from config.paging import CountedPaginator, KeyedPaginator
from tests.factories.units import DistrictFactory, ProvinceFactory
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    DistrictFactory.create_batch(4, parent=ProvinceFactory())
    return Unit.objects.select_related("parent").order_by("-sort_key", "pk")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_by_keys_holds_the_same_rows_in_the_same_order(units, number):
    page, plain = KeyedPaginator(units, 2).page(number), Paginator(units, 2).page(number)

    assert list(page) == list(plain)
    assert page.start_index() == plain.start_index()


def test_a_page_by_keys_takes_two_questions_and_the_count(units, django_assert_num_queries):
    with django_assert_num_queries(3):
        page = KeyedPaginator(units, 2).get_page("x")
        assert [unit.parent is None for unit in page] == [False, False]


def test_no_rows_make_one_empty_page(units):
    assert list(KeyedPaginator(units.none(), 2).get_page(7)) == []


def test_a_count_that_is_known_is_not_asked(units, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert CountedPaginator(units, 2, count=5).num_pages == 3
