"""Questions to summaries: who leads one, what there is of each period, what may be quoted."""

import hashlib
from dataclasses import dataclass, field

from django.db.models import Case, Q, When
from django.db.models.functions import Length

from campaign.models import Period
from config.text import fold
from reports.documents.summary import Signing
from reports.models import OutlineSection, Section, Selection, Summary, SummaryFile
from reports.states import State, SummaryState
from reports.summary_steps import TEXTS
from units.kinds import TIER_ORDER

_TIER_PLACE = Case(
    *[When(report__tier=tier, then=place) for tier, place in TIER_ORDER.items()], default=99
)

PASSAGE_LENGTH = Selection._meta.get_field("text").max_length


@dataclass
class PeriodLine:
    """A period with the editions of its summary, newest first, for the list page."""

    period: Period
    editions: list[Summary] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)

    @property
    def draft(self) -> Summary | None:
        return next((s for s in self.editions if s.state == SummaryState.DRAFT), None)


def periods_with_summaries(campaign, user) -> list[PeriodLine]:
    """Every period of the campaign, the newest first, with what the user may see; two queries."""
    periods = Period.objects.filter(campaign=campaign).select_related("campaign")
    lines = {p.pk: PeriodLine(p) for p in periods.order_by("-year", "kind")}
    shown = Summary.objects.visible_to(user).filter(period__in=lines).for_list()
    for summary in shown:
        lines[summary.period_id].editions.append(summary)
    return list(lines.values())


def newest_frozen(period) -> Summary | None:
    """The edition that counts."""
    frozen = Summary.objects.filter(period=period, state=SummaryState.FROZEN)
    return frozen.select_related("period__campaign", "lead").order_by("-edition").first()


def open_draft(period) -> Summary | None:
    drafts = Summary.objects.filter(period=period, state=SummaryState.DRAFT)
    return drafts.select_related("period__campaign", "lead__parent").first()


def quotable_sections(periods):
    """Sections that may be quoted: written, marked for it, of accepted reports."""
    return (
        Section.objects.filter(
            report__period__in=periods, report__state=State.ACCEPTED, outline__passage=True
        )
        .exclude(text="")
        .select_related("outline", "report__unit", "report__period")
        .annotate(place=_TIER_PLACE)
        .order_by(
            "-report__period__year", "place", "report__unit__sort_key", "outline__position", "pk"
        )
    )


def matching_sections(sections, *, q="", code="", tier="", period=""):
    """Those of units, or with words, that match the search; ``code`` is the number of a heading."""
    if q:
        sections = sections.filter(Q(report__unit__search__contains=fold(q)) | Q(text__icontains=q))
    if code:
        sections = sections.filter(Q(outline__code=code) | Q(outline__code__startswith=f"{code}-"))
    if period:
        sections = sections.filter(report__period__code=period)
    return sections.filter(report__tier=tier) if tier else sections


def quotable_headings(campaign) -> list[tuple[str, str]]:
    """The headings that may be quoted, by number, each once whatever the group of units."""
    found = {}
    for section in OutlineSection.objects.filter(campaign=campaign, passage=True):
        found.setdefault(section.code.split("-")[0], section.title)
    return list(found.items())


def chosen_selections(summary) -> list[Selection]:
    """The passages of a draft in their order, with unit, period and heading."""
    rows = summary.selections.select_related(
        "section__outline", "section__report__unit", "section__report__period"
    )
    return list(rows.order_by("position", "pk"))


def file_list(summary) -> list[SummaryFile]:
    """The kept files without their bytes, with ``size``, in the order people expect."""
    order = {form: place for place, form in enumerate(SummaryFile.Format.values)}
    rows = summary.files.defer("content").annotate(size=Length("content"))
    return sorted(rows, key=lambda row: order[row.format])


def file_content(summary, form) -> bytes | None:
    """The bytes kept of one file; None where there is none."""
    row = summary.files.filter(format=form).first()
    return bytes(row.content) if row else None


def files_of(summary) -> dict[str, bytes]:
    """The kept files of a frozen summary by format."""
    rows = summary.files.order_by("format")
    return {row.format: bytes(row.content) for row in rows}


def signing_of(summary) -> Signing:
    """What is entered of the signature, as the papers take it."""
    return Signing(
        number=summary.number,
        signed_on=summary.signed_on,
        signer=summary.signer,
        signer_post=summary.signer_post,
        snapshot=summary.sha256,
    )


def texts_mark(summary) -> str:
    """A short mark of the texts; the form carries it, so that nobody overwrites unseen."""
    joined = "\0".join(getattr(summary, name) for name in TEXTS)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]
