"""Counts of awards: by form, recipient and year; revoked ones and their minorities left out."""

from datetime import date

import pytest

from awards.actions import revoke_awards
from awards.statistics import honoured
from config import clock
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import SIGNER, a_lawful_scene, a_person, brought_to, decided
from tests.factories.units import VillageFactory
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
URL = "/khen-thuong/thong-ke/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_lawful_scene(CampaignFactory())


def a_decision(scene):
    people = [
        brought_to(scene, "voted", direct=sex == "female", **a_person(scene, sex=sex))
        for sex in ("female", "female", "male")
    ]
    return decided(scene, brought_to(scene, "voted"), *people, minority={"person": 2})


def told(rows):
    return [
        (row.year, row.recipient, row.count, row.direct, row.women, row.minority) for row in rows
    ]


def test_counts_come_from_the_lines_and_the_told_numbers(scene):
    a_decision(scene)

    assert told(honoured()) == [
        (2023, "collective", 1, 0, 0, None),
        (2023, "person", 3, 2, 2, 2),
    ]


def test_what_is_revoked_counts_no_more_nor_do_its_minorities(scene, stop_clock):
    decision = a_decision(scene)
    stop_clock(2024, 2, 1, 9)
    line = decision.lines.filter(woman=True).first()
    given = {"number": "20", "decided_on": clock.today(), "signer": SIGNER, "reason": "Sai"}
    revoke_awards([line], minority={"person": 1}, by=scene.board, **given)

    assert told(honoured())[1] == (2023, "person", 2, 1, 1, 1)
    assert told(honoured(last=date(2023, 12, 31)))[1] == (2023, "person", 2, 1, 1, 1)
    assert honoured(first=date(2024, 1, 1)) == []


def test_days_bound_both_ends_included(scene):
    a_decision(scene)

    for first, last, found in (
        (date(2023, 11, 24), date(2023, 11, 24), 2),
        (date(2023, 11, 25), None, 0),
        (None, date(2023, 11, 23), 0),
    ):
        assert len(honoured(first, last)) == found


@pytest.mark.parametrize("number", [1, 3])
def test_the_counts_take_the_same_queries(scene, number, django_assert_num_queries):
    rows = [
        brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune)) for _ in range(number)
    ]
    decided(scene, *rows)

    with django_assert_num_queries(4):
        honoured()


def test_the_page_names_nobody_and_is_taken_away(client, scene):
    a_decision(scene)
    client.force_login(scene.commune_leader)

    page = client.get(URL).content.decode()

    assert scene.form.name in page
    assert "Trần Thị Ấm" not in page
    rows = csv_rows(client.get(f"{URL}bang.csv"))
    assert [(row["Lượt khen"], row["DTTS"]) for row in rows] == [("1", ""), ("3", "2")]
