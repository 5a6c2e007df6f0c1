"""The review beside counts of households: differences, sentences, and what is not compared."""

import pytest
from django.urls import reverse

from tests.factories.poverty import PovertyReviewFactory, both_standards, two_districts
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import person
from tests.tables import csv_rows
from units.kinds import Role
from units.models import PovertyTally
from units.models.poverty import Stage
from units.poverty.compared import tallies_by_row, tallies_of
from units.poverty.unit_years import UnitFigures
from units.poverty.year_page import year_page

pytestmark = pytest.mark.django_db
REGISTER, STATEMENT = PovertyTally.Origin.REGISTER, PovertyTally.Origin.STATEMENT


@pytest.fixture(autouse=True)
def _standards():
    both_standards()


@pytest.fixture
def scene():
    """Two districts of two communes; the first district is counted in a list, one commune told."""
    province, ((first, (a, b)), (second, (c, d))) = two_districts()
    for unit in (a, b, c, d):
        PovertyReviewFactory(unit=unit, poor_opening=20, near_opening=30)
    count(a, REGISTER, poor=21)
    count(b, REGISTER, poor=20)
    count(a, STATEMENT, households=1000, poor=20)
    return province, first, second, (a, b, c, d)


def count(unit, origin, **figures):
    given = {"households": None, "poor": 20, "near_poor": 30, "escaped": 0, "arisen": 0}
    parts = {"relapsed": 0, "poor_ethnic": 0, "poor_unable": 0, "near_ethnic": 0}
    return PovertyTallyFactory(unit=unit, origin=origin, **given | parts | figures)


def by_name(comparison):
    return {line.name: line for line in comparison.lines}


def test_a_commune_is_compared_figure_by_figure(scene):
    (point,) = UnitFigures(scene[3][0]).years

    found = point.comparison
    lines = by_name(found)
    assert found.origins == (REGISTER, STATEMENT)
    assert (lines["poor"].review, [side.difference for side in lines["poor"].sides]) == (20, [1, 0])
    assert [side.count for side in lines["households"].sides] == [None, 1000]
    assert [side.difference for side in lines["households"].sides] == [None, 0]
    assert found.sentences == (
        "Danh sách hộ đếm được 21 hộ nghèo, nhiều hơn kết quả rà soát 1 hộ. Hãy đối chiếu danh "
        "sách của xã.",
        "Bảng số liệu khớp với kết quả rà soát về số hộ nghèo, hộ cận nghèo.",
    )


def test_arisen_of_a_count_includes_the_relapsed(scene):
    a = scene[3][0]
    a.reviews.update(poor_arisen=2, poor_relapsed=1, poor_escaped=3)
    a.tallies.update(arisen=3, relapsed=1, escaped=3)

    lines = by_name(UnitFigures(a).years[0].comparison)

    assert lines["arisen"].review == 3
    assert [side.difference for side in lines["arisen"].sides] == [0, 0]


def test_a_district_is_the_sum_of_its_communes(scene):
    found = UnitFigures(scene[1]).years[0].comparison

    assert [side.count for side in by_name(found)["poor"].sides] == [41, 20]
    assert [side.difference for side in by_name(found)["poor"].sides] == [1, None]
    assert found.sentences[1] == "Bảng số liệu mới có của 1/2 xã nên chưa so sánh được."


def test_a_figure_that_one_commune_does_not_tell_is_not_told_of_the_district(scene):
    scene[3][1].tallies.update(poor_ethnic=None)

    assert tallies_of(scene[1])[2023, REGISTER]["poor_ethnic"] is None


def test_where_there_is_nothing_beside_the_review_nothing_is_compared(scene):
    assert UnitFigures(scene[2]).years[0].comparison is None
    page = year_page(2023, Stage.OFFICIAL, None)
    assert [one.unit for one in page.comparisons] == [scene[1]]


def test_an_incomplete_review_is_not_compared(scene):
    scene[3][1].reviews.all().delete()

    assert year_page(2023, Stage.OFFICIAL, None).comparisons == []
    assert UnitFigures(scene[1]).years[0].comparison is None


def test_counts_by_row_are_those_of_communes_alone(scene, django_assert_num_queries):
    PovertyTallyFactory(unit__parent=scene[3][0], origin=REGISTER, poor=9)

    with django_assert_num_queries(1):
        found = tallies_by_row(2023, by="district")

    assert found[scene[1].pk, REGISTER]["poor"] == 41
    assert set(found) == {(scene[1].pk, REGISTER), (scene[1].pk, STATEMENT)}


# To take away


def test_the_comparison_is_taken_away_figure_by_figure(client, scene):
    _, first, _, (a, *_) = scene
    client.force_login(person(Role.REPORTER, a))
    asked = {"nam": 2022, "muc": "official", "thuoc": first.pk}
    rows = csv_rows(client.get(reverse("units:poverty_compared_download", args=[".csv"]), asked))
    own = csv_rows(client.get(reverse("units:poverty_unit_compared_download", args=[a.pk, ".csv"])))

    poor = [row for row in rows if row["Mã đơn vị"] == a.code and row["Số liệu"] == "Hộ nghèo"]
    (row,) = poor
    assert (row["Rà soát"], row["Danh sách hộ"], row["Danh sách hộ: chênh"]) == ("20", "21", "1")
    assert (row["Bảng số liệu"], row["Bảng số liệu: chênh"]) == ("20", "0")
    assert [each for each in own if each["Số liệu"] == "Hộ nghèo"] == poor


def test_both_stages_are_taken_away_side_by_side(client, scene):
    _, first, _, (a, b, *_) = scene
    for unit in (a, b):
        PovertyReviewFactory(unit=unit, stage=Stage.PRELIMINARY, poor_opening=18, near_opening=30)
    client.force_login(person(Role.REPORTER, a))
    asked = {"nam": 2022, "muc": "official", "thuoc": first.pk}
    rows = csv_rows(client.get(reverse("units:poverty_pairs_download", args=[".csv"]), asked))

    told = [(row["Mã đơn vị"], row["Hộ nghèo: sơ bộ"], row["Hộ nghèo: chênh"]) for row in rows]
    assert told == [(unit.code, "18", "2") for unit in (a, b)]
