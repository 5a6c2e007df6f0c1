"""The criteria of Section III.1, the indicators and the blocks: bringing ``data/plan_166.json`` in.

What units have answered stays what they answered to: a set with an answer is never changed, a
changed file makes a new version of it from the first year without answers. Points are the
board's configuration: the file gives them once, to a set that is new.
"""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from campaign.actions import Outcome, log_load, placed_by_people, write_rows
from campaign.loading import reading, unit_on
from campaign.models import Campaign
from criteria.decided import with_decisions
from criteria.models import (
    Answer,
    BlockMember,
    Checklist,
    CriteriaSet,
    Criterion,
    Item,
)
from criteria.states import ChecklistState
from units.kinds import Tier

SHIPPED = Path(__file__).resolve().parent / "data" / "plan_166.json"

SET = ("letter", "tier", "clause", "title", "note")
CRITERION = (
    "number",
    "clause",
    "statement",
    "kind",
    "measure",
    "direction",
    "threshold",
    "unit",
    "baseline_year",
    "evidence_hint",
    "evidence_required",
    "note",
)
INDICATOR = (
    "code",
    "section",
    "label",
    "unit",
    "kind",
    "rollup",
    "minimum",
    "maximum",
    "part_of",
    "tiers",
    "help",
)


@transaction.atomic
def load(campaign: Campaign, *, by=None, path: Path = SHIPPED) -> Outcome:
    """Bring in the seven sets with their criteria and items, the indicators and the blocks."""
    outcome = Outcome()
    with reading(path) as content:
        for row in content["sets"]:
            _bring_in(campaign, row, outcome)
        _indicators(campaign, content["indicators"], outcome)
        _blocks(campaign, content["blocks"], outcome)
    log_load("criteria", campaign, outcome, by=by)
    return outcome


# One set


def _bring_in(campaign, row, outcome) -> None:
    """Versions without answers follow the file; the newest one, if answered, gets a successor."""
    versions = list(campaign.criteria_sets.filter(tier=row["tier"]).order_by("version"))
    if not versions:
        head = {"version": 1, "first_year": row["first_year"], "points": row["points"]}
        _write(campaign, row, head, outcome)
        return
    newest = versions[-1]
    row = with_decisions(newest, row, CRITERION, outcome)
    for version in versions:
        years = answered_years(version)
        if not years:
            first = row["first_year"] if len(versions) == 1 else version.first_year
            _write(campaign, row, {"version": version.version, "first_year": first}, outcome)
        elif version == newest and _differs(newest, row):
            _new_version(newest, row, max(years), outcome)
        else:
            outcome.same += 1


def answered_years(criteria_set: CriteriaSet) -> set[int]:
    """The years for which a unit wrote anything to the set, or has handed its checklist in."""
    written = Q(revision__gt=0) | Q(value__isnull=False) | ~Q(grade="") | ~Q(explanation="")
    written |= Q(evidence__isnull=False) | Q(scores__isnull=False)
    answers = Answer.objects.filter(written, checklist__criteria_set=criteria_set)
    sent = Checklist.objects.filter(
        ~Q(state=ChecklistState.OPEN) | Q(handed_in_at__isnull=False), criteria_set=criteria_set
    )
    return {
        *answers.values_list("checklist__period__year", flat=True).distinct(),
        *sent.values_list("period__year", flat=True).distinct(),
    }


def _write(campaign, row, head, outcome) -> CriteriaSet:
    """Make one version say what the file says; checklists without answers follow."""
    number = head["version"]
    versions = campaign.criteria_sets.filter(tier=row["tier"], version=number)
    wanted = {name: row[name] for name in SET} | head | {"campaign": campaign}
    written = write_rows(versions, ("version",), [wanted], outcome=outcome)[(number,)]
    blank = written.checklists.all()
    numbers = [each["number"] for each in row["criteria"]]
    _fit(blank, written.criteria.filter(number__in=numbers))
    criteria = write_rows(
        written.criteria.all(),
        ("number",),
        [{n: each[n] for n in CRITERION} | {"criteria_set": written} for each in row["criteria"]],
        outcome=outcome,
    )
    items = [
        {
            "criterion": criteria[(each["number"],)],
            "position": item.get("position", place),
            "statement": item["text"],
        }
        for each in row["criteria"]
        for place, item in enumerate(each["items"], start=1)
    ]
    known = Item.objects.filter(criterion__criteria_set=written).select_related("criterion")
    write_rows(known, ("criterion_id", "position"), items, outcome=outcome)
    _fit(blank, criteria.values())
    return written


def _fit(checklists, criteria) -> None:
    """Give checklists that nobody has written in one blank answer per criterion, and no other."""
    rows = [
        {"checklist": checklist, "criterion": criterion}
        for checklist in checklists
        for criterion in criteria
    ]
    known = Answer.objects.filter(checklist__in=checklists).select_related("criterion")
    write_rows(known, ("checklist_id", "criterion_id"), rows, outcome=Outcome())


# Versions


def _new_version(old, row, last_year, outcome) -> None:
    """Close the answered version with its last answered year and open the next one after it."""
    campaign, number, first_year = old.campaign, old.version + 1, last_year + 1
    closed = [{"version": old.version, "last_year": last_year}]
    write_rows(CriteriaSet.objects.filter(pk=old.pk), ("version",), closed, outcome=outcome)
    head = {"version": number, "first_year": first_year, "points": old.points}
    new = _write(campaign, row, head, outcome)
    _keep_points(old, new)
    waiting = old.checklists.filter(period__year__gte=first_year)
    moved = list(waiting.values_list("pk", flat=True))
    waiting.update(criteria_set=new)
    _fit(Checklist.objects.filter(pk__in=moved), list(new.criteria.all()))
    outcome.notices.append(
        f"Bộ tiêu chí {old.letter} ({Tier(old.tier).label}): đã có đơn vị trả lời đến năm "
        f"{last_year} nên phiên bản {old.version} giữ nguyên đến hết năm đó; phiên bản {number} "
        f"áp dụng từ năm {first_year}."
    )


def _keep_points(old, new) -> None:
    """The board's points go with the criteria as long as the list is the same."""
    points = dict(old.criteria.values_list("number", "points"))
    if set(points) == set(new.criteria.values_list("number", flat=True)):
        rows = [{"number": number, "points": given} for number, given in points.items()]
        write_rows(new.criteria.all(), ("number",), rows, outcome=Outcome())


def _differs(criteria_set, row) -> bool:
    """Whether the file says anything else than the answered version."""
    placed = placed_by_people(CriteriaSet, [criteria_set]).get(criteria_set.pk, {})
    if any(getattr(criteria_set, name) != row[name] for name in SET if name not in placed):
        return True
    standing = {c.number: c for c in criteria_set.criteria.prefetch_related("items")}
    if set(standing) != {each["number"] for each in row["criteria"]}:
        return True
    return any(_criterion_differs(standing[each["number"]], each) for each in row["criteria"])


def _criterion_differs(criterion, row) -> bool:
    fields = {name: Criterion._meta.get_field(name) for name in CRITERION}
    if any(getattr(criterion, n) != field.to_python(row[n]) for n, field in fields.items()):
        return True
    items = [item.statement for item in criterion.items.all()]
    return items != [item["text"] for item in row["items"]]


# Indicators and blocks


def _indicators(campaign, rows, outcome) -> None:
    wanted = [
        {n: row[n] for n in INDICATOR} | {"position": position, "campaign": campaign}
        for position, row in enumerate(rows, start=1)
    ]
    write_rows(campaign.indicators.all(), ("code",), wanted, outcome=outcome)


def _blocks(campaign, rows, outcome) -> None:
    """Blocks and their members; a block never goes by itself: the board may have moved units in."""
    blocks = write_rows(
        campaign.blocks.all(),
        ("tier", "name"),
        [{n: r[n] for n in ("tier", "name", "basis")} | {"campaign": campaign} for r in rows],
        outcome=outcome,
        removes=False,
    )
    members = [
        _member(campaign, blocks[(row["tier"], row["name"])], row, code)
        for row in rows
        for code in row["members"]
    ]
    known = BlockMember.objects.filter(block__in=blocks.values()).select_related("block", "unit")
    write_rows(known, ("block_id", "unit_id", "starts"), members, outcome=outcome)


def _member(campaign, block, row, code) -> dict:
    """A membership cannot begin before the unit: the register starts with the campaign."""
    starts = max(date.fromisoformat(row["starts"]), campaign.starts)
    unit = unit_on(starts, code, campaign.province.code)
    return {"block": block, "unit": unit, "starts": starts, "ends": row["ends"]}
