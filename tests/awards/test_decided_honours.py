"""The ledger and the portal's own decisions: what they wrote is mended by a decision only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.actions import remove_honour, revoke_awards, save_honour
from awards.history import next_period_starts, overlapping
from awards.imports import HONOURS, HonourKind, honour_rows
from awards.models import Honour
from config import clock, downloads
from config.workflow import RuleViolation
from tests.factories.awards import HonourFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import SIGNER, a_lawful_scene, decided
from tests.factories.units import CommuneFactory
from tests.tables import content_of
from units.actions import upload_import

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_lawful_scene(CampaignFactory())


def test_neither_corrected_nor_removed_by_hand(scene):
    honour = decided(scene).lines.get().honour
    honour.issuer = "Khác"

    for act in (
        lambda: save_honour(honour, by=scene.board),
        lambda: remove_honour(honour, by=scene.board, reason="Ghi nhầm"),
    ):
        with pytest.raises(RuleViolation, match="nhập quyết định hủy bỏ"):
            act()


def brought_back(scene, **changed):
    """The ledger as a file, changed in some columns, and uploaded."""
    rows = [row | changed for row in honour_rows(Honour.objects.for_list())]
    taken = downloads.table(HONOURS, rows, name="so", suffix=".csv")
    file = SimpleUploadedFile("so.csv", content_of(taken))
    return upload_import(HonourKind(), file, by=scene.board, options={})


def test_nor_by_a_file_which_may_bring_it_back_unchanged(scene):
    decided(scene)

    same = brought_back(scene)
    assert (same.counts["same"], same.problems.count()) == (1, 0)
    changed = brought_back(scene, issuer="Khác")

    assert [problem.rule for problem in changed.problems.filter(blocking=True)] == ["decided_here"]


def test_a_revoked_entry_goes_there_and_back_too(scene):
    revoke(scene, decided(scene))

    job = brought_back(scene)

    assert (job.counts["same"], job.problems.count()) == (1, 0)


def revoke(scene, decision):
    told = {"number": "20", "decided_on": clock.today(), "signer": SIGNER, "reason": "Sai"}
    return revoke_awards(decision.lines.all(), by=scene.board, **told)


def test_what_was_revoked_stands_in_nobodys_way(scene):
    decision = decided(scene)
    honour = decision.lines.get().honour
    again = HonourFactory.build(
        unit=scene.commune,
        form=scene.form,
        name=scene.commune.name,
        period_from=2023,
        period_to=2023,
    )
    assert [entry.honour for entry in overlapping(again)] == [honour]
    assert next_period_starts(scene.commune).honour == honour

    revoke(scene, decision)

    assert overlapping(again) == []
    assert next_period_starts(scene.commune) is None


def test_an_achievement_of_another_type_is_another_one():
    commune = CommuneFactory()
    row = HonourFactory(unit=commune, award_type="merit", period_from=2023, period_to=2023)
    told = {"unit": commune, "name": commune.name, "form": row.form, "period_from": 2023}

    for award_type, found in (("merit", [row]), ("movement", [])):
        again = HonourFactory.build(**told, period_to=2023, award_type=award_type)
        assert [entry.honour for entry in overlapping(again)] == found
    assert next_period_starts(commune, award_type="merit").honour == row
    assert next_period_starts(commune, award_type="movement") is None
