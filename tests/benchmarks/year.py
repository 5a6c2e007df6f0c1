"""A year of reports in all states: checklists, answers, points, reports and, if asked, all parts.

Written with ``bulk_create``. ``State`` shares are those of a week before the deadline.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random

from campaign.models import Period
from criteria.models import Answer, Checklist, CriteriaSet, Criterion, Indicator, Score
from criteria.queries import max_points
from criteria.states import AnswerKind, ChecklistState, Grade, Side
from reports.freezing import content_of, digest
from reports.models import Annex, AnnexTable, Figure, OutlineSection, Report, Section, Version
from reports.states import State, Timeliness
from tests.benchmarks.words import annex_row, figure_of, text_of
from units.kinds import Tier
from units.models import Unit, User

IN_NOVEMBER = {None: 6, "draft": 6, "signing": 3, "submitted": 40, "returned": 5, "accepted": 40}
"""Shares of the states a week before the deadline, in percent; None: not started."""

NEARLY_CLOSED = {None: 4, "draft": 3, "submitted": 5, "returned": 3, "accepted": 85}
CLOSED = {"accepted": 100}
"""A year that is over."""

CHECKLIST_STATE = {"submitted": ChecklistState.HANDED_IN, "accepted": ChecklistState.ACCEPTED}
GRADES = {Grade.MET: 70, Grade.PARTLY: 15, Grade.NOT_MET: 10, Grade.NOT_ARISEN: 5}
TIMELINESS = {Timeliness.ON_TIME: 85, Timeliness.LATE: 10, Timeliness.EXCUSED: 5}


@dataclass
class Year:
    """What the reports of one period share."""

    period: Period
    by: User
    shares: dict
    parts: bool = False
    """Whether texts, figures, annexes and versions are written too."""
    to_the_board: bool = False
    """Whether communes report to the board, as they do since the districts ended."""
    sets: dict[str, CriteriaSet] = field(default_factory=dict)

    def __post_init__(self):
        self.luck, self.board = Random(self.period.year), self.by.seats()[0].unit
        self.sent_at = self.period.deadlines.earliest("due").due - timedelta(days=20)
        for tier in (Tier.DEPARTMENT, Tier.DISTRICT, Tier.COMMUNE):
            found = CriteriaSet.objects.for_year(tier, self.period.year).first()
            self.sets[tier] = CriteriaSet.objects.prefetch_related("criteria").get(pk=found.pk)
        self.most = {pk: most for one in self.sets.values() for pk, most in max_points(one).items()}

    def fill(self, units: list[Unit]) -> None:
        """Reports of these units, each in a state drawn by lot."""
        states = self.luck.choices(list(self.shares), list(self.shares.values()), k=len(units))
        chosen = [
            (unit, State(state))
            for unit, state in zip(units, states, strict=True)
            if state and unit.tier in self.sets
        ]
        checklists = Checklist.objects.bulk_create(self._checklist(*each) for each in chosen)
        answers = Answer.objects.bulk_create(
            self._answer(checklist, criterion)
            for checklist in checklists
            for criterion in checklist.criteria_set.criteria.all()
        )
        Score.objects.bulk_create(score for answer in answers for score in self._scores(answer))
        reports = Report.objects.bulk_create(
            self._report(checklist, state)
            for checklist, (_, state) in zip(checklists, chosen, strict=True)
        )
        if self.parts:
            self._write_parts(reports)

    def _drawn(self, shares: dict):
        return self.luck.choices(list(shares), list(shares.values()))[0]

    def _checklist(self, unit, state) -> Checklist:
        sent = state in State.SENT
        return Checklist(
            unit=unit,
            period=self.period,
            criteria_set=self.sets[unit.tier],
            state=CHECKLIST_STATE.get(state, ChecklistState.OPEN),
            handed_in_at=self.sent_at if sent else None,
            on_time=self.luck.random() < 0.9 if sent else None,
        )

    def _answer(self, checklist, criterion: Criterion) -> Answer:
        answer = Answer(checklist=checklist, criterion=criterion, explanation="Theo kế hoạch.")
        if criterion.kind == AnswerKind.GRADED:
            answer.grade = self._drawn(GRADES)
        elif self.luck.random() < 0.9:
            answer.computed = Decimal(self.luck.randint(-50, 300)) / 100
            answer.computed_met = criterion.satisfied_by(answer.computed)
        else:
            answer.value = Decimal(self.luck.randint(-50, 300)) / 100
        return answer

    def _scores(self, answer):
        """Points by the unit once sent, by the board once accepted, some of them changed."""
        state = answer.checklist.state
        if answer.not_arisen or state == ChecklistState.OPEN:
            return
        yield self._score(answer, Side.SELF)
        if state == ChecklistState.ACCEPTED:
            yield self._score(answer, Side.BOARD)
            if self.luck.random() < 0.1:
                yield self._score(answer, Side.BOARD, current=False)

    def _score(self, answer, side, *, current=True) -> Score:
        points = self.most[answer.criterion_id] * self.luck.randint(2, 4) / 4
        return Score(
            answer=answer, side=side, points=points, by=self.by, at=self.sent_at, current=current
        )

    def _report(self, checklist, state) -> Report:
        unit, sent = checklist.unit, state in State.SENT
        below = unit.tier == Tier.COMMUNE and not self.to_the_board
        at = self.sent_at + timedelta(seconds=self.luck.randint(0, 15 * 86_400))
        accepted = state == State.ACCEPTED
        return Report(
            unit=unit,
            period=self.period,
            tier=unit.tier,
            receiver=unit.parent if below else self.board,
            checklist=checklist,
            state=state,
            timeliness=self._drawn(TIMELINESS) if sent else "",
            started_at=self.sent_at - timedelta(days=10),
            started_by=self.by,
            submitted_at=at if sent else None,
            submitted_by=self.by if sent else None,
            accepted_at=at + timedelta(days=1) if accepted else None,
            accepted_by=self.by if accepted else None,
        )

    # The parts of a report

    def _write_parts(self, reports) -> None:
        campaign, luck = self.period.campaign, self.luck
        outline = OutlineSection.objects.filter(campaign=campaign)
        annexes = Annex.objects.filter(campaign=campaign, computed=False)
        indicators = Indicator.objects.filter(campaign=campaign)
        Section.objects.bulk_create(
            Section(report=report, outline=part, text=text_of(report, luck))
            for report in reports
            for part in outline
            if report.tier in part.tiers
        )
        Figure.objects.bulk_create(
            Figure(report=report, indicator=part, value=figure_of(part, luck))
            for report in reports
            for part in indicators
            if report.tier in part.tiers
        )
        AnnexTable.objects.bulk_create(
            AnnexTable(report=report, annex=part, rows=_rows(part, report, luck))
            for report in reports
            for part in annexes
            if report.tier in part.tiers
        )
        Version.objects.bulk_create(self._version(r) for r in reports if r.submitted_at)

    def _version(self, report) -> Version:
        content = content_of(report)
        return Version(
            report=report,
            number=1,
            receipt=f"BN-{self.period.year}-{report.pk}",
            content=content,
            sha256=digest(content),
            timeliness=report.timeliness,
            sent_at=report.submitted_at,
            sent_by=self.by,
        )


def _rows(annex, report, luck) -> list[dict]:
    return [annex_row(annex, report, luck) for _ in range(luck.randint(1, 4))]
