"""Nominations that the council agreed to, and the tờ trình and decisions made of them.

``a_law()`` is the real law by date; ``voted`` and the rest walk on from a ``Scene``.
"""

from datetime import date

from awards.actions import issue_decision, make_submission, move, send_submission
from awards.loading import load
from awards.models import AwardForm, Decision, Nomination, Submission
from config import clock
from tests.factories.awards import RoundFactory, RoundFormFactory
from tests.factories.nominations import NominationFactory, Scene, appraised
from tests.factories.persons import PersonFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from units.kinds import Role

NUMBER, SIGNER, FUND = "15/QĐ-UBND", "Nguyễn Văn Ký", "Quỹ thi đua, khen thưởng tỉnh"


def a_lawful_scene(campaign, *, code="BK-TINH", level="province", **told) -> Scene:
    """The real law, and an open round on one form of a unit of the level."""
    load(campaign)
    province = campaign.province
    district = DistrictFactory(parent=province)
    commune = CommuneFactory(parent=district)
    unit = {"province": province, "district": district, "commune": commune}[level]
    day = clock.today()
    told = {"opens": day, "due": day, "unit": unit, "opened_at": clock.now()} | told
    round = RoundFactory(campaign=campaign, state="open", **told)
    offer = RoundFormFactory(round=round, form=AwardForm.objects.get(campaign=campaign, code=code))
    board = person(Role.BOARD, DepartmentFactory(parent=province))
    return Scene(
        round=round,
        offer=offer,
        form=offer.form,
        district=district,
        commune=commune,
        board=board,
        district_leader=person(Role.LEADER, district),
        commune_leader=person(Role.LEADER, commune),
    )


def keeper(scene: Scene):
    """Who keeps the round of the scene."""
    kinds = {"district": scene.district_leader, "commune": scene.commune_leader}
    return kinds.get(scene.round.unit.kind, scene.board)


def brought_to(scene: Scene, state: str, **fields) -> Nomination:
    """A nomination of the scene's commune put into a state at once, stamped as if it had walked.

    For many of them, and for rounds whose way is somebody else's test.
    """
    now = clock.now()
    told = {
        "offer": scene.offer,
        "unit": scene.commune,
        "desk": scene.round.unit,
        "received_on": clock.day_of(now),
        "submitted_at": now,
        "submitted_by": scene.commune_leader,
        "appraised_at": now,
        "appraised_by": scene.board,
        "state": state,
    } | fields
    return NominationFactory(**told)


def a_person(scene: Scene, **fields) -> dict:
    """The fields of a nomination of a person of the scene's commune."""
    whom = PersonFactory(unit=fields.pop("unit", scene.commune), **fields)
    return {"recipient": "person", "person": whom, "unit": whom.unit, "name": whom.name,
            "proposer": scene.commune}  # fmt: skip


def voted(scene: Scene, **fields) -> Nomination:
    """Agreed to by the council, by the steps themselves."""
    nomination = appraised(scene, **fields)
    move([nomination], "table", by=scene.board)
    return move([nomination], "pass", by=scene.board)[0]


def sent_submission(scene: Scene, *nominations, number="7/TTr-BTĐKT") -> Submission:
    """A tờ trình of today with these nominations, or with one."""
    rows = nominations or [brought_to(scene, "voted")]
    by = keeper(scene)
    draft = make_submission(scene.round, rows, addressee="", by=by)
    return send_submission(draft, number=number, dated_on=clock.today(), by=by)


def decided(
    scene: Scene, *nominations, submission=None, on: date | None = None, **told
) -> Decision:
    """The decision about a whole tờ trình, of today unless told."""
    submission = submission or sent_submission(scene, *nominations)
    given = {"number": NUMBER, "signer": SIGNER, "fund": FUND, "by": keeper(scene)} | told
    return issue_decision(submission.lines.all(), decided_on=on or clock.today(), **given)
