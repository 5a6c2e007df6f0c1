"""Checks of nominations, alone and for a whole round, and copies found among its reports.

The scene is one round of persons in the villages of a commune, with a ledger in which each of
them stands several times. The yardstick of the checks is a bare statement for each rule.
"""

import random
import resource
from datetime import date, timedelta
from time import perf_counter

from awards.eligibility import findings_of
from awards.eligibility.in_bulk import findings_of_all
from awards.models import AchievementPart, Honour, Nomination, ReportBand, ReportSketch, RuleSet
from awards.similarity import METHOD, bands_of, keep_sketches, signature_of
from awards.states import NominationState
from config import clock
from tests.benchmarks import eligibility_by_hand as by_hand
from tests.benchmarks.measuring import Line, beside, run_by_hand
from tests.benchmarks.room import settled
from tests.factories.awards import PrincipleFactory, TimingFactory
from tests.factories.nominations import a_scene
from tests.factories.units import VillageFactory
from units.models import Person

NOMINATIONS, HONOURS, VILLAGES, WORDS = 20_000, 200_000, 200, 750
LIMIT_ONE, LIMIT_ROUND, LIMIT_ALIKE, MOST_MEMORY = 3, 2, 3, 200
BATCH = 2_000
FAMILY, MIDDLE = ("Nguyễn", "Trần", "Lê", "Phùng"), ("Thị", "Văn", "Hữu", "Kim")
SYLLABLES = [a + b for a in "bcdđghklmnprstvx" for b in ("a", "an", "ơi", "ủ", "iên", "ống")]


class Scene:
    """A round with so many persons, all sent, and the ledger behind them."""

    def __init__(self, number=NOMINATIONS, honours=HONOURS, seed=166):
        self.random = random.Random(seed)
        self.scene = a_scene()
        self.law = _law(self.scene)
        villages = VillageFactory.create_batch(min(VILLAGES, number), parent=self.scene.commune)
        self.people = [self._person(n, villages) for n in range(number)]
        Person.objects.bulk_create(self.people, batch_size=BATCH)
        rows = [self._nomination(person) for person in self.people]
        Nomination.objects.bulk_create(rows, batch_size=BATCH)
        self.honours(honours)
        settled(Person, Nomination, Honour)

    def _person(self, number, villages) -> Person:
        given = self.random.choice(SYLLABLES).capitalize()
        name = f"{FAMILY[number % 4]} {MIDDLE[number // 4 % 4]} {given} {_spelled(number)}"
        unit, since = villages[number % len(villages)], date(2021, 1, 1)
        return Person(name=name, unit=unit, kind=Person.Kind.CADRE, takes_part_from=since)

    def _nomination(self, person) -> Nomination:
        scene = self.scene
        row = Nomination(
            offer=scene.offer, recipient="person", unit=person.unit, person=person,
            name=person.name, proposer=scene.commune, desk=scene.round.unit,
            period_from=scene.round.period_from, period_to=scene.round.period_to,
            achievement="Giúp hộ nghèo", state=NominationState.SUBMITTED, rule_set=self.law,
            received_on=clock.today(), submitted_at=clock.now(),
            submitted_by=scene.commune_leader,
        )  # fmt: skip
        row.fill_keys()
        return row

    def honours(self, number) -> None:
        rows = []
        for n in range(number):
            person = self.people[n % len(self.people)]
            decided = date(2010, 1, 1) + timedelta(days=self.random.randrange(4_800))
            row = Honour(
                recipient="person", name=person.name, unit=person.unit, form=self.scene.form,
                number=f"{n}/QĐ-UBND", decided_on=decided, issuer="UBND tỉnh",
                period_from=decided.year, period_to=decided.year,
            )  # fmt: skip
            row.fill_keys()
            rows.append(row)
        Honour.objects.bulk_create(rows, batch_size=BATCH)

    def write_reports(self, words=WORDS) -> list[Nomination]:
        """A report of so many words each; every tenth copies the one before."""
        rows = list(Nomination.objects.select_related("offer__round").order_by("pk"))
        text, parts = "", []
        for place, row in enumerate(rows):
            if place % 10 or not text:
                text = " ".join(self.random.choices(SYLLABLES, k=words))
            parts.append(
                AchievementPart(
                    nomination=row, code="ii", position=1, heading="II", title="Thành tích",
                    text=text,
                )
            )  # fmt: skip
        AchievementPart.objects.bulk_create(parts, batch_size=BATCH)
        settled(AchievementPart)
        return rows


def _spelled(number: int) -> str:
    """A given name for each number, so that few share a whole name."""
    first, second = divmod(number, len(SYLLABLES))
    return f"{SYLLABLES[first % len(SYLLABLES)]}{SYLLABLES[second]}".capitalize()


def _law(scene):
    """The rule set of the scene's day, asking for posting and opinions."""
    law = RuleSet.objects.on(clock.today())
    TimingFactory(rule_set=law, form=scene.form, posts=True, posting_days=10, consults=True)
    PrincipleFactory(rule_set=law)
    return law


def lines(*, runs: int, number=NOMINATIONS, honours=HONOURS) -> list[Line]:
    scene, today = Scene(number, honours), clock.today()
    one = Nomination.objects.order_by("pk")[number // 2]
    chosen = Nomination.objects.filter(offer=scene.scene.offer)

    def whole_round():
        return sum(len(found) for _, found in findings_of_all(chosen, today=today))

    found = [
        _checks(
            "checks of one nomination",
            lambda: findings_of(one, today=today),
            by_hand.statements("n.id = %s", one.pk),
            LIMIT_ONE,
            runs,
        ),
        _checks(
            f"checks of a round: {number:,} nominations, {honours:,} honours",
            whole_round,
            by_hand.statements("n.offer_id = %s", scene.scene.offer.pk),
            LIMIT_ROUND,
            min(runs, 3),
        ),
    ]
    return found + _alike(scene, number)


def _checks(what, measured, statements, limit, runs) -> Line:
    """The checks beside one bare statement for each rule."""
    taken = beside(measured, lambda: run_by_hand(statements), runs=runs)
    return Line(what, *taken, f"{len(statements)} statements by hand, one a rule", limit)


def _alike(scene: Scene, number) -> list[Line]:
    """Every report compared with all sent before it; once, as it writes as much as it reads."""
    rows = scene.write_reports()
    before, start = _peak(), perf_counter()
    for row in rows:
        keep_sketches([row])
    taken, grown = perf_counter() - start, _peak() - before
    ReportSketch.objects.all().delete()
    start = perf_counter()
    for row in rows:
        _written_alone(row)
    bare = perf_counter() - start
    what = f"copies among {number:,} reports"
    return [
        Line(what, taken, bare, "signed and written, compared with none", LIMIT_ALIKE),
        Line(f"{what}: memory", max(grown, 1), MOST_MEMORY, "200 MiB", 1, unit="MiB"),
    ]


def _written_alone(row) -> None:
    [part] = row.parts.all()
    signature = signature_of(part.text.split())
    made = ReportSketch.objects.create(nomination=row, method=METHOD, signature=signature)
    ReportBand.objects.bulk_create(ReportBand(sketch=made, value=v) for v in bands_of(signature))


def _peak() -> float:
    """MiB of the process at its largest so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
