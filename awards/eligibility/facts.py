"""What the checks look at: plain facts about one nomination, gathered beforehand."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from awards.history import Entry, share_years, years_of


class Clause(NamedTuple):
    """What the rule set says to one check (``awards.models.Principle``)."""

    clause: str = ""
    applies_from: date | None = None
    number: int | None = None


class Demand(NamedTuple):
    """What the form asks of a dossier: days, opinions, posting (``awards.models.Timing``)."""

    clause: str = ""
    consults: bool | None = None
    posts: bool | None = None
    posting_days: int | None = None


class Paper(NamedTuple):
    """One document of the dossier that the rule set names."""

    document: str
    label: str
    copies: int | None
    required: bool
    clause: str
    written_here: bool


class Decider(NamedTuple):
    """Who may decide the form, for whom (empty: not said)."""

    office: str
    recipients: tuple[str, ...]
    clause: str
    starts: date
    ends: date | None


class LedgerRow(NamedTuple):
    """An honour of the ledger, as far as the checks and ``awards.history`` need it."""

    pk: int
    unit_id: int
    unit_path: str
    recipient: str
    name_key: str
    number: str
    decided_on: date
    period_from: int | None
    period_to: int | None
    award_type: str
    form_code: str
    form: str
    unit_name: str
    revoked_on: date | None = None
    """Always empty: revoked honours are not gathered."""


class Rival(NamedTuple):
    """Another nomination of the same candidate that is on its way or was honoured."""

    pk: int
    unit_id: int
    person_id: int | None
    household_id: int | None
    recipient: str
    award_type: str
    period_from: date
    period_to: date
    form_code: str
    form: str
    round: str
    year: int


class Stop(NamedTuple):
    """A hold on the dossier."""

    pk: int
    kind: str
    label: str
    reason: str
    lifts_on: date | None
    ended_on: date | None
    """The day from which it holds no more: lifted, or its day has come."""


class Opinion(NamedTuple):
    """A consultation (hiệp y)."""

    body: str
    due_on: date | None
    answered_on: date | None
    outcome: str


class Listing(NamedTuple):
    """A public list that names the candidate, with its working days up to today."""

    closes: date
    days: int


class Heir(NamedTuple):
    """What a unit that ended went over into; without a name none is known."""

    name: str
    way: str
    date: date
    basis: str


class Alike(NamedTuple):
    other: int
    percent: int


@dataclass(frozen=True)
class Law:
    """The rule set that the procedure follows, table by table, for one form."""

    name: str = ""
    clauses: dict[str, Clause] | None = None
    demand: Demand | None = None
    papers: tuple[Paper, ...] = ()
    deciders: tuple[Decider, ...] = ()

    def clause_of(self, check: str) -> Clause:
        return (self.clauses or {}).get(check, Clause())


@dataclass(frozen=True)
class Facts:
    """Everything the checks of one nomination look at."""

    pk: int
    today: date
    award_type: str
    recipient: str
    form_code: str
    form: str
    period_from: date
    period_to: date
    decision_day: date
    year: int
    office: str
    unit_name: str
    unit_ends: date | None
    women_share: int | None
    direct: bool
    quota: int | None
    offered: int
    direct_in_round: tuple[int, int]
    central_forms: frozenset[str]
    law: Law
    woman: bool = False
    entries: tuple[Entry, ...] = ()
    rivals: tuple[Rival, ...] = ()
    stops: tuple[Stop, ...] = ()
    documents: frozenset[str] = frozenset()
    opinions: tuple[Opinion, ...] = ()
    listings: tuple[Listing, ...] = ()
    open_objections: int = 0
    heirs: tuple[Heir, ...] = ()
    alike: tuple[Alike, ...] = ()

    @cached_property
    def years(self) -> tuple[int, int]:
        return self.period_from.year, self.period_to.year

    @cached_property
    def is_central(self) -> bool:
        return self.form_code in self.central_forms

    @cached_property
    def sure(self) -> list[LedgerRow]:
        """The honours that are surely the candidate's, the newest first."""
        return [entry.honour for entry in self.entries if entry.sure]

    @cached_property
    def within(self) -> list[LedgerRow]:
        """Those of them that may have rewarded the same years."""
        years = self.years
        return [row for row in self.sure if share_years(years_of(row), years)]
