"""What the portal ships of commendation: the forms of the plan (III.2), the law, the calendar.

``data/plan_166.json`` holds the four families, ``forms.json`` their grades, ``law.json`` the rule
sets and the base salary, ``days_off.json`` the holidays, ``outlines.json`` the skeletons of
achievement reports; each names its sources.
"""

from itertools import product
from pathlib import Path

from django.db import transaction

from awards.actions.law import revise_rule_set, tables_of, write_tables
from awards.models import RULES, AwardForm, BaseSalary, DayOff, OutlinePart, Rule, RuleSet
from campaign.actions import Outcome, log_load, write_rows
from campaign.loading import reading
from campaign.models import Campaign
from units.actions.checking import refuse_invalid

DATA = Path(__file__).resolve().parent / "data"
SHIPPED = DATA / "plan_166.json"
GRADES, LAW, DAYS_OFF = DATA / "forms.json", DATA / "law.json", DATA / "days_off.json"
OUTLINES = DATA / "outlines.json"

FORM = ("code", "position", "clause", "name", "note")
SALARY = ("amount", "valid_from", "clause", "source", "confidence", "note")
PART = ("code", "heading", "title", "hint", "required", "prefill")


@transaction.atomic
def load(campaign: Campaign, *, by=None, path: Path = SHIPPED, law: Path = LAW) -> Outcome:
    """Bring the award forms, the rule sets, the base salary, the days off and the outlines in."""
    outcome = Outcome()
    _families(campaign, path, outcome)
    _grades(campaign, outcome)
    with reading(law) as content:
        _rule_sets(campaign, content["rule_sets"], outcome)
        rows = [{name: row[name] for name in SALARY} for row in content["base_salaries"]]
        write_rows(BaseSalary.objects.all(), ("valid_from",), rows, outcome=outcome, removes=False)
    _days_off(outcome)
    _outlines(outcome)
    log_load("awards", campaign, outcome, by=by)
    return outcome


def _families(campaign, path, outcome) -> None:
    with reading(path) as content:
        told = {"campaign": campaign, "source": content["source"]["document"]}
        rows = [{name: row[name] for name in FORM} | told for row in content["forms"]]
        write_rows(campaign.award_forms.families(), ("code",), rows, outcome=outcome)


def _grades(campaign, outcome) -> None:
    families = {form.code: form for form in campaign.award_forms.families()}
    with reading(GRADES) as content:
        rows = [
            {name: row[name] for name in (*FORM, "source")}
            | {"campaign": campaign, "family": families[row["family"]]}
            for row in content["grades"]
        ]
        write_rows(campaign.award_forms.grades(), ("code",), rows, outcome=outcome)


def _days_off(outcome) -> None:
    """A day never goes by itself: the board may have entered swap days of a new year."""
    with reading(DAYS_OFF) as content:
        source = content["source"]
        told = {"source": source["name"], "confidence": source["confidence"]}
        rows = [
            {name: row[name] for name in ("date", "name", "working")} | told
            for row in content["days"]
        ]
        write_rows(DayOff.objects.all(), ("date",), rows, outcome=outcome, removes=False)


def _outlines(outcome) -> None:
    """The parts stand in the order of the file; what an administrator set stays."""
    with reading(OUTLINES) as content:
        confidence = content["source"]["confidence"]
        rows = [
            {name: part[name] for name in PART}
            | {name: outline[name] for name in ("recipient", "short", "source")}
            | {"position": position, "confidence": confidence}
            for outline in content["outlines"]
            for position, part in enumerate(outline["parts"], start=1)
        ]
        key = ("recipient", "short", "code")
        write_rows(OutlinePart.objects.all(), key, rows, outcome=outcome)


# Rule sets


def _rule_sets(campaign, rows, outcome) -> None:
    forms = {form.code: form for form in campaign.award_forms.all()}
    for row in rows:
        _bring_in(row, _wanted_tables(row["tables"], forms), outcome)


def _wanted_tables(content: dict, forms: dict[str, AwardForm]) -> dict[str, list[Rule]]:
    return {
        name: [row for entry in content[name] for row in _rows(model, entry, forms)]
        for name, model in RULES.items()
    }


def _rows(model, entry: dict, forms) -> list[Rule]:
    """An entry that names several forms or recipients stands for a row of each."""
    told = {key: value for key, value in entry.items() if key not in ("forms", "each")}
    each = [{"recipient": name} for name in entry["each"]] if "each" in entry else [{}]
    of_forms = [code and forms[code] for code in entry["forms"]]  # None: the row is about all
    made = [model(form=form, **told | more) for form, more in product(of_forms, each)]
    for row in made:
        row.clean_fields(exclude=["rule_set", "form"])
    return made


def _bring_in(row, tables, outcome) -> None:
    """A rule set that nothing was decided by follows the file; a sealed one gets a successor.

    What the board made itself stays: the file is only told to say otherwise.
    """
    wanted = RuleSet(code=row["code"], **{name: row[name] for name in RuleSet.HEAD})
    wanted.clean_fields(exclude=["replaces", "made_by"])
    editions = RuleSet.objects.select_for_update().filter(code=wanted.code)
    standing = editions.filter(current=True).first()
    if standing is None:
        refuse_invalid(wanted)
        wanted.save()
        write_tables(wanted, tables)
        outcome.created += 1
    elif not (otherwise := _differences(standing, wanted, tables)):
        outcome.same += 1
    else:
        _follow(standing, wanted, tables, otherwise, outcome)


def _differences(standing, wanted, tables) -> list[str]:
    """The names of what the file says otherwise: fields of the head, tables."""
    told = [name for name in RuleSet.HEAD if getattr(standing, name) != getattr(wanted, name)]
    for name, rows in tables_of(standing).items():
        if [row.says() for row in rows] != [row.says() for row in tables[name]]:
            told.append(name)
    return told


def _follow(standing, wanted, tables, otherwise, outcome) -> None:
    label = f"Bộ quy định khen thưởng “{standing}”"
    if standing.made_by_id:
        outcome.notices.append(f"{label}: do {standing.made_by} sửa, khác với tệp; giữ nguyên.")
        return
    head = {name: getattr(wanted, name) for name in RuleSet.HEAD}
    outcome.changed[label] = {"otherwise": otherwise}
    if standing.sealed_at:
        new = revise_rule_set(
            standing, by=None, reason="Tệp kèm theo cổng thay đổi.", head=head, tables=tables
        )
        outcome.notices.append(f"{label}: đã được dùng nên giữ nguyên; từ nay dùng “{new}”.")
        return
    for name, value in head.items():
        setattr(standing, name, value)
    refuse_invalid(standing)
    standing.save()
    for model in RULES.values():
        model.objects.filter(rule_set=standing).delete()
    write_tables(standing, tables)
