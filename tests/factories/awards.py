"""Forms of commendation, the law about them, rounds and the ledger of honours."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from awards.kinds import Check, Document, Office, Rounding, RoundKind
from awards.models import (
    Authority,
    AwardForm,
    BaseSalary,
    Bonus,
    DayOff,
    DossierItem,
    Honour,
    HonourWord,
    Principle,
    Round,
    RoundForm,
    RuleSet,
    Timing,
    VoteRule,
)
from tests.factories.campaign import CampaignFactory
from tests.factories.units import CommuneFactory
from units.kinds import Confidence


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
        HonourWord.objects.bulk_create(honour.word_rows())
        return honour


class RuleSetFactory(DjangoModelFactory):
    """A rule set of its own year, so that two of them never hold at a time."""

    class Meta:
        model = RuleSet

    class Params:
        year = factory.Sequence(lambda n: 1950 + n % 60)

    code = factory.Sequence(lambda n: f"nd-{n}")
    title = factory.Sequence(lambda n: f"Quy định {n}")
    decree = "Nghị định giả lập"
    law = "Luật giả lập"
    valid_from = factory.LazyAttribute(lambda row: date(row.year, 1, 1))
    valid_to = factory.LazyAttribute(lambda row: date(row.year + 1, 1, 1))
    rounding = Rounding.UP
    source = "Nguồn giả lập"
    confidence = Confidence.CONFIRMED


class _RuleFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    rule_set = factory.SubFactory(RuleSetFactory)
    form = factory.SubFactory(AwardFormFactory)
    clause = "Điều 1"
    source = "Nguồn giả lập"
    confidence = Confidence.CONFIRMED


class AuthorityFactory(_RuleFactory):
    class Meta:
        model = Authority

    decider = "Chủ tịch Ủy ban nhân dân tỉnh"
    office = Office.PROVINCE


class PrincipleFactory(_RuleFactory):
    class Meta:
        model = Principle

    form = None
    point = Check.SAME


class DossierItemFactory(_RuleFactory):
    class Meta:
        model = DossierItem

    document = Document.REPORT
    copies = 1


class TimingFactory(_RuleFactory):
    class Meta:
        model = Timing

    processing_days = 20


class VoteRuleFactory(_RuleFactory):
    class Meta:
        model = VoteRule

    numerator = 80
    denominator = 100


class BonusFactory(_RuleFactory):
    class Meta:
        model = Bonus

    recipient = Honour.Recipient.PERSON
    coefficient = Decimal("1.50")


class BaseSalaryFactory(DjangoModelFactory):
    class Meta:
        model = BaseSalary

    amount = 1_490_000
    valid_from = date(2019, 7, 1)
    clause = "NĐ 38/2019/NĐ-CP"
    source = "Nguồn giả lập"
    confidence = Confidence.CONFIRMED


class DayOffFactory(DjangoModelFactory):
    class Meta:
        model = DayOff

    date = date(2023, 9, 1)
    name = "Quốc khánh"
    source = "Nguồn giả lập"
    confidence = Confidence.SECONDARY


class RoundFactory(DjangoModelFactory):
    """The province's yearly round of 2023 as a draft without forms; ``unit`` makes it another's."""

    class Meta:
        model = Round

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SelfAttribute("campaign.province")
    kind = RoundKind.YEARLY
    title = factory.Sequence(lambda n: f"Khen thưởng hằng năm 2023 ({n})")
    period_from = date(2023, 1, 1)
    period_to = date(2023, 12, 31)
    year = factory.LazyAttribute(lambda row: row.period_to.year)
    opens = date(2023, 11, 15)
    due = date(2023, 12, 15)


class RoundFormFactory(DjangoModelFactory):
    class Meta:
        model = RoundForm

    round = factory.SubFactory(RoundFactory)
    form = factory.SubFactory(AwardFormFactory, campaign=factory.SelfAttribute("..round.campaign"))
