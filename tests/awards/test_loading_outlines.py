"""The skeletons of achievement reports come in by a file, once, and stay as people set them."""

import pytest

from awards.candidates import outline_of
from awards.kinds import AwardType, Recipient
from awards.loading import load
from awards.models import OutlinePart
from campaign.actions import save_catalogue
from tests.factories.campaign import CampaignFactory
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    campaign = CampaignFactory()
    load(campaign)
    return campaign


@pytest.mark.parametrize("recipient", Recipient.values)
@pytest.mark.parametrize("award_type", [AwardType.MOVEMENT, AwardType.MERIT])
def test_each_recipient_has_both_lengths_in_the_parts_of_the_law(campaign, recipient, award_type):
    parts = outline_of(recipient, award_type)

    assert [part.heading.partition(".")[0] for part in parts] == sorted(
        (part.heading.partition(".")[0] for part in parts), key=len
    )
    assert {part.short for part in parts} == {award_type == AwardType.MOVEMENT}
    assert {part.confidence for part in parts} == {"inferred"}
    assert all(part.source and part.title for part in parts)
    assert parts[0].prefill == "head"


def test_loading_again_keeps_what_an_administrator_set(campaign):
    part = OutlinePart.objects.filter(recipient="person", short=True).last()
    part.hint = "Gợi ý của địa phương"
    keeper = person(Role.ADMINISTRATOR, DepartmentFactory(parent=campaign.province))
    save_catalogue(part, by=keeper)

    outcome = load(campaign)

    part.refresh_from_db()
    assert part.hint == "Gợi ý của địa phương"
    assert not outcome.created
    assert not outcome.removed


def test_without_the_asked_length_the_other_is_taken(campaign):
    OutlinePart.objects.filter(short=True, recipient="household").delete()

    assert outline_of("household", AwardType.MOVEMENT)
