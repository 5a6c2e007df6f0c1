"""What the rule set of each dossier says about its form, table by table."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from awards.eligibility.facts import Clause, Decider, Demand, Law, Paper
from awards.kinds import Document, Office
from awards.law import authorities_of, rule_set_on
from awards.models import AwardForm, DossierItem, Nomination, Principle, RuleSet, Timing
from config.text import vn_date


@dataclass(frozen=True)
class Laws:
    """The law of each rule set and form that the chosen dossiers follow.

    A dossier follows the rule set of its receipt; a draft, that of today.
    """

    today: RuleSet | None
    names: dict[int, str]
    clauses: dict[int, dict[str, Clause]]
    demands: dict[tuple[int, str], Demand]
    papers: dict[tuple[int, str], list[tuple[str, Paper]]]
    deciders: dict[str, tuple[Decider, ...]]
    central: frozenset[str]
    known: dict

    def of(self, row: Nomination) -> Law:
        rule_set = row.rule_set_id or (self.today and self.today.pk)
        asked = rule_set, row.offer.form.code, row.recipient
        if asked not in self.known:
            self.known[asked] = self._made(*asked)
        return self.known[asked]

    def _made(self, rule_set, code, recipient) -> Law:
        papers = self.papers.get((rule_set, code), ())
        return Law(
            name=self.names.get(rule_set, ""),
            clauses=self.clauses.get(rule_set, {}),
            demand=self.demands.get((rule_set, code)),
            papers=tuple(paper for whose, paper in papers if whose in ("", recipient)),
            deciders=self.deciders.get(code, ()),
        )


def laws_for(rows: list[Nomination], today: date) -> Laws:
    """All the tables that the dossiers need; at most seven queries."""
    standing = rule_set_on(today)
    keys = {row.rule_set_id for row in rows} | {standing and standing.pk}
    keys.discard(None)
    codes = {row.offer.form.code for row in rows}
    of_them = {"rule_set__in": keys, "form__code__in": codes}
    others = RuleSet.objects.filter(pk__in=keys - {standing and standing.pk})
    names = {each.pk: _named(each) for each in (*others, standing) if each}
    return Laws(
        today=standing,
        names=names,
        clauses=_clauses(keys),
        demands=_demands(of_them),
        papers=_papers(of_them),
        deciders=_deciders(codes),
        central=_central(),
        known={},
    )


def _named(rule_set: RuleSet) -> str:
    return f"{rule_set.decree}, hiệu lực từ {vn_date(rule_set.valid_from)}"


def _clauses(keys) -> dict[int, dict[str, Clause]]:
    found = defaultdict(dict)
    rows = Principle.objects.filter(rule_set__in=keys)
    for rule_set, point, *told in rows.values_list(
        "rule_set", "point", "clause", "applies_from", "number"
    ):
        found[rule_set][point] = Clause(*told)
    return found


def _demands(of_them) -> dict[tuple[int, str], Demand]:
    names = ("rule_set", "form__code", "clause", "consults", "posts", "posting_days")
    rows = Timing.objects.filter(**of_them).values_list(*names)
    return {(rule_set, code): Demand(*told) for rule_set, code, *told in rows}


def _papers(of_them) -> dict[tuple[int, str], list[tuple[str, Paper]]]:
    found = defaultdict(list)
    for row in DossierItem.objects.filter(**of_them).select_related("form"):
        paper = Paper(
            row.document,
            row.get_document_display(),
            row.copies,
            row.required,
            row.clause,
            row.document in Document.WRITTEN_HERE,
        )
        found[row.rule_set_id, row.form.code].append((row.recipient, paper))
    return found


def _deciders(codes) -> dict[str, tuple[Decider, ...]]:
    """Who decides, by all that is known: that follows the day of the decision, not of receipt."""
    found = defaultdict(tuple)
    for row in authorities_of(codes):
        starts = max(filter(None, (row.valid_from, row.rule_set.valid_from)))
        told = Decider(row.office, tuple(row.recipients), row.clause, starts, row.ends)
        found[row.form.code] += (told,)
    return found


def _central() -> frozenset[str]:
    """The forms that the centre decides, and the families that hold one."""
    rows = AwardForm.objects.filter(authority__office=Office.CENTRAL).distinct()
    pairs = rows.values_list("code", "family__code")
    return frozenset(code for pair in pairs for code in pair if code)
