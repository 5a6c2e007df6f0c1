"""Who decides which nomination, and what may stand in one tờ trình: one type, one decider.

The head of state's forms are never submitted with the Prime Minister's (note to the forms of NĐ
98/2023); as each decider has a tờ trình of its own, they are not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from awards.eligibility.by_unit import goes_first
from awards.kinds import OFFICES, AwardType, Check, Recipient
from awards.law import authorities_of
from awards.models import Authority, Nomination, Principle, Round, SubmissionLine
from awards.models.law import UNKNOWN
from awards.states import NominationState
from units.models import Person


@dataclass(frozen=True)
class Group:
    """Nominations that belong into one tờ trình."""

    award_type: str
    decider: str
    office: str
    nominations: list[Nomination] = field(default_factory=list)

    @property
    def type_label(self) -> str:
        return AwardType(self.award_type).label

    @property
    def forms(self) -> list[str]:
        return list(dict.fromkeys(row.form.name for row in self.nominations))

    @property
    def words(self) -> str:
        """ "Thủ tướng Chính phủ, theo công trạng: 3 hồ sơ"."""
        return f"{self.decider}, {self.type_label}: {len(self.nominations)} hồ sơ"


def groups_of(round: Round, nominations: Iterable[Nomination]) -> list[Group]:
    """The nominations by type and decider, the highest forms first; three queries at most."""
    rows = in_paper_order(nominations)
    authorities = authorities_of({row.form.code for row in rows}) if rows else []
    found: dict[tuple[str, str], Group] = {}
    for row in rows:
        decider, office = _decides(authorities, round, row)
        key = (row.award_type, decider)
        found.setdefault(key, Group(row.award_type, decider, office)).nominations.append(row)
    return list(found.values())


def offices_of(round: Round) -> tuple[str, ...]:
    """The offices for whose decision the unit of the round gathers."""
    return OFFICES.get(round.unit.kind, (round.unit.kind,))


def deciders_on(
    authorities: Iterable[Authority], offices: Iterable[str], nomination: Nomination, day: date
) -> list[Authority]:
    """The rows by which one of the offices may decide the nomination on the day."""
    return [
        row
        for row in authorities
        if row.form.code == nomination.form.code
        and row.office in offices
        and row.holds_on(day)
        and (not row.recipients or nomination.recipient in row.recipients)
    ]


def _decides(authorities, round: Round, nomination: Nomination) -> tuple[str, str]:
    rows = deciders_on(authorities, offices_of(round), nomination, round.planned_day)
    deciders = "; ".join(dict.fromkeys(row.decider for row in rows)) or UNKNOWN
    return deciders, rows[0].office if rows else round.unit.kind


def in_paper_order(nominations: Iterable[Nomination]) -> list[Nomination]:
    """From the highest form to the lowest, kind by kind, women first, then by name.

    From which share of women a collective goes first, the law of its dossier says; one query.
    """
    rows = list(nominations)
    told = Principle.objects.filter(
        rule_set__in={row.rule_set_id for row in rows}, point=Check.WOMEN
    )
    shares = dict(told.values_list("rule_set", "number")) if rows else {}
    return sorted(rows, key=lambda row: _paper_order(row, shares.get(row.rule_set_id)))


def _paper_order(nomination: Nomination, share: int | None) -> tuple:
    woman = bool(nomination.person) and nomination.person.sex == Person.Sex.FEMALE
    return (
        nomination.form.position,
        Recipient.values.index(nomination.recipient),
        not goes_first(nomination.recipient, woman, nomination.women_share, share),
        nomination.sort_key,
        nomination.pk,
    )


RELATED = ("offer__form", "offer__round__unit", "unit", "person", "rule_set")


def suggest_submissions(round: Round) -> list[Group]:
    """What the council agreed to and no tờ trình names yet, in ready groups."""
    waiting = Nomination.objects.filter(
        offer__round=round, state=NominationState.VOTED, submissions__isnull=True
    )
    return groups_of(round, waiting.select_related(*RELATED))


def lines_of(nominations: Iterable[Nomination]) -> QuerySet[SubmissionLine]:
    """Where the nominations stand in a tờ trình already."""
    return SubmissionLine.objects.filter(nomination__in=[row.pk for row in nominations])


def mixing(round: Round, nominations: Iterable[Nomination]) -> str | None:
    """Why the nominations do not belong into one tờ trình, with the split to make instead."""
    groups = groups_of(round, nominations)
    if len(groups) < 2:
        return None
    types = len({group.award_type for group in groups}) > 1
    deciders = len({group.decider for group in groups}) > 1
    mixed = [
        "loại khen thưởng" if types else "",
        "người có thẩm quyền quyết định" if deciders else "",
    ]
    told = " và ".join(part for part in mixed if part)
    split = "; ".join(group.words for group in groups)
    return f"Một tờ trình không ghép nhiều {told}. Hãy lập {len(groups)} tờ trình: {split}."
