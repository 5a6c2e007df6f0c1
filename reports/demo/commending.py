"""Commendation as it goes: 2022 from the first dossier to the certificates, 2023 half way.

Dossiers of districts, communes and cadres, a council of five that votes on screen and on paper,
the tờ trình, the decision. Numbers of papers end in "-GL": they are invented.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from awards import actions
from awards.ballot_box import Sums
from awards.candidates import candidate_of
from awards.kinds import Choice, CouncilPost, Document, Presence, Recipient
from awards.law import rule_set_on
from awards.models import (
    Council,
    CouncilMember,
    DossierItem,
    Nomination,
    Round,
    Session,
    Submission,
)
from awards.nomination_page import mark_of
from awards.paper import paper_mark
from config import clock
from config.text import VIETNAM
from criteria.models import RankingRow
from criteria.states import RankingState
from reports.demo.dice import Dice, dice
from reports.demo.evidence import specimen
from reports.demo.people import (
    BOARD_CHIEF,
    BOARD_MEMBER,
    BOARD_OUTSIDE,
    COUNCIL,
    LEADER,
    REPORTER,
    VIEWER,
    unit_stem,
)
from reports.demo.walk import user
from units.kinds import Kind, Tier
from units.models import Person, Unit


def _at(*when: int) -> datetime:
    return datetime(*when, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Season:
    """When the people of a round do what."""

    year: int
    written: datetime
    sent: datetime
    endorsed: datetime
    appraised: datetime


SEASONS = {
    2022: Season(
        2022,
        _at(2022, 12, 5, 9),
        _at(2022, 12, 12, 15),
        _at(2022, 12, 20, 10),
        _at(2023, 1, 9, 14),
    ),
    2023: Season(
        2023,
        _at(2023, 11, 16, 9),
        _at(2023, 11, 20, 15),
        _at(2023, 11, 22, 10),
        _at(2023, 11, 23, 14),
    ),
}
ROUND_CLOSED = _at(2023, 1, 3, 8, 30)
COUNCIL_MADE = _at(2022, 11, 8, 10)
CONVENED, MET = _at(2023, 2, 6, 9), _at(2023, 2, 17, 14)
SUBMITTED, DECIDED = date(2023, 2, 20), date(2023, 3, 1)
ENTERED, HANDED_OVER, NOTED = _at(2023, 3, 2, 9), date(2023, 3, 15), _at(2023, 3, 16, 8)
SEATS = (
    (VIEWER, CouncilPost.CHAIR),
    (BOARD_CHIEF, CouncilPost.STANDING),
    (BOARD_MEMBER, CouncilPost.SECRETARY),
    (BOARD_OUTSIDE, CouncilPost.MEMBER),
    (COUNCIL, CouncilPost.MEMBER),
)
ON_PAPER = VIEWER
"""Who votes on paper."""
FUND = "Quỹ thi đua, khen thưởng (giả lập)"
SENTENCE = "Có thành tích xuất sắc trong phong trào “Vì người nghèo” năm {}"
TEXTS = (
    "Đã phân công cán bộ phụ trách từng hộ, giúp {} hộ có việc làm, vay vốn đúng mục đích; "
    "{} hộ tự nguyện đăng ký thoát nghèo và đạt.",
    "Vận động được {} triệu đồng, sửa {} ngôi nhà; mỗi quý họp rà soát một lần, công khai tại "
    "nhà văn hóa.",
    "Mở {} lớp tập huấn chăn nuôi, trồng trọt; nhân rộng {} mô hình sinh kế tại các thôn.",
)


@dataclass(frozen=True)
class Commending:
    """The dossiers of the units that play."""

    units: Sequence[Unit]

    def hold_2022(self) -> None:
        """Everything from the council's making to the handing over."""
        with clock.frozen(COUNCIL_MADE):
            council = _council(self._round(2022))
        rows = [self._endorsed(whom, 2022) for whom in self._candidates(2022)]
        with clock.frozen(ROUND_CLOSED):
            actions.take_round_step(self._round(2022), "close", by=user(BOARD_CHIEF))
        rows = [self._appraised(row, 2022) for row in rows]
        session = _voted(council, self._round(2022), rows)
        _issued(session.round)

    def go_on_in_2023(self) -> None:
        """Some drafts, some on their way, some appraised; the rest is left to whoever tries it."""
        for place, whom in enumerate(self._candidates(2023)):
            if place % 4 == 0:
                self._written(whom, 2023)
            elif place % 4 == 1:
                self._sent(whom, 2023)
            elif place % 4 == 2:
                self._endorsed(whom, 2023)
            else:
                self._appraised(self._endorsed(whom, 2023), 2023)

    def _round(self, year: int) -> Round:
        return Round.objects.get(unit__kind=Kind.PROVINCE, kind="yearly", year=year)

    def _candidates(self, year: int) -> list[Unit | Person]:
        """Two districts, some communes and cadres, other ones each year."""
        luck, day = dice("commended", year), SEASONS[year].written.date()
        alive = [unit for unit in self.units if unit.exists_on(day)]
        districts = [unit for unit in alive if unit.kind == Kind.DISTRICT]
        communes = [unit for unit in alive if unit.kind == Kind.COMMUNE]
        cadres = Person.objects.filter(unit__in=communes, kind=Person.Kind.CADRE)
        best = sorted(districts, key=_places(year))[:2]
        groups = ((communes, 4), (list(cadres.order_by("pk")), 2))
        return best + [one for group, number in groups for one in _some(luck, group, number)]

    def _written(self, whom: Unit | Person, year: int) -> Nomination:
        """A dossier as the reporter of the proposing unit leaves it."""
        season, round = SEASONS[year], self._round(year)
        proposer = whom if isinstance(whom, Unit) else whom.unit
        with clock.frozen(season.written):
            by = user(f"{unit_stem(proposer)}.{REPORTER}")
            recipient = Recipient.COLLECTIVE if isinstance(whom, Unit) else Recipient.PERSON
            candidate = candidate_of(recipient, whom, proposer, clock.today())
            offer = round.offers.get(form__code="BK-TINH")
            row = actions.start_nomination(offer, candidate, by=by, proposer=proposer)
            facts = {"achievement": SENTENCE.format(year)}
            actions.save_nomination(row, facts, by=by, revision=row.revision)
            _fill(row, by)
            _attach(row, by)
        return row

    def _sent(self, whom, year: int) -> Nomination:
        row = self._written(whom, year)
        with clock.frozen(SEASONS[year].sent):
            by = user(f"{unit_stem(row.proposer)}.{LEADER}")
            return actions.take_nomination_step(row, "submit", by=by)

    def _endorsed(self, whom, year: int) -> Nomination:
        """With the board; what came from a district lay there from the start."""
        row = self._sent(whom, year)
        if row.desk_id == row.round.unit_id:
            return row
        with clock.frozen(SEASONS[year].endorsed):
            by = user(f"{unit_stem(row.desk)}.{LEADER}")
            return actions.take_nomination_step(row, "endorse", by=by)

    def _appraised(self, row: Nomination, year: int) -> Nomination:
        with clock.frozen(SEASONS[year].appraised):
            return actions.take_nomination_step(row, "appraise", by=user(BOARD_CHIEF))


def _places(year: int) -> Callable[[Unit], tuple]:
    """The order of the published ranking of the districts; without one that of their codes."""
    rows = RankingRow.objects.filter(
        ranking__state=RankingState.PUBLISHED,
        ranking__period__year=year,
        ranking__tier=Tier.DISTRICT,
        ranking__block=None,
    )
    places = {row.unit_id: row.final_place for row in rows}
    return lambda unit: (places.get(unit.pk, len(places)), unit.code)


def _some(luck: Dice, group: list, number: int) -> list:
    return luck.sample(group, min(number, len(group)))


def _fill(row: Nomination, by) -> None:
    luck = dice("dossier", row.name, row.period_to.year)
    for part in row.parts.all():
        if part.required and not part.text.strip():
            words = luck.choice(TEXTS).format(luck.randint(3, 30), luck.randint(2, 9))
            actions.save_part(part, f"{row.name}: {words}", by=by, revision=part.revision)
    answers = list(row.answers.order_by("criterion__number"))
    if answers:
        said = {answer.criterion_id: ("met", "Đã thực hiện tốt.") for answer in answers}
        actions.save_answers(row, said, by=by, seen=mark_of(answers))


def _attach(row: Nomination, by) -> None:
    """What the law of the day asks for beside what the portal prints itself."""
    items = DossierItem.objects.filter(
        rule_set=rule_set_on(clock.today()), form__code=row.form.code, required=True
    )
    for document in sorted({item.document for item in items} - set(Document.WRITTEN_HERE)):
        title = Document(document).label
        file = specimen(row.proposer.name, title, row.round.title)
        actions.attach_file(row, document, file, by=by)


# The council


def _council(round: Round) -> Council:
    by = user(BOARD_CHIEF)
    name = f"Hội đồng Thi đua - Khen thưởng {round.unit.name[:1].lower()}{round.unit.name[1:]}"
    council = actions.save_council(Council(unit=round.unit, name=name), by=by)
    for place, (username, post) in enumerate(SEATS, start=1):
        member = user(username)
        told = {"name": member.full_name, "position": member.position.split(" (")[0]}
        row = CouncilMember(
            council=council,
            user=member,
            post=post,
            place=place,
            starts=COUNCIL_MADE.date(),
            basis="Quyết định giả lập",
            **told,
        )
        actions.save_member(row, by=by)
    return council


def _voted(council: Council, round: Round, rows: list[Nomination]) -> Session:
    """Invited, present, voted on screen and on paper, counted."""
    with clock.frozen(CONVENED):
        session = actions.convene_session(
            council, round, rows, by=user(BOARD_CHIEF), held_at=MET, place="Phòng họp số 1",
            agenda="Xét khen thưởng hằng năm.",
        )  # fmt: skip
    with clock.frozen(MET):
        presence = {seat.pk: Presence.PRESENT for seat in session.seats.all()}
        actions.mark_presence(session, presence, by=user(BOARD_CHIEF))
        actions.open_voting(session, by=user(BOARD_CHIEF))
        for username, _ in SEATS:
            if username != ON_PAPER:
                _cast(session, username)
        _paper(session)
        _conclude(session)
        actions.close_session(_anew(session), by=user(BOARD_CHIEF))
    return _anew(session)


def _anew(session: Session) -> Session:
    return Session.objects.select_related("round__unit").get(pk=session.pk)


def _cast(session: Session, username: str) -> None:
    """The last case on the agenda is the council's doubt."""
    seat = session.seats.get(member__user__username=username)
    recused = set(seat.recusals.values_list("case", flat=True))
    cases = [case.pk for case in session.cases.order_by("position")]
    choices = dict.fromkeys(cases, Choice.FOR)
    if username != COUNCIL:
        choices[cases[-1]] = Choice.AGAINST
    mine = {key: choice for key, choice in choices.items() if key not in recused}
    actions.vote(session, mine, by=user(username))


def _paper(session: Session) -> None:
    """One ballot on paper, entered by the secretary, confirmed by another member."""
    seat = session.seats.get(member__user__username=ON_PAPER)
    recused = set(seat.recusals.values_list("case", flat=True))
    counts = {case.pk: Sums(1) for case in session.cases.all() if case.pk not in recused}
    seen = paper_mark(_anew(session))
    actions.enter_paper(session, [seat], counts, by=user(BOARD_MEMBER), seen=seen)
    session = _anew(session)
    actions.confirm_paper(session, by=user(BOARD_CHIEF), seen=paper_mark(session))


def _conclude(session: Session) -> None:
    """No share of votes is known: the council asks for more than half of its members."""
    needed = len(SEATS) // 2 + 1
    words = "Hội đồng thống nhất: quá nửa tổng số thành viên đồng ý (giả lập)."
    open_cases = session.cases.filter(rule=None)
    agreed = {case.pk: (needed, words) for case in open_cases}
    actions.conclude(_anew(session), agreed, by=user(BOARD_CHIEF))


# Out


def _issued(round: Round) -> None:
    """Tờ trình, decision, half of the awards handed over."""
    with clock.frozen(ENTERED):
        by = user(BOARD_CHIEF)
        rows = Nomination.objects.filter(offer__round=round, state="voted")
        submission = actions.make_submission(round, rows, addressee="", by=by)
        actions.send_submission(submission, number="41/TTr-GL", dated_on=SUBMITTED, by=by)
        lines = Submission.objects.get(pk=submission.pk).lines.all()
        told = {"number": "512/QĐ-GL", "decided_on": DECIDED, "signer": user(VIEWER).full_name}
        decision = actions.issue_decision(lines, **told, fund=FUND, by=by)
    with clock.frozen(NOTED):
        told = {"presented_on": HANDED_OVER, "place": "Hội nghị tổng kết"}
        actions.present(decision.lines.all()[:3], **told, by=user(BOARD_CHIEF))
