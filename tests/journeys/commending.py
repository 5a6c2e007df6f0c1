"""One nomination on the real register under the shipped law, walked on by those who act.

``Way`` knows who appraises and keeps the round; every method is one act of theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime

from awards import actions
from awards.candidates import candidate_of
from awards.eligibility import standings_of
from awards.kinds import CouncilPost, Presence
from awards.models import AwardForm, Council, CouncilMember, Nomination, Round
from awards.nomination_page import mark_of
from campaign.models import Campaign
from config import clock
from config.text import VIETNAM
from tests.factories.units import AppointmentFactory, UserFactory
from units.models import Unit, User

SENTENCE = "Có thành tích xuất sắc trong phong trào “Vì người nghèo”"


def unit(code: str, day: date) -> Unit:
    return Unit.objects.as_of(day).get(code=code)


def seated(role: str, place: Unit, user: User | None = None) -> User:
    """Someone in a unit from its first day to its last."""
    user = user or UserFactory()
    AppointmentFactory(user=user, unit=place, role=role, starts=place.valid_from,
                       ends=place.valid_to)  # fmt: skip
    return user


def moved(user: User, role: str, place: Unit) -> User:
    """The same person in another unit, read anew."""
    seated(role, place, user)
    return User.objects.get(pk=user.pk)


def round_of(place: Unit, code: str, *, by: User, due: date, council_on=None) -> Round:
    """A unit's open round of the year for one form, from today on."""
    campaign, day = Campaign.objects.get(), clock.today()
    made = Round(
        campaign=campaign, unit=place, kind="yearly", title=f"Khen thưởng {place.name}",
        period_from=date(2024, 1, 1), period_to=date(2024, 12, 31), opens=day, due=due,
        council_on=council_on,
    )  # fmt: skip
    form = AwardForm.objects.get(campaign=campaign, code=code)
    made = actions.save_round(made, {form: None}, by=by)
    return actions.take_round_step(made, "open", by=by)


def written(round: Round, recipient: str, whom, proposer: Unit, *, by: User) -> Nomination:
    """A dossier, every part of it filled in."""
    candidate = candidate_of(recipient, whom, proposer, clock.today())
    row = actions.start_nomination(round.offers.get(), candidate, by=by, proposer=proposer)
    row = actions.save_nomination(row, {"achievement": SENTENCE}, by=by, revision=row.revision)
    for part in row.parts.all():
        actions.save_part(part, f"{part.title}: đã làm tốt.", by=by, revision=part.revision)
    answers = list(row.answers.select_related("criterion").order_by("criterion__number"))
    said = {each.criterion_id: ("met", "Đạt.") for each in answers}
    if said:
        actions.save_answers(row, said, by=by, seen=mark_of(answers))
    return Nomination.objects.get(pk=row.pk)


def sent(round: Round, recipient: str, whom, proposer: Unit, *, by: User) -> Nomination:
    row = written(round, recipient, whom, proposer, by=by)
    return actions.take_nomination_step(row, "submit", by=by)


def appraised(row: Nomination, *, by: User) -> Nomination:
    """Found fit, what is asked for on paper set aside with a reason."""
    for each in standings_of([row], today=clock.today())[row.pk]:
        if each.unresolved and each.finding.before == "appraise":
            code, mark = each.finding.code, each.finding.mark
            actions.override_finding(row, code, mark, by=by, reason="Bản giấy có trong hồ sơ.")
    return actions.take_nomination_step(row, "appraise", by=by)


@dataclass(frozen=True)
class Sitting:
    """A council's session with the accounts of its members, the chair first."""

    session: object
    users: list[User]
    by: User

    def vote(self, choices: str) -> None:
        """A letter for each member in order: + for, - against, a blank does not vote."""
        for user, letter in zip(self.users, choices, strict=True):
            if letter != " ":
                mine = self.session.cases.exclude(recusals__seat__member__user=user)
                choice = {"+": "for", "-": "against"}[letter]
                sheet = dict.fromkeys(mine.values_list("pk", flat=True), choice)
                actions.vote(self.session, sheet, by=user)

    def close(self, needed: int | None = None):
        """Count; ``needed``: what the council agreed on where no share is known."""
        if needed:
            told = {case.pk: (needed, "Quá nửa") for case in self.session.cases.all()}
            actions.conclude(self.session, told, by=self.by)
        return actions.close_session(self.session, by=self.by)


def convened(round: Round, rows, *, by: User, members: int, at: datetime) -> Sitting:
    """The unit's council, made when there is none, invited for a time to come."""
    council = Council.objects.filter(unit=round.unit).first()
    if council is None:
        council = actions.save_council(
            Council(unit=round.unit, name=f"Hội đồng Thi đua - Khen thưởng {round.unit}"), by=by
        )
        for place in range(members):
            post = CouncilPost.MEMBER if place else CouncilPost.CHAIR
            told = {"post": post, "place": place, "starts": date(2021, 1, 1)}
            told["name"] = f"Đỗ Văn Ủy {place}"
            actions.save_member(CouncilMember(council=council, user=UserFactory(), **told), by=by)
    session = actions.convene_session(council, round, rows, by=by, held_at=at, place="Phòng họp")
    seats = session.seats.select_related("member__user").order_by("member__place")
    return Sitting(session, [seat.member.user for seat in seats], by)


def opened(sitting: Sitting, *, written: int = 0) -> Sitting:
    """Everybody takes part, the last so many in writing; the vote is open."""
    seats = list(sitting.session.seats.order_by("member__place"))
    told = {seat.pk: Presence.PRESENT for seat in seats}
    for seat in seats[len(seats) - written :]:
        told[seat.pk] = Presence.WRITTEN
    actions.mark_presence(sitting.session, told, by=sitting.by)
    actions.open_voting(sitting.session, by=sitting.by)
    return sitting


def agreed(round: Round, rows, *, by: User, at: datetime) -> None:
    """Three of three members agree."""
    sitting = opened(convened(round, rows, by=by, members=3, at=at))
    sitting.vote("+++")
    sitting.close(needed=2)


def proposed(round: Round, rows, *, by: User, number: str = "7/TTr"):
    """The tờ trình of today about what the council agreed to."""
    rows = Nomination.objects.filter(pk__in=[row.pk for row in rows])
    draft = actions.make_submission(round, rows, addressee="", by=by)
    return actions.send_submission(draft, number=number, dated_on=clock.today(), by=by)


def decided(submission, *, by: User, on: date | None = None, number: str = "15/QĐ-UBND"):
    told = {"signer": "Nguyễn Văn Ký", "fund": "Quỹ thi đua, khen thưởng", "number": number}
    return actions.issue_decision(
        submission.lines.all(), decided_on=on or clock.today(), by=by, **told
    )


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=VIETNAM)
