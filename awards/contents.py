"""What a tờ trình, a list of a proposing unit and a decision say: plain JSON, all words final.

Frozen when the paper gets its number; papers are printed from it ever after. Money is in đồng,
days are ISO text, a sum that is not known is None and its ``problem`` says why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from awards.deciding import Group, groups_of, in_paper_order
from awards.kinds import AwardType, Recipient
from awards.law import BonusSum
from awards.models import Case, Nomination, PostedNomination, Round, Session
from awards.states import NominationState, SessionState
from config import clock
from config.text import vn_date, vn_number
from units.kinds import Kind
from units.models import Person, Unit

TITLES = {Person.Sex.MALE: "Ông", Person.Sex.FEMALE: "Bà"}


@dataclass(frozen=True)
class Background:
    """What the council and the public list told about the nominations; three queries."""

    sessions: tuple[Session, ...]
    votes: Mapping[int, str]
    """ "12/14" by the primary key of the nomination."""
    members: int
    posting: str

    @property
    def council(self) -> dict | None:
        if not self.sessions:
            return None
        last = self.sessions[-1]
        held_on = clock.day_of(last.held_at).isoformat()
        return {"held_on": held_on, "members": self.members, "session": last.pk}

    @property
    def held_on(self) -> date | None:
        """The day of the last session."""
        return clock.day_of(self.sessions[-1].held_at) if self.sessions else None


def background_of(nominations: Iterable[Nomination]) -> Background:
    keys = [row.pk for row in nominations]
    cases = Case.objects.filter(nomination__in=keys, session__state=SessionState.CLOSED)
    latest: dict[int, Case] = {}
    related = cases.select_related("session__council")
    for case in related.order_by("session__held_at", "session__pk"):
        latest[case.nomination_id] = case
    sessions = {case.session.pk: case.session for case in latest.values()}
    ordered = sorted(sessions.values(), key=lambda row: (row.held_at, row.pk))
    return Background(
        tuple(ordered),
        {key: f"{case.votes_for}/{case.base}" for key, case in latest.items() if _counted(case)},
        ordered[-1].seats.count() if ordered else 0,
        _posting(keys),
    )


def _counted(case: Case) -> bool:
    return case.votes_for is not None and case.base is not None


def _posting(keys: list[int]) -> str:
    shown = PostedNomination.objects.filter(
        nomination__in=keys, posting__taken_down_on__isnull=True
    )
    days = list(shown.values_list("posting__opens", "posting__closes"))
    if not days:
        return ""
    first, last = min(opens for opens, _ in days), max(closes for _, closes in days)
    return (
        f"Danh sách đã được công khai lấy ý kiến từ ngày {vn_date(first)} đến hết ngày "
        f"{vn_date(last)}."
    )


# The papers


def of_submission(
    unit: Unit,
    round: Round,
    group: Group,
    *,
    addressee: str = "",
    number: str = "",
    dated_on: date | None = None,
) -> dict:
    """A tờ trình of a unit; without number and day a draft."""
    told = background_of(group.nominations)
    return {
        **_head(unit, round, group.nominations),
        "award_type": group.type_label,
        "form": group.forms,
        "decider": group.decider,
        "office": group.office,
        "addressee": addressee or group.decider,
        "number": number,
        "date": _iso(dated_on),
        "grounds": _grounds(round, group.nominations, told),
        "council": told.council,
        "posting": told.posting,
        **_lines([_line(row, told) for row in group.nominations]),
    }


def list_of_unit(unit: Unit, round: Round) -> list[dict]:
    """The same, without a number, for what a unit proposed or passed on in a round.

    One content for each type and decider. What was refused or taken back is left out.
    """
    from_below = Nomination.objects.filter(offer__round=round).exclude(
        state__in=(*NominationState.UNSENT, *NominationState.DEAD)
    )
    rows = from_below.filter(proposer__in=Unit.objects.below(unit)).select_related(
        "offer__form", "offer__round__unit", "unit", "person", "rule_set"
    )
    return [
        of_submission(unit, round, group, addressee=_above(unit, round))
        for group in groups_of(round, rows)
    ]


def _above(unit: Unit, round: Round) -> str:
    return round.unit.name if unit != round.unit else ""


@dataclass(frozen=True)
class Award:
    """One line of a decision before it is written."""

    nomination: Nomination
    unit: Unit
    bonus: BonusSum
    check_code: str


@dataclass(frozen=True)
class Deed:
    """What is typed of a decision, and what follows from the law of its day."""

    unit: Unit
    number: str
    decided_on: date
    signer: str
    fund: str
    decider: str
    office: str
    basis: str
    """The sentence about the tờ trình that it follows."""
    rule_set: object
    reason: str = ""


def of_decision(round: Round, awards: Sequence[Award], deed: Deed) -> dict:
    """A decision that commends: one form, one type."""
    nominations = [award.nomination for award in awards]
    told, first = background_of(nominations), nominations[0]
    grounds = _grounds(round, nominations, told, deed.rule_set)
    return {
        **_head(deed.unit, round, nominations),
        **_deed(deed),
        "award_type": AwardType(first.award_type).label,
        "form": first.form.name,
        "addressee": "",
        "grounds": [*grounds, deed.basis],
        "council": told.council,
        "posting": told.posting,
        **_lines([_line(award.nomination, told) | _paid(award) for award in awards]),
    }


def _deed(deed: Deed) -> dict:
    return {
        "decider": deed.decider,
        "office": deed.office,
        "number": deed.number,
        "date": _iso(deed.decided_on),
        "signer": deed.signer,
        "fund": deed.fund,
        "reason": deed.reason,
    }


def of_revocation(before: Mapping, positions: Iterable[int], deed: Deed) -> dict:
    """A decision that takes awards back: the lines of the old content, and what is to be refunded.

    ``before``: the content of the decision that gave them.
    """
    lines = [line | {"position": n} for n, line in enumerate(_chosen(before, positions), start=1)]
    basis = f"Căn cứ Quyết định số {before['number']} ngày {_said(before['date'])}"
    return {
        **before,
        **_deed(deed),
        "grounds": [*before["grounds"], basis],
        **_lines(lines),
    }


def _chosen(before: Mapping, positions: Iterable[int]) -> list[dict]:
    wanted = set(positions)
    return [line for line in before["lines"] if line["position"] in wanted]


# Their parts


def _head(unit: Unit, round: Round, nominations: Sequence[Nomination]) -> dict:
    keys = [int(key) for key in unit.path.split("/") if key]
    province = Unit.objects.get(pk=keys[0])
    territory = unit.kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)
    years = [row.period_from.year for row in nominations]
    years += [row.period_to.year for row in nominations]
    return {
        "unit": unit.name,
        "unit_kind": unit.kind,
        "abbreviation": unit.code,
        "province": province.name,
        "place": unit.short_name if territory else province.short_name,
        "round": round.title,
        "campaign": round.campaign.title,
        "period": _years(min(years), max(years)) if years else "",
        "signer": "",
        "fund": "",
        "reason": "",
    }


def _grounds(round: Round, nominations, told: Background, money=None) -> list[str]:
    """The law of the dossiers' receipt, and for money that of the decision; plan; minutes."""
    found = {row.rule_set.pk: row.rule_set for row in nominations if row.rule_set}
    if money is not None:
        found[money.pk] = money
    rule_sets = sorted(found.values(), key=lambda row: (row.valid_from, row.edition))
    texts = [text for rule_set in rule_sets for text in (rule_set.law, *_parts(rule_set.decree))]
    plan = round.campaign
    return [
        *(f"Căn cứ {text}" for text in sorted(dict.fromkeys(texts), key=_rank)),
        f"Căn cứ Kế hoạch số {plan.plan_number} ngày {vn_date(plan.plan_date)} của {plan.issuer} "
        f"về tổ chức {plan.title}",
        *(
            f"Căn cứ Biên bản họp {session.council.name} ngày "
            f"{vn_date(clock.day_of(session.held_at))}"
            for session in told.sessions
        ),
    ]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _rank(text: str) -> int:
    """Laws before decrees before circulars, as papers name them."""
    ranks = ("Luật", "Nghị định", "Thông tư")
    return next((n for n, word in enumerate(ranks) if text.startswith(word)), len(ranks))


def title_of(nomination: Nomination) -> str:
    return TITLES.get(nomination.person.sex, "") if nomination.person else ""


def _line(nomination: Nomination, told: Background) -> dict:
    return {
        "position": 0,
        "recipient": nomination.recipient,
        "recipient_label": Recipient(nomination.recipient).label,
        "title": title_of(nomination),
        "name": nomination.name,
        "post": nomination.post,
        "address": nomination.address,
        "form": nomination.form.name,
        "achievement": nomination.achievement,
        "period": _years(nomination.period_from.year, nomination.period_to.year),
        "coefficient": None,
        "salary": None,
        "product": None,
        "paid": None,
        "problem": "",
        "votes": told.votes.get(nomination.pk, ""),
        "check_code": "",
    }


def _paid(award: Award) -> dict:
    bonus = award.bonus
    return {
        "coefficient": _figure(bonus.coefficient),
        "salary": bonus.salary.amount if bonus.salary else None,
        "product": _figure(bonus.product),
        "paid": None if bonus.paid is None else int(bonus.paid),
        "problem": bonus.problem,
        "check_code": award.check_code,
    }


def _figure(value) -> str | None:
    return None if value is None else vn_number(value)


def _lines(lines: list[dict]) -> dict:
    """The lines in order, with their sums: form by form, kind by kind."""
    numbered = [line | {"position": n} for n, line in enumerate(lines, start=1)]
    totals: dict[tuple[str, str], dict] = {}
    for line in numbered:
        key = (line["form"], line["recipient_label"])
        entry = totals.setdefault(
            key, {"form": key[0], "recipient_label": key[1], "count": 0, "paid": None}
        )
        entry["count"] += 1
        if line["paid"] is not None:
            entry["paid"] = (entry["paid"] or 0) + line["paid"]
    known = [line["paid"] for line in numbered if line["paid"] is not None]
    return {
        "lines": numbered,
        "totals": list(totals.values()),
        "total": sum(known) if known else None,
        "unknown": len(numbered) - len(known),
    }


def in_order(nominations: Iterable[Nomination]) -> list[Nomination]:
    """As a paper lists them."""
    return in_paper_order(nominations)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(iso: str) -> str:
    return vn_date(date.fromisoformat(iso))
