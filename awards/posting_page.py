"""Pages of the public lists: what may be posted, what stands, what people said."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from awards import permissions
from awards.models import Nomination, Objection, PostedNomination, Posting, Round
from awards.posting_rules import days_demanded
from awards.states import NominationState
from awards.working_days import working_days
from config import clock


def postings_for(user) -> QuerySet[Posting]:
    """The lists of the rounds that the user keeps, with numbers of lines and open opinions."""
    open_ones = Count(
        "lines__objections", filter=Q(lines__objections__handled_at__isnull=True), distinct=True
    )
    found = Posting.objects.filter(round__in=Round.objects.kept_by(user))
    found = found.select_related("round__unit", "posted_by")
    return found.annotate(size=Count("lines", distinct=True), waiting=open_ones)


def opinions_for(user) -> QuerySet[Objection]:
    """The opinions on those lists."""
    kept = Round.objects.kept_by(user)
    found = Objection.objects.filter(line__posting__round__in=kept)
    return found.select_related("line__nomination", "line__posting__round", "handled_by")


def rounds_to_post(user) -> list[Round]:
    """The rounds kept in which something was appraised and is not posted yet."""
    ready = Nomination.objects.filter(state=NominationState.APPRAISED)
    found = Round.objects.kept_by(user).filter(offers__nominations__in=ready)
    return list(found.distinct().select_related("unit").order_by("-year", "-pk"))


@dataclass(frozen=True)
class Postable:
    """An appraised nomination and the working days that its law demands; None: no figure known."""

    nomination: Nomination
    demanded: bool | None
    days: int | None
    clause: str


def postable(round: Round) -> list[Postable]:
    """What may be posted of a round, in the order of a list; three queries."""
    rows = Nomination.objects.filter(offer__round=round, state=NominationState.APPRAISED)
    rows = list(rows.for_list())
    told = days_demanded(rows)
    return [
        Postable(
            row,
            told[row.pk].posts if row.pk in told else None,
            told[row.pk].posting_days if row.pk in told else None,
            told[row.pk].clause if row.pk in told else "",
        )
        for row in rows
    ]


def first_and_last_day(rows: list[Postable]) -> tuple[date, date]:
    """Tomorrow, and the first day by which the longest demand is met."""
    today = clock.today()
    longest = max((row.days or 0 for row in rows), default=0)
    opens = working_days(today, 1)
    return opens, working_days(today, max(longest, 1))


@dataclass(frozen=True)
class PostingPage:
    posting: Posting
    lines: list[PostedNomination]
    opinions: list[Objection]
    shown: bool
    keeps: bool


def posting_page(posting: Posting, user) -> PostingPage:
    """A list as its keepers see it, with the opinions and who gave them."""
    lines = list(posting.lines.select_related("nomination").order_by("pk"))
    return PostingPage(
        posting,
        lines,
        list(opinions_for(user).filter(line__posting=posting)),
        posting.is_shown_on(clock.today()),
        permissions.keeps_round(user, posting.round) is None,
    )


# The public's


def lists_shown() -> list[Posting]:
    """The lists that the public sees today, each with its lines; two queries.

    Who was sent back, refused or withdrawn meanwhile is no longer named.
    """
    found = Posting.objects.shown_on(clock.today()).filter(pk__in=lines_shown().values("posting"))
    lines = Prefetch("lines", lines_shown().order_by("pk"), to_attr="shown")
    found = found.select_related("round__unit").prefetch_related(lines)
    return list(found.order_by("closes", "pk"))


def lines_shown() -> QuerySet[PostedNomination]:
    """The candidates on whom opinions are taken today."""
    found = PostedNomination.objects.filter(
        posting__in=Posting.objects.shown_on(clock.today()),
        nomination__state=NominationState.POSTED,
    )
    return found.select_related("posting__round__unit")
