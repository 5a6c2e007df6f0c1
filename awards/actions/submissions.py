"""Tờ trình: made of what the council agreed to, changed while drafts, frozen when numbered."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from awards import contents, deciding, permissions
from awards import submission_rules as rules
from awards.actions.moving import locked, move
from awards.models import Nomination, Round, Submission, SubmissionLine
from awards.states import SubmissionState
from config import clock
from config.canonical import digest
from config.text import clean_line
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid
from units.models import Unit, User


@transaction.atomic
def make_submission(
    round: Round, nominations: Iterable[Nomination], *, addressee: str, by: User
) -> Submission:
    """Make the draft of one tờ trình, or refuse what may not stand in one, with the right split.

    Effects: the submission with its lines in the order of the paper, and a log row.
    """
    by = anew(by)
    refuse(permissions.keeps_round(by, round))
    submission = Submission(round=round, unit=round.unit, made_at=clock.now(), made_by=by)
    _fill(submission, nominations, addressee)
    record("create_submission", submission, by=by, unit=round.unit)
    return submission


@transaction.atomic
def change_submission(
    submission: Submission, nominations: Iterable[Nomination], *, addressee: str, by: User
) -> Submission:
    """Choose other nominations or another addressee for a draft."""
    by, submission = anew(by), _locked(submission)
    refuse(permissions.keeps_round(by, submission.round), rules.is_draft(submission))
    _fill(submission, nominations, addressee)
    record("correct_submission", submission, by=by, unit=submission.unit)
    return submission


def _fill(submission: Submission, nominations: Iterable[Nomination], addressee: str) -> None:
    round, rows = submission.round, locked(nominations)
    refuse(rules.not_empty(rows), rules.of_round(round, rows))
    refuse(
        *rules.agreed_to(rows),
        *rules.not_elsewhere(rows, submission),
        deciding.mixing(round, rows),
    )
    (group,) = deciding.groups_of(round, rows)
    submission.award_type, submission.decider = group.award_type, group.decider
    submission.addressee = clean_line(addressee) or group.decider
    refuse_invalid(submission, ignore=("content",))
    submission.save()
    _write_lines(submission, group.nominations)


def _write_lines(submission: Submission, rows: Sequence[Nomination]) -> None:
    submission.lines.all().delete()
    SubmissionLine.objects.bulk_create(
        SubmissionLine(submission=submission, nomination=row, position=n)
        for n, row in enumerate(rows, start=1)
    )


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",))
    return rows.select_related("round__unit", "round__campaign", "unit").get(pk=submission.pk)


@transaction.atomic
def remove_submission(submission: Submission, *, by: User) -> None:
    """Take a draft away; its nominations wait for another one."""
    by, submission = anew(by), _locked(submission)
    refuse(permissions.keeps_round(by, submission.round), rules.is_draft(submission))
    record("remove_submission", submission, by=by, unit=submission.unit)
    submission.delete()


@transaction.atomic
def send_submission(submission: Submission, *, number: str, dated_on: date, by: User) -> Submission:
    """Enter number and day of the signed tờ trình, once.

    Effects: its nominations are ``proposed``, the content is frozen with its hash, a log row.
    """
    by, submission, number = anew(by), _locked(submission), clean_line(number)
    Unit.objects.select_for_update(no_key=True).get(pk=submission.unit_id)  # one number at a time
    round = submission.round
    refuse(permissions.keeps_round(by, round), rules.is_draft(submission))
    rows = locked(Nomination.objects.filter(submissions__submission=submission))
    told = contents.background_of(rows)
    refuse(
        rules.numbered(number),
        rules.day_fits(dated_on, clock.today(), told.held_on),
        rules.number_free(submission, number, dated_on),
        rules.not_empty(rows),
        deciding.mixing(round, rows),
    )
    (group,) = deciding.groups_of(round, rows)
    move(rows, "propose", by=by)
    _freeze(submission, group, number, dated_on)
    record("send_submission", submission, by=by, unit=submission.unit)
    return submission


def _freeze(submission: Submission, group, number: str, dated_on: date) -> None:
    submission.number, submission.dated_on = number, dated_on
    submission.decider = group.decider
    refuse_invalid(submission, ignore=("content",))
    told = {"addressee": submission.addressee, "number": number, "dated_on": dated_on}
    submission.content = contents.of_submission(submission.unit, submission.round, group, **told)
    submission.sha256 = digest(submission.content)
    submission.state = SubmissionState.SENT
    submission.save()
