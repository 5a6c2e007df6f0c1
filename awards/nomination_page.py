"""The page of one dossier: everything that proposers, appraisers and council members read on it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from awards import desks, permissions, proposing_rules
from awards.candidates import answers_itself
from awards.kinds import Document
from awards.law import rule_set_on
from awards.models import DossierFile, DossierItem, Nomination, NominationAnswer
from awards.prefilling import answer_in_words, answers_of, sent_checklists
from awards.states import NominationState
from awards.steps import BY_ONE, NOMINATION_STEPS
from config import clock
from config.workflow import Offer, offers
from units.kinds import Kind, Role

OF_PROPOSER = ("submit", "withdraw")
"""The steps of a dossier that its proposer takes; the others belong to the desk."""
STATES = NominationState
AFTER = (
    ("Công khai, Hội đồng xét", (STATES.POSTED, STATES.IN_SESSION)),
    ("Trình quyết định", (STATES.VOTED, STATES.PROPOSED)),
    ("Quyết định khen", (STATES.DECIDED,)),
    ("Trao", (STATES.PRESENTED,)),
)
"""What follows the appraisal: the words, and the states in which the dossier stands there."""
RELATED = (
    "offer__form",
    "offer__round__unit",
    "offer__round__campaign",
    "unit__parent",
    "proposer",
    "desk",
    "person",
    "household",
    "rule_set",
    "submitted_by",
    "appraised_by",
)
TONES = {
    STATES.RETURNED: "danger",
    STATES.REFUSED: "danger",
    STATES.REVOKED: "danger",
    STATES.DECIDED: "success",
    STATES.PRESENTED: "success",
    STATES.DRAFT: "warning",
}


def nominations_for(user):
    """The dossiers that the user may see, each with all that its page names."""
    return Nomination.objects.visible_to(user).select_related(*RELATED)


def mark_of(rows: Iterable[NominationAnswer]) -> str:
    """What stands in some answers, to tell whether somebody wrote since a form was opened."""
    told = [f"{row.criterion_id}:{row.grade}:{row.explanation}" for row in rows]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(frozen=True)
class Stage:
    """A station on the way: done, here, or to come."""

    label: str
    done: bool
    here: bool


@dataclass(frozen=True)
class Section:
    """A part of the dossier to fill in: where, how far it is."""

    label: str
    url: str
    state: str
    tone: str
    note: str = ""


@dataclass(frozen=True)
class CriterionLine:
    """What was said to one criterion, in words."""

    clause: str
    statement: str
    said: str
    explanation: str
    period: str = ""
    report: int | None = None


@dataclass(frozen=True)
class NominationPage:
    """One dossier as its reader may see and move it."""

    nomination: Nomination
    writes: bool
    stages: list[Stage]
    parts: list
    criteria: list[CriterionLine]
    files: list[DossierFile]
    lacking: list[str]
    warnings: list[str]
    steps: list[Offer]
    timeline: list[dict]
    links_reports: bool

    @property
    def may_edit(self) -> bool:
        return self.writes and self.nomination.is_editable

    @property
    def may_remove(self) -> bool:
        return self.writes and self.nomination.state == STATES.DRAFT and not self.timeline

    @property
    def tone(self) -> str:
        return TONES.get(self.nomination.state, "info")


def nomination_page(nomination: Nomination, user) -> NominationPage:
    """Everything in a number of queries that does not grow with the dossier."""
    writes = permissions.writes_nomination(user, nomination) is None
    files = list(nomination.files.attached().select_related("added_by").order_by("added_at", "pk"))
    roles = user.role_names()
    return NominationPage(
        nomination,
        writes,
        stages_of(nomination),
        list(nomination.parts.all()),
        criteria_of(nomination),
        files,
        documents_lacking(nomination, files),
        _warnings(nomination) if writes and nomination.is_editable else [],
        _steps(nomination, user, writes),
        _timeline(nomination),
        bool(roles & {*Role.OF_UNIT, *Role.PROVINCE_WIDE}),
    )


# Where it stands


def stages_of(nomination: Nomination) -> list[Stage]:
    """The way from the proposer to the handing over, with the place where the dossier is."""
    day, end = clock.today(), nomination.round.unit
    way = [("Lập hồ sơ", nomination.proposer)]
    here = nomination.proposer
    while (here := desks.next_desk(here, end, day)) and here != end:
        way.append(("Xem xét", here))
    way.append(("Thẩm định", end))
    labels = [f"{words}: {unit.name}" for words, unit in way] + [words for words, _ in AFTER]
    at = _place(nomination, [unit.pk for _, unit in way])
    return [Stage(label, at > n, at == n) for n, label in enumerate(labels)]


def _place(nomination: Nomination, desk_keys: list[int]) -> int:
    """Which station; a dossier that went out of the way stands where it was left."""
    state, last = nomination.state, len(desk_keys) - 1
    if state in STATES.EDITABLE:
        return 0
    for number, (_, states) in enumerate(AFTER, start=last + 1):
        if state in states:
            return number + (state == STATES.PRESENTED)
    if state == STATES.APPRAISED:
        return last + 1
    later = [n for n, key in enumerate(desk_keys) if key == nomination.desk_id and n]
    return later[0] if later else last


def _steps(nomination: Nomination, user, writes: bool) -> list[Offer]:
    """What concerns this reader: the proposer's steps for its people, the desk's for the desk's."""
    desk = nomination.desk
    of_board = desk.kind == Kind.PROVINCE and Role.BOARD in user.role_names()
    sits = of_board or user.works_for(desk) or permissions.at_desk(user, nomination) is None
    names = [name for name in BY_ONE if (writes if name in OF_PROPOSER else sits)]
    steps = {name: NOMINATION_STEPS[name] for name in names}
    return offers(steps, nomination, by=user, now=clock.now())


def _timeline(nomination: Nomination) -> list[dict]:
    steps = nomination.steps.select_related("by", "to_desk").order_by("-at", "-pk")
    return [
        {
            "label": step.label,
            "at": step.at,
            "by": step.by,
            "unit": step.to_desk.name if step.to_desk_id != step.from_desk_id else "",
            "note": step.note,
            "tone": "danger" if step.target in (STATES.RETURNED, *STATES.DEAD) else "",
        }
        for step in steps
    ]


# What it holds


def criteria_of(nomination: Nomination) -> list[CriterionLine]:
    """The answers of the dossier, or those of the checklists that the unit sent."""
    if answers_itself(nomination):
        rows = nomination.answers.select_related("criterion").order_by("criterion__number")
        return [
            CriterionLine(
                row.criterion.clause,
                row.criterion.statement,
                row.get_grade_display() or "chưa trả lời",
                row.explanation,
            )
            for row in rows
        ]
    checklists = sent_checklists(nomination)
    reports = {each.pk: _report_of(each) for each in checklists}
    return [
        CriterionLine(
            answer.criterion.clause,
            answer.criterion.statement,
            answer_in_words(answer),
            answer.explanation,
            answer.checklist.period.title,
            reports[answer.checklist_id],
        )
        for answer in answers_of(checklists)
    ]


def _report_of(checklist) -> int | None:
    """The report that carries a checklist, of the app above: known by its address only."""
    report = getattr(checklist, "report", None)
    return report.pk if report else None


def documents_lacking(nomination: Nomination, files: Iterable[DossierFile]) -> list[str]:
    """The documents that the law's table asks of this form and recipient and that are not there.

    Told, never refused here: what the portal prints itself is not asked for.
    """
    rule_set = nomination.rule_set or rule_set_on(clock.today())
    rows = DossierItem.objects.filter(
        rule_set=rule_set,
        form__code=nomination.form.code,
        recipient__in=("", nomination.recipient),
        required=True,
    )
    there = {row.document for row in files} | set(Document.WRITTEN_HERE)
    asked = dict.fromkeys(row.document for row in rows if row.document not in there)
    return [Document(document).label for document in asked]


def _warnings(nomination: Nomination) -> list[str]:
    proposed = Nomination.objects.living().filter(offer=nomination.offer_id).count()
    return [told for told in [proposing_rules.over_quota(nomination.offer, proposed)] if told]


# Filling it in


def sections_of(page: NominationPage) -> list[Section]:
    """The parts of the dossier with how far each is: not begun, under way, done."""
    nomination = page.nomination
    told = [
        Section(
            "Người, tập thể được đề nghị",
            reverse("awards:nomination_facts", args=[nomination.pk]),
            *_mark(bool(nomination.achievement.strip()), begun=True),
        )
    ]
    told += [
        Section(
            part.title,
            reverse("awards:nomination_part", args=[nomination.pk, part.code]),
            *_mark_of_part(part),
            "" if part.required else "không bắt buộc",
        )
        for part in page.parts
    ]
    if answers_itself(nomination) and page.criteria:
        open_ones = [line for line in page.criteria if line.said == "chưa trả lời"]
        url = reverse("awards:nomination_answers", args=[nomination.pk])
        begun = len(open_ones) < len(page.criteria)
        told.append(Section("Tự đánh giá theo tiêu chí", url, *_mark(not open_ones, begun=begun)))
    url = reverse("awards:nomination_files", args=[nomination.pk])
    done = bool(page.files) and not page.lacking
    told.append(Section("Tệp kèm theo", url, *_mark(done, begun=bool(page.files))))
    return told


def _mark(done: bool, *, begun: bool) -> tuple[str, str]:
    if done:
        return "xong", "success"
    return ("đang làm", "warning") if begun else ("chưa bắt đầu", "neutral")


def _mark_of_part(part) -> tuple[str, str]:
    """What was filled in beforehand is under way until somebody looked at it."""
    if part.text.strip() and part.edited_at is None:
        return "điền sẵn, cần xem lại", "warning"
    return _mark(bool(part.text.strip()), begun=False)


def around(nomination: Nomination, sections: list[Section], path: str) -> dict:
    """The sections before and after the one at an address."""
    place = next((n for n, section in enumerate(sections) if section.url == path), 0)
    return {
        "previous": sections[place - 1] if place else None,
        "following": sections[place + 1] if place + 1 < len(sections) else None,
    }
