"""Nominations, brought to a state by the steps that people take.

``a_scene()`` holds a province with a district, a commune and their people, and an open round;
``submitted`` and the others walk a nomination on from there.
"""

from dataclasses import dataclass

import factory
from factory.django import DjangoModelFactory

from awards.actions import take_nomination_step, take_round_step
from awards.kinds import Recipient
from awards.models import AchievementPart, AwardForm, Nomination, Round, RoundForm
from tests.factories.awards import (
    AwardFormFactory,
    RoundFactory,
    RoundFormFactory,
    RuleSetFactory,
)
from tests.factories.campaign import CampaignFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from units.kinds import Role
from units.models import Unit, User


class NominationFactory(DjangoModelFactory):
    """A draft by which a commune puts itself forward; ``unit`` and the rest make it another's."""

    class Meta:
        model = Nomination

    offer = factory.SubFactory(RoundFormFactory)
    recipient = Recipient.COLLECTIVE
    unit = factory.SubFactory(CommuneFactory)
    name = factory.LazyAttribute(lambda row: row.unit.name)
    proposer = factory.SelfAttribute("unit")
    desk = factory.SelfAttribute("proposer")
    period_from = factory.SelfAttribute("offer.round.period_from")
    period_to = factory.SelfAttribute("offer.round.period_to")
    achievement = "Có thành tích xuất sắc trong phong trào thi đua"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        row.fill_keys()
        row.save()
        return row


class AchievementPartFactory(DjangoModelFactory):
    class Meta:
        model = AchievementPart

    nomination = factory.SubFactory(NominationFactory)
    code = factory.Sequence(lambda n: f"muc-{n}")
    position = factory.Sequence(lambda n: n)
    heading = "II. Thành tích"
    title = "Kết quả đạt được"
    text = "Đã giúp mười hộ thoát nghèo."


@dataclass(frozen=True)
class Scene:
    """Who takes part: the stopped clock must stand within the round (November 2023)."""

    round: Round
    offer: RoundForm
    form: AwardForm
    district: Unit
    commune: Unit
    board: User
    district_leader: User
    commune_leader: User


def a_scene(**round_fields) -> Scene:
    """A province's open round of 2023 with one form, a district and a commune with leaders."""
    campaign = CampaignFactory()
    province = campaign.province
    district = DistrictFactory(parent=province)
    commune = CommuneFactory(parent=district)
    board = person(Role.BOARD, DepartmentFactory(parent=province))
    RuleSetFactory(year=2023)
    form = AwardFormFactory(campaign=campaign, name="Bằng khen của Chủ tịch UBND tỉnh")
    round = RoundFactory(campaign=campaign, **round_fields)
    offer = RoundFormFactory(round=round, form=form)
    round = take_round_step(round, "open", by=board)
    return Scene(
        round=round,
        offer=offer,
        form=form,
        district=district,
        commune=commune,
        board=board,
        district_leader=person(Role.LEADER, district),
        commune_leader=person(Role.LEADER, commune),
    )


def drafted(scene: Scene, **fields) -> Nomination:
    """A draft of the commune, its achievement report written."""
    told = {"offer": scene.offer, "unit": scene.commune} | fields
    nomination = NominationFactory(**told)
    AchievementPartFactory(nomination=nomination, required=True)
    return nomination


def submitted(scene: Scene, **fields) -> Nomination:
    """Sent by the commune; it lies with the district."""
    return take_nomination_step(drafted(scene, **fields), "submit", by=scene.commune_leader)


def endorsed(scene: Scene, **fields) -> Nomination:
    """Sent on by the district; it lies with the board."""
    return take_nomination_step(submitted(scene, **fields), "endorse", by=scene.district_leader)


def appraised(scene: Scene, **fields) -> Nomination:
    """Found fit by the board."""
    return take_nomination_step(endorsed(scene, **fields), "appraise", by=scene.board)
