"""Contributions as they stand in the database; tests of the acts call the actions."""

import factory
from factory.django import DjangoModelFactory

from campaign.models import Contribution
from tests.factories.units import CommuneFactory, EnterpriseFactory


class ContributionFactory(DjangoModelFactory):
    """50 million đồng of one enterprise to one commune in 2023."""

    class Meta:
        model = Contribution

    giver = factory.SubFactory(EnterpriseFactory)
    year = 2023
    receiver = factory.SubFactory(CommuneFactory)
    amount = 50_000_000
    households = 4
    jobs = 1
