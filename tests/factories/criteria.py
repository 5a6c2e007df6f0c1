"""Criteria, checklists and what grows on them.

One plain factory per model for rows whose history does not matter; ``opened``, ``answered``,
``handed_in`` and ``accepted`` walk a checklist through the real steps.
"""

import uuid
from datetime import date

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from criteria import actions
from criteria.models import (
    Answer,
    Block,
    BlockMember,
    Checklist,
    CriteriaSet,
    Criterion,
    Evidence,
    Indicator,
    Item,
    Ranking,
    RankingRow,
    Score,
)
from criteria.states import AnswerKind, Grade, Side
from tests.factories.campaign import CampaignFactory, PeriodFactory, instant
from tests.factories.units import DistrictFactory, UserFactory, person
from units.kinds import Role, Tier

WORKDAY = instant(2023, 11, 20, 8)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class CriteriaSetFactory(DjangoModelFactory):
    """A set of one tier without criteria; see ``set_of``."""

    class Meta:
        model = CriteriaSet

    campaign = factory.SubFactory(CampaignFactory)
    letter = "b"
    tier = Tier.DISTRICT
    clause = "III.1.b"
    title = "Đối với các huyện, thành phố"
    first_year = 2022


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    criteria_set = factory.SubFactory(CriteriaSetFactory)
    number = factory.Sequence(lambda n: n + 1)
    clause = factory.LazyAttribute(lambda row: f"{row.criteria_set.clause}, ý {row.number}")
    statement = factory.LazyAttribute(lambda row: f"Nội dung của ý {row.number}.")
    kind = AnswerKind.GRADED


class NumberCriterionFactory(CriterionFactory):
    """A number the unit types, met above 50 percent."""

    kind = AnswerKind.NUMBER
    direction = "above"
    threshold = 50
    unit = "%"


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = Item

    criterion = factory.SubFactory(CriterionFactory)
    position = factory.Sequence(lambda n: n)
    statement = factory.Sequence(lambda n: f"Việc cụ thể {n}")


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"chi-tieu-{n}")
    position = factory.Sequence(lambda n: n)
    section = "ket-qua"
    label = factory.Sequence(lambda n: f"Số hộ được hỗ trợ {n}")
    unit = "hộ"
    kind = Indicator.Kind.INTEGER
    rollup = Indicator.Rollup.SUM
    tiers = factory.LazyFunction(lambda: [Tier.DISTRICT.value])


class ChecklistFactory(DjangoModelFactory):
    class Meta:
        model = Checklist

    unit = factory.SubFactory(DistrictFactory)
    period = factory.SubFactory(PeriodFactory)
    criteria_set = factory.SubFactory(
        CriteriaSetFactory, campaign=factory.SelfAttribute("..period.campaign")
    )


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    checklist = factory.SubFactory(ChecklistFactory)
    criterion = factory.SubFactory(
        CriterionFactory, criteria_set=factory.SelfAttribute("..checklist.criteria_set")
    )


class ScoreFactory(DjangoModelFactory):
    class Meta:
        model = Score

    answer = factory.SubFactory(AnswerFactory)
    side = Side.BOARD
    points = 10
    by = factory.SubFactory(UserFactory)
    at = WORKDAY


class EvidenceFactory(DjangoModelFactory):
    """A row with a stored file; tests of the act itself call ``actions.attach_evidence``."""

    class Meta:
        model = Evidence

    answer = factory.SubFactory(AnswerFactory)
    token = factory.LazyFunction(uuid.uuid4)
    file = factory.django.FileField(data=PDF, filename="minh-chung.pdf")
    name = "Kế hoạch giảm nghèo.pdf"
    kind = "pdf"
    size = len(PDF)
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    added_at = WORKDAY
    added_by = factory.SubFactory(UserFactory)


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    campaign = factory.SubFactory(CampaignFactory)
    name = factory.Sequence(lambda n: f"Cụm thi đua số {n}")
    tier = Tier.DISTRICT


class BlockMemberFactory(DjangoModelFactory):
    class Meta:
        model = BlockMember

    block = factory.SubFactory(BlockFactory)
    unit = factory.SubFactory(DistrictFactory)
    starts = date(2022, 1, 1)


class RankingFactory(DjangoModelFactory):
    """A draft without rows; ``published_at`` and the rest make it a published one."""

    class Meta:
        model = Ranking

    period = factory.SubFactory(PeriodFactory)
    tier = Tier.DISTRICT
    computed_at = WORKDAY

    class Params:
        published = factory.Trait(
            state="published",
            published_at=WORKDAY,
            published_by=factory.SubFactory(UserFactory),
        )


class RankingRowFactory(DjangoModelFactory):
    class Meta:
        model = RankingRow

    ranking = factory.SubFactory(RankingFactory)
    unit = factory.SubFactory(DistrictFactory)
    points = 80
    met = 6
    partly = 1
    on_time = True
    place = factory.Sequence(lambda n: n + 1)


# Scenes


def set_of(count=3, *, campaign=None, tier=Tier.DISTRICT, **fields) -> CriteriaSet:
    """A set with ``count`` graded criteria."""
    campaign = campaign or CampaignFactory()
    made = CriteriaSetFactory(campaign=campaign, tier=tier, **fields)
    for number in range(1, count + 1):
        CriterionFactory(criteria_set=made, number=number)
    return made


def pdf(name="Kế hoạch.pdf", content=PDF) -> SimpleUploadedFile:
    """An upload that is what it says."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def reporter_of(unit):
    return person(Role.REPORTER, unit)


def opened(unit, period, *, by=None) -> Checklist:
    """A unit's open checklist; the set of its tier must exist."""
    return actions.open_checklist(unit, period, by=by or reporter_of(unit), at=WORKDAY)


def answers_of(checklist) -> list[Answer]:
    return list(checklist.answers.select_related("criterion").order_by("criterion__number"))


def answered(checklist, *grades, by=None) -> Checklist:
    """Grade the answers in order, the last grade for the rest; each with an explanation."""
    by = by or reporter_of(checklist.unit)
    grades = grades or (Grade.MET,)
    for place, answer in enumerate(answers_of(checklist)):
        grade = grades[min(place, len(grades) - 1)]
        data = {"grade": grade, "explanation": "Đã thực hiện theo kế hoạch."}
        actions.save_answer(answer, data, by=by, revision=answer.revision)
    return checklist


def handed_in(unit, period, *grades, on_time=True) -> Checklist:
    """A checklist that followed its report to the receiver."""
    by = reporter_of(unit)
    checklist = answered(opened(unit, period, by=by), *grades, by=by)
    return actions.hand_in(checklist, by=by, at=WORKDAY, on_time=on_time)


def accepted(unit, period, *grades, on_time=True) -> Checklist:
    """A checklist that can be scored and ranked."""
    checklist = handed_in(unit, period, *grades, on_time=on_time)
    return actions.accept(checklist, by=reporter_of(unit.parent), at=WORKDAY)


def scored(checklist, *points, by) -> Checklist:
    """The board's points for the answers in order, with a reason."""
    given = {
        answer.pk: (each, "Theo minh chứng")
        for answer, each in zip(answers_of(checklist), points, strict=True)
    }
    actions.score_all(checklist, Side.BOARD, given, by=by)
    return checklist
