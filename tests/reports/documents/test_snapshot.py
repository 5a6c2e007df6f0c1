"""The snapshot: plain values, the same for the same state of the database."""

import json

import pytest

from reports.documents.snapshot import compose
from reports.freezing import canonical, digest
from tests.factories.campaign import GoalFactory
from tests.factories.reports import laid_out
from tests.factories.summaries import SUMMED_UP, TEXTS, indicators, reported, scene, written
from units.kinds import Tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    found = scene()
    laid_out(found.year, Tier.DISTRICT)
    GoalFactory(campaign=found.campaign, code="T1", baseline_year=2022)
    indicators(found.campaign, "tien")
    for district, communes in found.districts:
        reported(
            found.year, district, {"tien": 5}, rows={"B3": [{"source": "Nhân dân", "cash": "1,5"}]}
        )
        reported(found.year, communes[0], {"tien": 2})
    return found


def test_the_same_state_gives_the_same_content(place):
    first, second = (compose(place.interim, now=SUMMED_UP) for _ in range(2))

    assert canonical(first) == canonical(second)
    assert digest(first) == digest(second)


def test_a_snapshot_is_what_json_gives_back(place):
    snapshot = compose(place.interim, now=SUMMED_UP, summary=written(place))

    assert json.loads(canonical(snapshot)) == snapshot
    assert snapshot["texts"] == TEXTS


def test_an_interim_summary_covers_what_its_year_allows_and_is_drafted_by_the_duty(place):
    snapshot = compose(place.interim, now=SUMMED_UP)

    assert [row["code"] for row in snapshot["covered"]] == ["2023"]
    assert [year["year"] for year in snapshot["poverty"]] == [2021, 2022, 2023]
    issuer = snapshot["issuer"]
    assert issuer["body"] == f"Ủy ban nhân dân tỉnh {place.province.short_name}"
    assert (issuer["drafter"], issuer["symbol"]) == (place.lead.name, "BC-UBND")


def test_a_yearly_summary_goes_from_the_receiving_body_to_the_chairman(place):
    issuer = compose(place.year.period, now=SUMMED_UP)["issuer"]

    assert issuer["body"] == place.year.board.name
    assert issuer["superior"] == f"Ủy ban nhân dân tỉnh {place.province.short_name}"
    assert issuer["addressees"] == [f"Chủ tịch Ủy ban nhân dân tỉnh {place.province.short_name}"]


def test_every_sum_opens_to_reports_that_the_snapshot_names(place):
    snapshot = compose(place.interim, now=SUMMED_UP)

    named = {source["report_id"] for source in snapshot["sources"]}
    money = next(row for row in snapshot["indicators"] if row["code"] == "tien")
    assert money["total"] == "10"
    assert {part["report_id"] for part in money["parts"]} <= named
    assert sum(int(part["value"]) for part in money["parts"]) == 10


def test_cells_of_free_text_are_left_in_the_reports(place):
    """A household could be named there by mistake; only sums of such annexes are taken over."""
    text = canonical(compose(place.interim, now=SUMMED_UP)["annexes"][0]["groups"])

    assert json.loads(text)[0]["keys"] == ["Nhân dân"]
    assert "lines" not in text
