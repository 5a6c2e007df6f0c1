"""The pages of tờ trình: what waits for one, what may be chosen, what stands in one."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from awards import permissions
from awards.deciding import RELATED, Group, suggest_submissions
from awards.kinds import DecisionKind
from awards.models import Decision, Nomination, Round, Submission
from awards.states import NominationState, SubmissionState


def submissions_for(user) -> QuerySet[Submission]:
    """What the user may see, as a list prints it."""
    rows = Submission.objects.visible_to(user).select_related("round__unit", "round__campaign")
    proposed = Q(lines__nomination__state=NominationState.PROPOSED)
    return (
        rows.select_related("unit")
        .annotate(
            size=Count("lines", distinct=True),
            open=Count("lines", filter=proposed, distinct=True),
        )
        .order_by("-made_at", "-pk")
    )


def kept_rounds(user, state: str) -> QuerySet[Round]:
    """The rounds that the user keeps in which nominations are in the state, the newest first."""
    found = Round.objects.kept_by(user).filter(offers__nominations__state=state)
    return found.select_related("unit", "campaign").order_by("-year", "-due", "-pk").distinct()


def ready_groups(user) -> list[tuple[Round, list[Group]]]:
    """By round what the council agreed to and what may stand together in one tờ trình."""
    found = [
        (round, suggest_submissions(round))
        for round in kept_rounds(user, NominationState.VOTED)
        if permissions.keeps_round(user, round) is None
    ]
    return [(round, groups) for round, groups in found if groups]


def waiting(user) -> tuple[int, int]:
    """How many nominations wait for a tờ trình, and for their decision, in the user's rounds."""
    kept = Nomination.objects.filter(offer__round__in=Round.objects.kept_by(user))
    voted = kept.filter(state=NominationState.VOTED, submissions__isnull=True)
    return voted.count(), kept.filter(state=NominationState.PROPOSED).count()


@dataclass(frozen=True)
class SubmissionPage:
    """One tờ trình with its lines in order, its decisions, and what its keeper may choose."""

    submission: Submission
    nominations: list[Nomination]
    decisions: list[Decision]
    keeps: bool

    @property
    def is_draft(self) -> bool:
        return self.submission.state == SubmissionState.DRAFT

    @property
    def may_edit(self) -> bool:
        return self.keeps and self.is_draft

    @property
    def may_decide(self) -> bool:
        return self.keeps and any(row.state == NominationState.PROPOSED for row in self.nominations)


def submission_page(submission: Submission, user) -> SubmissionPage:
    rows = Nomination.objects.filter(submissions__submission=submission)
    decisions = submission.decisions.filter(kind=DecisionKind.AWARD).select_related("form")
    return SubmissionPage(
        submission,
        list(rows.select_related(*RELATED).order_by("submissions__position")),
        list(decisions),
        permissions.keeps_round(user, submission.round) is None,
    )


def nominations_to_choose(submission: Submission) -> QuerySet[Nomination]:
    """Those of a draft, and those of its type that wait in the round."""
    rows = Nomination.objects.filter(
        Q(submissions__submission=submission) | Q(submissions__isnull=True),
        offer__round=submission.round,
        award_type=submission.award_type,
        state=NominationState.VOTED,
    )
    return rows.select_related(*RELATED).order_by("offer__form__position", "sort_key", "pk")
