"""Files that came in, as they stand in the database; tests of the road itself upload files."""

import uuid

import factory
from factory.django import DjangoModelFactory

from config import clock
from tests.factories.units import UserFactory
from units.models import Import


class ImportFactory(DjangoModelFactory):
    class Meta:
        model = Import

    token = factory.LazyFunction(uuid.uuid4)
    kind = "thu-nghiem"
    name = "tep.xlsx"
    size = 1_000
    sha256 = "0" * 64
    uploaded_at = factory.LazyFunction(clock.now)
    uploaded_by = factory.SubFactory(UserFactory)
