"""Forms of commendation and the ledger of honours."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from awards.models import AwardForm, Honour
from tests.factories.campaign import CampaignFactory
from tests.factories.units import CommuneFactory


class AwardFormFactory(DjangoModelFactory):
    class Meta:
        model = AwardForm

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"HT{n}")
    position = factory.Sequence(lambda n: n)
    clause = "III.2.a, ý 1"
    name = factory.Sequence(lambda n: f"Bằng khen {n}")


class HonourFactory(DjangoModelFactory):
    """A commune honoured in 2023; ``recipient`` and ``name`` make it somebody else's."""

    class Meta:
        model = Honour

    recipient = Honour.Recipient.COLLECTIVE
    unit = factory.SubFactory(CommuneFactory)
    name = factory.LazyAttribute(lambda honour: honour.unit.name)
    form = factory.SubFactory(AwardFormFactory)
    number = factory.Sequence(lambda n: f"{n}/QĐ-UBND")
    decided_on = date(2023, 3, 15)
    issuer = "Chủ tịch UBND tỉnh"
    achievement = "Xuất sắc trong phong trào"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        honour = model_class(*args, **kwargs)
        honour.fill_keys()
        honour.save()
        return honour
