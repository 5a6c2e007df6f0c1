"""Dossiers: begun for a candidate, filled in while they lie with the proposer, drafts removed."""

from django.db import transaction

from awards.actions.acting import note_change, own_open_nomination, told_of
from awards.actions.flags import mark_taken, put_back
from awards.candidates import Candidate, answers_itself, criteria_set_of, outline_of
from awards.kinds import AwardType
from awards.models import (
    AchievementPart,
    Flag,
    Nomination,
    NominationAnswer,
    RoundForm,
)
from awards.prefilling import answers_of, prefilled, sent_checklists
from awards.proposing_rules import faults_of_facts, obstacles_to_proposing
from awards.states import NominationState
from config import clock
from config.workflow import overwritten, refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid, tidy
from units.models import Unit, User

LINES = ("name", "post", "address", "achievement")
COPIED = ("code", "position", "heading", "title", "hint", "required")


@transaction.atomic
def start_nomination(
    offer: RoundForm,
    candidate: Candidate,
    *,
    by: User | None,
    proposer: Unit,
    award_type: str = AwardType.MOVEMENT,
    flag: Flag | None = None,
) -> Nomination:
    """Begin a dossier as a draft of the proposing unit.

    Effects: the nomination with the round's achievement period; the parts of the outline of its
    recipient with what the portal knows already; the criteria that it answers itself; the flag
    that led to it is answered; a log row without the candidate's name.
    """
    by, now = anew(by), clock.now()
    offer = RoundForm.objects.select_related("form", "round__unit", "round__campaign").get(
        pk=offer.pk
    )
    proposer = Unit.objects.select_for_update(no_key=True).get(pk=proposer.pk)
    day = clock.day_of(now)
    refuse(*obstacles_to_proposing(offer, candidate, proposer, by, day))
    nomination = _drafted(offer, candidate, proposer, award_type)
    refuse_invalid(nomination, ignore=("search", "sort_key", "name_key"))
    nomination.save()
    _lay_out(nomination, by=by)
    if answers_itself(nomination):
        _lay_out_criteria(nomination)
    if flag is not None:
        mark_taken(flag, nomination, by=by, now=now)
    record("start_nomination", nomination, by=by, unit=proposer, label=told_of(nomination))
    return nomination


def _drafted(offer, candidate, proposer, award_type) -> Nomination:
    nomination = Nomination(
        offer=offer,
        award_type=award_type,
        recipient=candidate.recipient,
        unit=candidate.unit,
        person=candidate.person,
        household=candidate.household,
        name=candidate.name,
        post=candidate.post,
        address=candidate.address,
        direct=candidate.direct,
        proposer=proposer,
        desk=proposer,
        period_from=offer.round.period_from,
        period_to=offer.round.period_to,
    )
    nomination.fill_keys()
    return nomination


def _lay_out(nomination: Nomination, *, by) -> None:
    outline = outline_of(nomination.recipient, nomination.award_type)
    known = prefilled(nomination, {part.prefill for part in outline}, user=by)
    AchievementPart.objects.bulk_create(
        AchievementPart(
            nomination=nomination,
            text=known.get(part.prefill, ""),
            prefilled=known.get(part.prefill, ""),
            **{name: getattr(part, name) for name in COPIED},
        )
        for part in outline
    )


def _lay_out_criteria(nomination: Nomination) -> None:
    """One answer to fill in for each criterion; what the unit's own checklist said stands there."""
    criteria_set = criteria_set_of(nomination)
    if criteria_set is None:
        return
    own = nomination.person is None and nomination.household is None
    said = {}
    for answer in answers_of(sent_checklists(nomination)) if own else ():
        said[answer.criterion_id] = answer
    NominationAnswer.objects.bulk_create(
        NominationAnswer(
            nomination=nomination,
            criterion=criterion,
            grade=said[criterion.pk].outcome if criterion.pk in said else "",
            explanation=said[criterion.pk].explanation[:5_000] if criterion.pk in said else "",
        )
        for criterion in criteria_set.criteria.order_by("number")
    )


@transaction.atomic
def save_nomination(nomination: Nomination, facts: dict, *, by, revision: int) -> Nomination:
    """Write what the dossier says of its candidate: ``facts`` holds some of ``Nomination.FACTS``.

    ``revision`` is the one that the writer saw; refused when somebody wrote since. The same
    content again changes nothing.
    """
    nomination, by = own_open_nomination(nomination.pk, by=by)
    if nomination.revision != revision:
        raise overwritten("hồ sơ này")
    before = {name: getattr(nomination, name) for name in Nomination.FACTS}
    for name in Nomination.FACTS:
        setattr(nomination, name, facts.get(name, before[name]))
    tidy(nomination, LINES)
    nomination.fill_keys()
    refuse_invalid(nomination, ignore=("search", "sort_key", "name_key"))
    refuse(*faults_of_facts(nomination))
    changed = [name for name in Nomination.FACTS if getattr(nomination, name) != before[name]]
    if changed:
        nomination.revision += 1
        nomination.save(
            update_fields=[*Nomination.FACTS, "search", "sort_key", "name_key", "revision"]
        )
        note_change(nomination, "correct_nomination", by=by, changes={"fields": changed})
    return nomination


@transaction.atomic
def remove_nomination(nomination: Nomination, *, by) -> None:
    """Take a draft away that was never sent, with its files; a flag that led to it is open again.

    Effects: the rows go, the files' bytes after the commit; a log row stays.
    """
    nomination, by = own_open_nomination(nomination.pk, by=by)
    if nomination.state != NominationState.DRAFT or nomination.steps.exists():
        refuse("Hồ sơ đã trình thì không xóa được; hãy để lãnh đạo đơn vị rút hồ sơ.")
    told = {"unit": nomination.proposer, "label": told_of(nomination)}
    record("remove_nomination", nomination, by=by, **told)
    put_back(nomination)
    for row in nomination.files.all():
        transaction.on_commit(lambda file=row.file: file.delete(save=False))
    nomination.files.all().delete()
    nomination.delete()
