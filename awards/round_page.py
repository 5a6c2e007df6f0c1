"""The pages of the rounds: whose rounds a user holds, what the law says about one, its acts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from awards import permissions
from awards.candidates import proposers_for
from awards.kinds import OFFICES
from awards.law import authorities_of, rule_set_on
from awards.models import Authority, AwardForm, Round, RoundForm, RuleSet, Timing
from awards.models.law import UNKNOWN
from awards.states import RoundState
from awards.steps import ROUND_STEPS
from awards.working_days import count_working_days, latest_start
from campaign.models import Campaign
from config import clock
from config.text import vn_date, vn_number
from config.workflow import Offer, offers
from units.kinds import Role
from units.models import LogEntry, Unit


def rounds_for(user) -> QuerySet[Round]:
    """The rounds that the user may see, as a list prints them."""
    return Round.objects.visible_to(user).for_list()


def round_years() -> list[int]:
    """The years of all rounds, the newest first."""
    return sorted(set(Round.objects.order_by().values_list("year", flat=True)), reverse=True)


# Making one


def holders_for(user) -> list[Unit]:
    """The units whose rounds the user makes: the province of the board's seat, the units led."""
    roots = [unit.path.split("/")[0] for unit in user.units_as(Role.BOARD)]
    provinces = list(Unit.objects.filter(pk__in=roots).in_order()) if roots else []
    own = [unit for unit in user.units_as(Role.LEADER) if unit.kind in permissions.HOLDERS]
    return list(dict.fromkeys([*provinces, *own]))


def forms_to_offer(campaign: Campaign, units: Iterable[Unit]) -> QuerySet[AwardForm]:
    """The forms that such units ever decide or put forward, and those of which nothing is known.

    Whether they do so on the day of the round is the rule's to say.
    """
    kinds = {unit.kind for unit in units}
    offices = {office for kind in kinds for office in OFFICES.get(kind, (kind,))}
    known = Authority.objects.filter(rule_set__current=True)
    ours = known.filter(office__in=offices)
    fits = Q(code__in=ours.values("form__code")) | ~Q(code__in=known.values("form__code"))
    found = AwardForm.objects.filter(fits, campaign=campaign, grades__isnull=True)
    return found.order_by("position")


# One round


@dataclass(frozen=True)
class FormLine:
    """A form on offer: who decides it on the planned day, how long the list must be posted."""

    offer: RoundForm
    deciders: str
    timing: Timing | None
    last_posting_day: date | None

    @property
    def posting(self) -> str:
        """What the law demands before the council meets, in words."""
        if self.timing is None or self.timing.posts is None and self.timing.posting_days is None:
            return UNKNOWN
        if self.timing.posts is False:
            return "không phải công khai"
        if self.timing.posting_days is None:
            return f"phải công khai; số ngày {UNKNOWN}"
        return f"ít nhất {vn_number(self.timing.posting_days)} ngày làm việc"


@dataclass(frozen=True)
class RoundPage:
    """Everything that the page of one round tells its reader; those who keep it more."""

    round: Round
    rule_set: RuleSet | None
    lines: list[FormLine]
    warnings: list[str]
    steps: list[Offer]
    acts: list[dict]
    keeps: bool
    receives: bool
    """Whether the reader may begin a dossier today."""

    @property
    def may_edit(self) -> bool:
        return self.keeps and self.round.is_editable

    @property
    def may_remove(self) -> bool:
        return self.keeps and self.round.state == RoundState.DRAFT


def round_page(round: Round, user) -> RoundPage:
    """The round by the rule set of its last day of receiving."""
    now = clock.now()
    rule_set, keeps = rule_set_on(round.due), permissions.keeps_round(user, round) is None
    lines = _lines(round, rule_set)
    return RoundPage(
        round,
        rule_set,
        lines,
        list(_warnings(round, lines, clock.day_of(now))) if keeps else [],
        offers(ROUND_STEPS, round, by=user, now=now) if keeps else [],
        _acts(round) if keeps else [],
        keeps,
        round.receives_on(clock.day_of(now)) and bool(proposers_for(user)),
    )


def _lines(round: Round, rule_set: RuleSet | None) -> list[FormLine]:
    offered = list(round.offers.all())
    codes = [offer.form.code for offer in offered]
    timings = Timing.objects.filter(rule_set=rule_set, form__code__in=codes)
    told = {timing.form.code: timing for timing in timings.select_related("form")}
    deciders: dict[str, list[str]] = {}
    for row in authorities_of(codes):
        if row.holds_on(round.planned_day):
            deciders.setdefault(row.form.code, []).append(row.decider_by_clause)
    lasts = _last_posting_days(round, told.values())
    return [
        FormLine(
            offer,
            "; ".join(dict.fromkeys(deciders.get(offer.form.code, ()))) or UNKNOWN,
            timing := told.get(offer.form.code),
            lasts.get(timing.posting_days) if timing else None,
        )
        for offer in offered
    ]


def _last_posting_days(round: Round, timings: Iterable[Timing]) -> dict[int, date]:
    """By number of days demanded the last day on which a list may be posted."""
    if round.council_on is None:
        return {}
    numbers = {timing.posting_days for timing in timings if timing.posting_days}
    return {number: latest_start(round.council_on, number) for number in numbers}


def _warnings(round: Round, lines: list[FormLine], today: date):
    if round.state == RoundState.OPEN and round.due < today:
        yield (
            f"Hạn nhận hồ sơ {vn_date(round.due)} đã qua nên không nhận thêm hồ sơ; hãy đóng đợt, "
            "hoặc sửa hạn để nhận tiếp."
        )
    for line in lines:
        if line.timing and line.timing.posting_days:
            yield from _posting_warnings(round, line)


def _posting_warnings(round: Round, line: FormLine):
    days = f"{vn_number(line.timing.posting_days)} ngày làm việc"
    clause = f" ({line.timing.clause})" if line.timing.clause else ""
    if round.council_on is None:
        yield (
            f"{line.offer.form}: phải công khai ít nhất {days} trước khi Hội đồng họp{clause}; hãy "
            "ghi ngày dự kiến họp Hội đồng để tính ngày công khai muộn nhất."
        )
    elif line.last_posting_day < round.due:
        left = count_working_days(round.due, round.council_on - timedelta(days=1))
        yield (
            f"{line.offer.form}: từ hạn nhận hồ sơ {vn_date(round.due)} đến ngày họp Hội đồng "
            f"{vn_date(round.council_on)} có {vn_number(left)} ngày làm việc, ít hơn {days} phải "
            f"công khai{clause}. Hãy lùi ngày họp Hội đồng, hoặc sửa hạn nhận hồ sơ."
        )


def round_mark(round: Round) -> str:
    """What stands in a round, to tell whether somebody wrote since a form was opened."""
    told = [str(getattr(round, name)) for name in Round.FACTS]
    told += [f"{offer.form_id}:{offer.quota}" for offer in round.offers.all()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


ACTS = {
    "create_round": "lập đợt",
    "correct_round": "sửa đợt",
    **{f"{name}_round": step.label for name, step in ROUND_STEPS.items()},
}


def _acts(round: Round) -> list[dict]:
    """What was done with the round, the newest first, for those who keep it."""
    entries = LogEntry.objects.filter(model=Round._meta.label, object_id=round.pk)
    return [
        {
            "label": ACTS.get(entry.action, entry.action),
            "at": entry.at,
            "by": entry.by,
            "note": entry.reason,
        }
        for entry in entries.select_related("by").order_by("-at", "-pk")
    ]
