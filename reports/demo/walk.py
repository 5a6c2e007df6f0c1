"""A report from its first line to its acceptance, by the people whose steps these are."""

from dataclasses import dataclass, field
from decimal import Decimal

from campaign.actions import grant_extension
from campaign.models import Period
from campaign.rules import deadline_of
from config import clock
from criteria.actions import attach_evidence, save_answer, score_all
from criteria.models import Answer, Checklist
from criteria.queries import max_points
from criteria.states import AnswerKind, Grade, Side
from reports.actions import (
    mark_read,
    save_annex,
    save_figures,
    save_section,
    start_report,
    take_step,
)
from reports.checks import annexes_of
from reports.demo.amounts import Amounts
from reports.demo.dice import dice
from reports.demo.evidence import file_for
from reports.demo.fates import SENT, Course, Dates, Fate, Timing, dates_of
from reports.demo.people import BOARD_CHIEF, BOARD_MEMBER, LEADER, REPORTER, unit_stem
from reports.demo.tables import Tables
from reports.demo.texts import Words
from reports.models import Report
from reports.states import ItemKind
from units.kinds import Kind
from units.models import Unit, User

CREDIT_ONLY = "III.1.a, ý 5"
CREDIT_BODIES = ("NHCSXH",)
"""A criterion for lenders; it does not arise for other bodies."""


@dataclass
class Stage:
    """What all walks share: invented figures, and the points that criteria sets give."""

    amounts: Amounts
    most: dict[int, dict[int, Decimal]] = field(default_factory=dict)

    def most_of(self, checklist: Checklist) -> dict[int, Decimal]:
        """Criterion → the points it gives at most; asked once a set."""
        key = checklist.criteria_set_id
        if key not in self.most:
            self.most[key] = max_points(checklist.criteria_set)
        return self.most[key]

    def words(self, unit: Unit, year: int) -> Words:
        """What the unit writes; a department names a commune that it helps."""
        if unit.kind != Kind.DEPARTMENT:
            return Words(unit, year, self.amounts)
        communes = [one for below in self.amounts.communes.values() for one in below]
        rural = [one for one in communes if not one.urban]
        helped = dice("helped", unit.code).choice(rural or communes).name
        return Words(unit, year, self.amounts, helped=helped[:1].lower() + helped[1:])

    def tables(self, words: Words) -> Tables:
        """Its annexes; a district's list its communes."""
        below = self.amounts.communes.get(words.unit.code, ())
        escapes = []
        for commune in below:
            values = self.amounts.of(commune, words.year)
            counts = values["escape_registered"], values["escape_achieved"]
            escapes.append((commune.name, *counts))
        return Tables(words, escapes)


def user(name: str) -> User:
    """Read anew each time: rights are those of the day at which the clock stands."""
    return User.objects.get(username=name)


def receiver_name(unit: Unit) -> str:
    """Who of the demonstration receives the unit's report."""
    if unit.kind == Kind.COMMUNE:
        return f"{unit_stem(unit.parent)}.{LEADER}"
    return dice("receiver", unit.code).choice((BOARD_CHIEF, BOARD_MEMBER))


def walk(unit: Unit, period: Period, fate: Fate, stage: Stage) -> None:
    """Play one unit's year as far as its fate goes."""
    if fate.timing == Timing.EXCUSED:
        _give_leave(unit, period, dates_of(unit, period.year, fate), stage)
    if fate.course != Course.NONE:
        _Walk(unit, period, fate, stage).go()


def _give_leave(unit: Unit, period: Period, dates: Dates, stage: Stage) -> None:
    reason = stage.words(unit, period.year).leave()
    with clock.frozen(dates.leave):
        grant_extension(
            deadline_of(period, unit.tier), unit, by=user(receiver_name(unit)),
            until=dates.leave_until, reason=reason,
        )  # fmt: skip


class _Walk:
    """One unit, one period; each method is one stretch of the way."""

    def __init__(self, unit: Unit, period: Period, fate: Fate, stage: Stage):
        self.unit, self.period, self.course = unit, period, fate.course
        self.stage, self.dates = stage, dates_of(unit, period.year, fate)
        self.words = stage.words(unit, period.year)
        self.luck = dice("walk", unit.code, period.year)
        self.reporter = f"{unit_stem(unit)}.{REPORTER}"
        self.leader = f"{unit_stem(unit)}.{LEADER}"

    def go(self) -> None:
        with clock.frozen(self.dates.started):
            report = start_report(self.unit, self.period, by=user(self.reporter))
        self.report = Report.objects.for_page().get(pk=report.pk)
        with clock.frozen(self.dates.filled):
            self._fill()
        if self.course == Course.SIGNING or self.course in SENT and self._hands_over():
            self._step("hand_over", self.reporter, self.dates.handed_over)
        if self.course in SENT | {Course.WITHDRAWN}:
            self._step("send", self.leader, self.dates.sent)
        if self.course == Course.WITHDRAWN:
            self._step("withdraw", self.leader, self.dates.read)
        elif self.course in SENT - {Course.WAITING}:
            self._receive()

    def _hands_over(self) -> bool:
        """In most communes the leader signs and sends from the draft, without a step before."""
        return self.unit.kind != Kind.COMMUNE or self.luck.random() < 0.3

    def _step(self, name: str, username: str, at, **options) -> None:
        with clock.frozen(at):
            take_step(self.report, name, by=user(username), **options)

    def _receive(self) -> None:
        receiver = receiver_name(self.unit)
        with clock.frozen(self.dates.read):
            mark_read(self.report, by=user(receiver))
        if self.course in (Course.RETURNED, Course.RESENT):
            remarks = self._remarks()
            note = self.words.remark("note")
            self._step("return", receiver, self.dates.answered, note=note, remarks=remarks)
        if self.course == Course.RESENT:
            self._mend()
        if self.course in (Course.ACCEPTED, Course.RESENT):
            self._step("accept", receiver, self.dates.accepted)

    # What comes back, and what becomes of it

    def _remarks(self) -> list[tuple[str, str, str, str]]:
        """The heading on shortcomings, a figure and a criterion of the report."""
        section = self.report.sections.select_related("outline").get(outline__code=MENDED)
        figures = self.report.figures.select_related("indicator").order_by("pk")
        figure = self.luck.choice(list(figures)).indicator
        criterion = self._answers()[0].criterion
        return [
            (ItemKind.SECTION, MENDED, section.outline.title, self.words.remark("section")),
            (ItemKind.FIGURE, figure.code, figure.label, self.words.remark("figure")),
            (
                ItemKind.CRITERION, str(criterion.pk), criterion.clause,
                self.words.remark("criterion"),
            ),
        ]  # fmt: skip

    def _mend(self) -> None:
        section = self.report.sections.get(outline__code=MENDED)
        with clock.frozen(self.dates.mended):
            save_section(
                self.report, MENDED, f"{section.text}\n{self.words.mended()}",
                by=user(self.reporter), revision=section.revision,
            )  # fmt: skip
            take_step(self.report, "send", by=user(self.leader))

    # Filling in

    def _fill(self) -> None:
        by = user(self.reporter)
        self._write_sections(by)
        if self.course == Course.STARTED:
            return
        self._enter_figures(by)
        if self.course != Course.HALF:
            self._enter_annexes(by)
        self._answer_criteria(by)

    def _some(self, rows: list) -> list:
        """All of them, or as many as an unfinished report has."""
        shares = {Course.STARTED: 0.15, Course.HALF: 0.5}
        return rows[: max(1, round(len(rows) * shares.get(self.course, 1)))]

    def _write_sections(self, by: User) -> None:
        sections = self.report.sections.select_related("outline").order_by("outline__position")
        for section in self._some(list(sections)):
            outline = section.outline
            if not outline.required and self._keeps_short():
                continue
            if text := self.words.section(outline.code):
                save_section(self.report, outline.code, text, by=by, revision=section.revision)

    def _keeps_short(self) -> bool:
        """Communes leave much out that they may leave out."""
        return self.unit.kind == Kind.COMMUNE and self.luck.random() < 0.65

    def _enter_figures(self, by: User) -> None:
        figures = self.report.figures.select_related("indicator").order_by("indicator__position")
        values = {
            figure.pk: self.words.values[figure.indicator.code]
            for figure in self._some(list(figures))
        }
        save_figures(self.report, values, by=by, revision=0)

    def _enter_annexes(self, by: User) -> None:
        tables = self.stage.tables(self.words)
        for annex in annexes_of(self.report):
            if annex.computed or annex.code != MAIN_ANNEX and self._keeps_short():
                continue
            if rows := tables.rows(annex.code):
                save_annex(self.report, annex, rows, by=by, revision=0)

    def _answers(self) -> list[Answer]:
        rows = self.report.checklist.answers.select_related("criterion", "checklist")
        return list(rows.prefetch_related("criterion__items").order_by("criterion__number"))

    def _answer_criteria(self, by: User) -> None:
        most = self.stage.most_of(self.report.checklist)
        points = {}
        for answer in self._some(self._answers()):
            grade = self._grade(answer)
            self._attach(answer, grade, by)
            save_answer(answer, self._said(answer, grade), by=by, revision=answer.revision)
            points[answer.pk] = (self._claimed(answer, grade, most[answer.criterion_id]), "")
        score_all(self.report.checklist, Side.SELF, points, by=by)

    def _attach(self, answer: Answer, grade: str, by: User) -> None:
        if answer.criterion.evidence_required and grade in (Grade.MET, Grade.PARTLY):
            attach_evidence(answer, file_for(self.words, answer.criterion), by=by)

    def _said(self, answer: Answer, grade: str) -> dict:
        """What the unit says to a criterion; numbers are computed, so it only explains them."""
        explanation = self.words.answer(grade or "number", answer.criterion.number)
        items = list(answer.criterion.items.all())
        if grade == Grade.PARTLY:
            items = self.luck.sample(items, (len(items) + 1) // 2)
        items = items if grade in (Grade.MET, Grade.PARTLY) else []
        return {"grade": grade, "explanation": explanation, "items": items}

    def _claimed(self, answer: Answer, grade: str, most: Decimal) -> Decimal | None:
        """The points that the unit gives itself."""
        if grade == Grade.NOT_ARISEN:
            return None
        if grade == Grade.PARTLY:
            return _halves(most * self.luck.randint(5, 8) / 10)
        if grade == Grade.MET or answer.computed_met:
            return most
        return Decimal(0) if grade else _halves(most / 2)

    def _grade(self, answer: Answer) -> str:
        """How far the unit says it met a criterion; "" where a number tells."""
        if answer.criterion.kind == AnswerKind.NUMBER:
            return ""
        if answer.criterion.clause == CREDIT_ONLY and self.unit.code not in CREDIT_BODIES:
            return Grade.NOT_ARISEN
        quality = dice("quality", self.unit.code, self.period.year).triangular(0.55, 1.0, 0.9)
        drawn = self.luck.random()
        if drawn < quality:
            return Grade.MET
        return Grade.PARTLY if drawn < quality + (1 - quality) * 0.85 else Grade.NOT_MET


MAIN_ANNEX = "B3"
"""The annex of resources, which every finished report of the demonstration fills in."""
MENDED = "10"
"""The heading that the receivers of the demonstration like to see mended: shortcomings."""


def _halves(points: Decimal) -> Decimal:
    """Points in steps of a half."""
    return Decimal(round(points * 2)) / 2
