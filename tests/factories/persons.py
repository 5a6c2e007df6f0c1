"""Persons who take part, apart from accounts."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.units import CommuneFactory
from units.households.names import order_of, search_of
from units.models import Person


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Trần Thị Ấm {n}")
    kind = Person.Kind.CADRE
    unit = factory.SubFactory(CommuneFactory)
    position = "Cán bộ thử nghiệm"
    takes_part_from = date(2022, 1, 1)
    search = factory.LazyAttribute(lambda person: search_of(person.name))
    sort_key = factory.LazyAttribute(lambda person: order_of(person.name))
