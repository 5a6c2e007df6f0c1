"""Forms of commendation."""

import factory
from factory.django import DjangoModelFactory

from awards.models import AwardForm
from tests.factories.campaign import CampaignFactory


class AwardFormFactory(DjangoModelFactory):
    class Meta:
        model = AwardForm

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"HT{n}")
    position = factory.Sequence(lambda n: n)
    clause = "III.2.a, ý 1"
    name = factory.Sequence(lambda n: f"Bằng khen {n}")
