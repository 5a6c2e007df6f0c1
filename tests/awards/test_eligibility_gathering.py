"""Gathering: what the database holds becomes findings, one dossier or a whole round alike."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.actions import ask_opinion, hold, take_nomination_step
from awards.eligibility import findings_of
from awards.eligibility.in_bulk import findings_of_all
from awards.kinds import Check, Document
from awards.models import Nomination
from tests.factories.awards import (
    DossierItemFactory,
    HonourFactory,
    PrincipleFactory,
    RuleSetFactory,
    TimingFactory,
)
from tests.factories.nominations import a_scene, drafted, endorsed, submitted
from tests.factories.persons import PersonFactory
from tests.factories.units import CommuneFactory, SuccessionFactory, VillageFactory
from units.models import Succession

pytestmark = pytest.mark.django_db
TODAY = date(2023, 11, 24)


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


def codes(nomination, today=TODAY):
    return {each.code for each in findings_of(nomination, today=today)}


def told(nomination, code, today=TODAY):
    return [each for each in findings_of(nomination, today=today) if each.code == code]


def honoured(unit, name, recipient="collective", **fields):
    row = HonourFactory.build(
        unit=unit, name=name, recipient=recipient, form=fields.pop("form"),
        decided_on=date(2023, 6, 1), period_from=2023, period_to=2023, **fields,
    )  # fmt: skip
    row.fill_keys()
    row.save()
    return row


@pytest.mark.parametrize(
    "spelling",
    [
        "Nguyễn Thị Hòa",
        "NGUYỄN THỊ HOÀ",
        "Nguye\u0302\u0303n Thi\u0323 Ho\u0300a",
        "bà Nguyễn Thị Hòa",
    ],
)
def test_one_person_in_any_spelling_is_one(scene, spelling):
    village = VillageFactory(parent=scene.commune)
    honoured(village, spelling, "person", form=scene.form)
    person = PersonFactory(unit=village, name="Nguyễn Thị Hoà")
    nomination = drafted(
        scene, recipient="person", unit=village, person=person, name=person.name,
        proposer=scene.commune,
    )  # fmt: skip

    assert Check.SAME in codes(nomination)


def test_an_award_of_what_the_unit_was_before_counts(scene):
    old = CommuneFactory(parent=scene.district, valid_to=date(2023, 7, 1))
    SuccessionFactory(
        predecessor=old, successor=scene.commune, date=date(2023, 7, 1), way=Succession.Way.MERGE
    )
    honoured(old, old.name, form=scene.form)

    assert Check.SAME in codes(drafted(scene))


def test_a_revoked_award_does_not_count(scene):
    row = honoured(scene.commune, scene.commune.name, form=scene.form)
    nomination = drafted(scene)
    assert Check.SAME in codes(nomination)

    type(row).objects.filter(pk=row.pk).update(revoked_on=TODAY)

    assert Check.SAME not in codes(nomination)


def test_procedure_follows_the_law_of_receipt_after_a_new_one(stop_clock, scene):
    """Received on 30 June 2025, decided in August: the earlier rule set says what is asked."""
    nomination = submitted(scene)
    law = nomination.rule_set
    DossierItemFactory(
        rule_set=law, form=scene.form, document=Document.MINUTES, required=True, clause="Điều cũ"
    )
    newer = RuleSetFactory(year=2024)
    DossierItemFactory(
        rule_set=newer, form=scene.form, document=Document.RELATED, required=True, clause="Điều mới"
    )

    found = told(nomination, Check.DOSSIER, today=date(2024, 8, 10))

    assert [each.clause for each in found] == ["Điều cũ"]


def test_a_draft_follows_the_law_of_today(scene):
    newer = RuleSetFactory(year=2024)
    DossierItemFactory(rule_set=newer, form=scene.form, document=Document.MINUTES, clause="Mới")

    found = told(drafted(scene), Check.DOSSIER, today=date(2024, 1, 5))

    assert [each.clause for each in found] == ["Mới"]


def test_a_unit_merged_between_nomination_and_decision_names_its_heir(scene):
    nomination = submitted(scene)
    heir = CommuneFactory(parent=scene.district, valid_from=date(2024, 1, 1))
    type(scene.commune).objects.filter(pk=scene.commune.pk).update(valid_to=date(2024, 1, 1))
    SuccessionFactory(
        predecessor=scene.commune, successor=heir, date=date(2024, 1, 1),
        way=Succession.Way.MERGE, basis="NQ 1287",
    )  # fmt: skip

    [found] = told(nomination, Check.HEIRS, today=date(2024, 2, 1))

    assert heir.name in found.sentence
    assert found.clause == "NQ 1287"
    assert Check.DISSOLVED not in codes(nomination, today=date(2024, 2, 1))


def test_a_dissolved_unit_is_not_honoured_from_the_day_of_the_law(scene):
    nomination = submitted(scene)
    PrincipleFactory(
        rule_set=nomination.rule_set, point=Check.DISSOLVED, applies_from=date(2024, 8, 4)
    )
    type(scene.commune).objects.filter(pk=scene.commune.pk).update(valid_to=date(2024, 7, 1))

    before = told(nomination, Check.DISSOLVED, today=date(2024, 8, 3))
    after = told(nomination, Check.DISSOLVED, today=date(2024, 8, 4))

    assert [each.severity for each in (*before, *after)] == ["info", "block"]


def test_silence_of_a_consulted_body_lets_the_dossier_go_on(scene, stop_clock):
    nomination = endorsed(scene)
    TimingFactory(rule_set=nomination.rule_set, form=scene.form, consults=True, posts=None)
    [asked] = told(nomination, Check.CONSULTED)
    assert asked.severity == "hold"
    ask_opinion(nomination, "Cục Thuế", by=scene.board, asked_on=TODAY, due_on=date(2023, 12, 8))

    waiting = told(nomination, Check.CONSULTED, today=date(2023, 12, 8))
    over = told(nomination, Check.CONSULTED, today=date(2023, 12, 9))

    assert [each.severity for each in (*waiting, *over)] == ["hold", "info"]


def test_another_dossier_of_the_candidate_is_told_once_sent(scene):
    first = endorsed(scene)
    other = drafted(scene, offer=_other_offer(scene))
    assert Check.SAME not in codes(first)
    take_nomination_step(other, "submit", by=scene.commune_leader)

    [found] = told(first, Check.SAME)

    assert f"hồ sơ số {other.pk}" in found.sentence


def _other_offer(scene):
    form = scene.form.__class__.objects.create(
        campaign=scene.form.campaign, code="KHAC", position=9, clause="III", name="Giấy khen"
    )
    return scene.round.offers.create(form=form)


def _many(scene):
    rows = [endorsed(scene)]
    for _ in range(3):
        village = VillageFactory(parent=scene.commune)
        rows.append(endorsed(scene, unit=village, proposer=scene.commune))
    hold(rows[0], "complaint", by=scene.board, reason="Đơn ngày 1/11")
    honoured(rows[1].unit, rows[1].name, form=scene.form)
    TimingFactory(rule_set=rows[0].rule_set, form=scene.form, posts=True, posting_days=10)
    return rows


@pytest.mark.parametrize("few", [100, 0])
def test_a_round_in_one_pass_tells_what_each_dossier_is_told_alone(scene, few, monkeypatch):
    """Named by value or by the query that chose them."""
    rows = _many(scene)
    found_alone = {row.pk: findings_of(row, today=TODAY) for row in rows}
    monkeypatch.setattr("awards.eligibility.chosen.FEW", few)

    chosen = Nomination.objects.all()
    found = {row.pk: said for row, said in findings_of_all(chosen, today=TODAY)}

    assert found == found_alone
    assert {each.code for each in found[rows[0].pk]} >= {"inquiry", "posted"}


def test_the_number_of_queries_does_not_grow_with_the_dossiers(scene):
    rows = _many(scene)
    counts = []
    for chosen in (rows[:1], rows):
        keys = [row.pk for row in chosen]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(findings_of_all(Nomination.objects.filter(pk__in=keys), today=TODAY))
        counts.append(len(queries))

    assert counts[0] == counts[1]
