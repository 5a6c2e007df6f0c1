"""Short yearly counts of villages and communes."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.poverty import PovertyStandardFactory
from tests.factories.units import VillageFactory
from units.models import PovertyTally


class PovertyTallyFactory(DjangoModelFactory):
    class Meta:
        model = PovertyTally

    unit = factory.SubFactory(VillageFactory)
    year = 2023
    origin = PovertyTally.Origin.STATEMENT
    standard = factory.SubFactory(PovertyStandardFactory)
    households = 250
    poor = 4
    near_poor = 7
    newly_escaped = 2
    poor_ethnic = 1
    poor_unable = 2
    near_ethnic = 1
    escaped = 3
    arisen = 1
    relapsed = 0
