"""The portal's own decisions in a summary: beside the reports' annex B6, never added to it."""

import pytest

from reports.documents.snapshot import compose
from reports.documents.summary.honours import decided_table, honours
from reports.documents.summary.workbook import tables
from reports.figures.awards import decided as counted
from reports.papers.model import Paragraph, Table
from tests.factories.campaign import instant
from tests.factories.decisions import a_lawful_scene, a_person, brought_to, decided
from tests.factories.summaries import scene as a_summary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def place():
    place = a_summary(reviewed=())
    scene = a_lawful_scene(place.campaign)
    people = [brought_to(scene, "voted", **a_person(scene, sex="female")) for _ in range(2)]
    decided(scene, brought_to(scene, "voted"), *people, minority={"person": 1})
    return place


def test_the_decisions_of_the_period_are_counted(place):
    rows = counted([place.year.period])

    assert [(row.year, row.recipient, row.count, row.women, row.ethnic) for row in rows] == [
        ("2023", "Tập thể", 1, 0, 0),
        ("2023", "Cá nhân", 2, 2, 1),
    ]
    assert counted([]) == []


def test_a_summary_names_both_sources_and_adds_neither_to_the_other(place):
    content = compose(place.year.period, now=instant(2023, 12, 20))

    blocks = list(honours(content))

    told = " ".join(str(block.text) for block in blocks if isinstance(block, Paragraph))
    assert "Các báo cáo đã nhận không ghi hình thức khen thưởng nào" in told
    assert "Theo quyết định ghi trong cổng, trong kỳ có 3 lượt khen thưởng" in told
    assert "không cộng hai bảng với nhau" in told
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.title == "Khen thưởng trong phong trào, theo quyết định ghi trong cổng"
    assert table.rows[-1] == ("Cộng", "", 3, 3, 0, 2, 1)
    assert decided_table(content).title in [each.title for each in tables(content)]


def test_a_summary_frozen_before_says_nothing_of_them(place):
    content = compose(place.year.period, now=instant(2023, 12, 20))
    del content["decided"]

    assert not any(isinstance(block, Table) for block in honours(content))
